package org.holdfast.scheduler.history;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;

/** Facts of single history entries ({@code lrm_rsc_op}). */
public final class Entries {

    private Entries() {}

    /** Interval in milliseconds; 0 for none. */
    public static long interval(Element entry) {
        return Math.max(0, Values.number(entry.get("interval"), 0));
    }

    /** The operation key; very old entries have it as their id. */
    public static String key(Element entry) {
        String key = entry.getOr("operation_key", "");
        return key.isEmpty() ? entry.id() : key;
    }

    /** Whether an entry is of a monitor that does not recur. */
    public static boolean isProbe(Element entry) {
        return entry.getOr("operation", "").equals("monitor") && interval(entry) == 0;
    }

    /** The exit status that the scheduler wanted; -1 if the entry does not tell. */
    public static int expectedExitStatus(Element entry) {
        TransitionKey key = TransitionKey.parse(entry.get("transition-key"));
        return key == null ? -1 : key.expected();
    }

    /** How execution ended; {@link Execution#UNKNOWN} if the entry does not tell. */
    public static int execution(Element entry) {
        return (int) Values.number(entry.get("op-status"), Execution.UNKNOWN);
    }

    /** The agent's exit status, or a fallback if the entry does not tell. */
    public static int exitStatus(Element entry, int fallback) {
        return (int) Values.number(entry.get("rc-code"), fallback);
    }

    /** Epoch seconds of the last change of the result; -1 if unknown. */
    public static long lastChange(Element entry) {
        return Values.number(entry.get("last-rc-change"), -1);
    }

    /**
     * Whether an entry is of a probe that could not tell because the agent or what it needs is not
     * there: that means "not running" and a ban, not a failure.
     */
    public static boolean isMaskedProbe(Element entry) {
        if (!isProbe(entry)) {
            return false;
        }
        int exitStatus = exitStatus(entry, ExitStatus.OK);
        return exitStatus == ExitStatus.NOT_INSTALLED
                || exitStatus == ExitStatus.INVALID_PARAMETER
                || execution(entry) == Execution.NOT_INSTALLED;
    }
}
