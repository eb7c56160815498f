package org.holdfast.controlapi;

/** A request was not carried out; says why in words for the one who asked. */
public final class RequestRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ControlAnswer.Refused refusal;

    /** Wraps the answer. */
    public RequestRefused(ControlAnswer.Refused refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    /** The answer with its reason. */
    public ControlAnswer.Refused refusal() {
        return refusal;
    }
}
