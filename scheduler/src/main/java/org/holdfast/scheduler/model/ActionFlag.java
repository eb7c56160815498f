package org.holdfast.scheduler.model;

/** Bits of an action's state; combined with {@code |}. */
public final class ActionFlag {

    public static final int NONE = 0;

    /** Needs no agent. */
    public static final int PSEUDO = 1;

    public static final int RUNNABLE = 1 << 1;

    /** Need not be executed. */
    public static final int OPTIONAL = 1 << 2;

    public static final int ALWAYS_IN_GRAPH = 1 << 3;
    public static final int ATTRS_EVALUATED = 1 << 4;
    public static final int MIGRATABLE = 1 << 7;
    public static final int ADDED_TO_GRAPH = 1 << 8;
    public static final int MIGRATION_ABORT = 1 << 11;
    public static final int RESCHEDULE = 1 << 13;
    public static final int INPUTS_DEDUPLICATED = 1 << 15;
    public static final int ON_DC = 1 << 16;

    private ActionFlag() {}
}
