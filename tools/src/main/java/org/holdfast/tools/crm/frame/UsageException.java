package org.holdfast.tools.crm.frame;

/** A command line cannot be understood, or a command must end with an error. */
public final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String text;
    private final int exitCode;

    /**
     * An error with its exit code; the text is printed behind the command's name. The empty text is
     * not printed: the command has said what is wrong.
     */
    public UsageException(int exitCode, String message) {
        super(message, null, false, false);
        this.text = message;
        this.exitCode = exitCode;
    }

    /** What to print. */
    public String text() {
        return text;
    }

    /** The command's exit code. */
    public int exitCode() {
        return exitCode;
    }
}
