package org.holdfast.cib.time;

/** A text is not a date, duration or period of ISO 8601, or names a day that does not exist. */
public final class TimeSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says which text, and what is wrong with it. */
    public TimeSyntaxException(String message) {
        super(message);
    }
}
