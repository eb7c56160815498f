package org.holdfast.scheduler.model;

/** Bits that say how two ordered actions depend on each other; combined with {@code |}. */
public final class OrderingFlag {

    public static final int NONE = 0;

    /** First before then, if both happen. */
    public static final int ORDERED = 1;

    public static final int IF_FIRST_UNMIGRATABLE = 1 << 1;

    /** A required then makes first required. */
    public static final int THEN_IMPLIES_FIRST = 1 << 4;

    /** A required first makes then required. */
    public static final int FIRST_IMPLIES_THEN = 1 << 5;

    public static final int PROMOTED_THEN_IMPLIES_FIRST = 1 << 6;
    public static final int UNMIGRATABLE_THEN_BLOCKS = 1 << 7;

    /** Then runs only if first can. */
    public static final int UNRUNNABLE_FIRST_BLOCKS = 1 << 8;

    public static final int FIRST_ELSE_THEN = 1 << 9;
    public static final int FIRST_IMPLIES_SAME_NODE_THEN = 1 << 10;
    public static final int NESTED_REMOTE_PROBE = 1 << 11;
    public static final int INTERMEDIATE_STOP = 1 << 12;
    public static final int SERIALIZE = 1 << 14;
    public static final int IF_ON_SAME_NODE = 1 << 15;
    public static final int THEN_IMPLIES_FIRST_GRAPHED = 1 << 16;
    public static final int FIRST_IMPLIES_THEN_GRAPHED = 1 << 17;
    public static final int ASYMMETRIC = 1 << 20;
    public static final int IF_ON_SAME_NODE_OR_TARGET = 1 << 21;
    public static final int MIN_RUNNABLE = 1 << 22;
    public static final int IF_REQUIRED_ON_SAME_NODE = 1 << 23;
    public static final int GUEST_ALLOWED = 1 << 24;
    public static final int THEN_CANCELS_FIRST = 1 << 25;

    private OrderingFlag() {}
}
