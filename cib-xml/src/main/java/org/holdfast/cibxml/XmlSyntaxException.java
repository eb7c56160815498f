package org.holdfast.cibxml;

/** A text is not well-formed XML, or exceeds a limit of the parser. */
public final class XmlSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final int line;
    private final int column;

    XmlSyntaxException(String message, int line, int column) {
        super(message);
        this.what = message;
        this.line = line;
        this.column = column;
    }

    /** The line where the trouble was seen, counted from 1; 0 if unknown. */
    public int line() {
        return line;
    }

    /** The column where the trouble was seen, counted from 1; 0 if unknown. */
    public int column() {
        return column;
    }

    /** What is wrong and where, in one line. */
    public String describe() {
        return line > 0 ? "line " + line + ", column " + column + ": " + what : what;
    }
}
