package org.holdfast.wire.pacemaker;

/** Bytes are not a {@link PacemakerFrame}; the message says what is wrong. */
public final class MalformedFrameException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public MalformedFrameException(String message) {
        super(message);
    }
}
