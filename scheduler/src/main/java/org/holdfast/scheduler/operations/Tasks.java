package org.holdfast.scheduler.operations;

import org.jspecify.annotations.Nullable;

/** Names of tasks as they appear in operation keys and in the transition graph. */
public final class Tasks {

    public static final String MONITOR = "monitor";
    public static final String START = "start";

    /** All starts of a collective resource are done. */
    public static final String RUNNING = "running";

    public static final String STOP = "stop";
    public static final String STOPPED = "stopped";
    public static final String PROMOTE = "promote";
    public static final String PROMOTED = "promoted";
    public static final String DEMOTE = "demote";
    public static final String DEMOTED = "demoted";
    public static final String NOTIFY = "notify";
    public static final String NOTIFIED = "notified";
    public static final String MIGRATE_TO = "migrate_to";
    public static final String MIGRATE_FROM = "migrate_from";
    public static final String RELOAD_AGENT = "reload-agent";
    public static final String CANCEL = "cancel";
    public static final String DELETE = "delete";
    public static final String LRM_DELETE = "lrm_delete";
    public static final String CLEAR_FAILCOUNT = "clear_failcount";
    public static final String DO_SHUTDOWN = "do_shutdown";
    public static final String STONITH = "stonith";
    public static final String MAINTENANCE_NODES = "maintenance_nodes";
    public static final String LOAD_STOPPED = "load_stopped";
    public static final String CLONE_ONE_OR_MORE = "clone-one-or-more";
    public static final String ONE_OR_MORE = "one-or-more";

    /** Fence actions. */
    public static final String ON = "on";

    public static final String OFF = "off";
    public static final String REBOOT = "reboot";

    /** What {@link #ended} and {@link #atomic} answer for a task without such a counterpart. */
    public static final String NO_ACTION = "no_action";

    private Tasks() {}

    /**
     * The pseudo task that says that all of a collective's tasks of this kind are done, or null.
     */
    public static @Nullable String ended(String task) {
        return switch (task) {
            case START, RUNNING -> RUNNING;
            case STOP, STOPPED -> STOPPED;
            case PROMOTE, PROMOTED -> PROMOTED;
            case DEMOTE, DEMOTED -> DEMOTED;
            case NOTIFY, NOTIFIED -> NOTIFIED;
            default -> null;
        };
    }

    /** A primitive's task that a collective's task stands for: {@code running} is {@code start}. */
    public static String atomic(String task) {
        return switch (task) {
            case START, RUNNING -> START;
            case STOP, STOPPED -> STOP;
            case PROMOTE, PROMOTED -> PROMOTE;
            case DEMOTE, DEMOTED -> DEMOTE;
            default -> known(task);
        };
    }

    /** The task itself when ordering logic knows it, else {@link #NO_ACTION}. */
    public static String known(String task) {
        return switch (task) {
            case MONITOR, START, RUNNING, STOP, STOPPED, PROMOTE, PROMOTED, DEMOTE, DEMOTED -> task;
            case NOTIFY, NOTIFIED, DO_SHUTDOWN, STONITH -> task;
            default -> NO_ACTION;
        };
    }

    /** Takes a resource down or lowers its role. */
    public static boolean isDown(String task) {
        return switch (task) {
            case STOP, DEMOTE, MIGRATE_TO -> true;
            default -> false;
        };
    }

    /** Brings a resource up or raises its role. */
    public static boolean isUp(String task) {
        return switch (task) {
            case START, PROMOTE, MIGRATE_FROM -> true;
            default -> false;
        };
    }
}
