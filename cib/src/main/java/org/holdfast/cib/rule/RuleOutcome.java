package org.holdfast.cib.rule;

/** What evaluating a rule or one of its conditions came to. */
public enum RuleOutcome {
    /** The condition holds. */
    SATISFIED(0),
    /** The moment is within a date expression's range: the condition holds. */
    WITHIN_RANGE(-1024),
    /** The condition does not hold. */
    UNSATISFIED(-1021),
    /** The moment or value is before the range. */
    BEFORE_RANGE(-1023),
    /** The moment or value is behind the range. */
    AFTER_RANGE(-1025),
    /** The condition is not well-formed, so it does not hold. */
    INVALID(-1032);

    private final int code;

    RuleOutcome(int code) {
        this.code = code;
    }

    /** Pacemaker's return code for the outcome. */
    public int code() {
        return code;
    }

    /** Whether the condition holds. */
    public boolean passes() {
        return this == SATISFIED || this == WITHIN_RANGE;
    }
}
