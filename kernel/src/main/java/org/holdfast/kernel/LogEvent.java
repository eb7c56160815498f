package org.holdfast.kernel;

/**
 * One line of a core's log as a value; the edges turn it into text.
 *
 * @param level how much it matters
 * @param subsystem the part that speaks, by Corosync's or Pacemaker's name (TOTEM, QUORUM,
 *     pacemaker-controld...)
 * @param text the line itself: plain, without secrets
 */
public record LogEvent(Level level, String subsystem, String text) {

    /** Severity, with the names that corosync.conf(5) uses for {@code syslog_priority}. */
    public enum Level {
        /** The daemon cannot go on. */
        CRITICAL,
        /** Something failed and somebody should look. */
        ERROR,
        /** Unexpected, handled. */
        WARNING,
        /** A change that an administrator wants to see. */
        NOTICE,
        /** A change of state. */
        INFO,
        /** Detail of one message. */
        DEBUG
    }
}
