package org.holdfast.corosyncconf;

/** A line that breaks the file's syntax; the message is Corosync's own. */
public final class ConfSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String reason;

    ConfSyntaxException(int line, String reason) {
        super("line " + line + ": " + reason);
        this.line = line;
        this.reason = reason;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    /** What is wrong, in Corosync's words. */
    public String reason() {
        return reason;
    }

    /** The line that {@code corosync} writes about it. */
    public String describe(String fileName) {
        return "parser error: " + fileName + ":" + line + ": " + reason;
    }
}
