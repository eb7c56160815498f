package org.holdfast.tools.mon;

import org.holdfast.cib.time.TimeSpan;
import org.holdfast.tools.crm.frame.Arguments;
import org.jspecify.annotations.Nullable;

/** How often the state is shown, and where the command lives meanwhile. */
enum MonMode {
    /** Once. */
    ONE_SHOT,
    /** Again and again, in the foreground. */
    UPDATE,
    /** Again and again, in the background. */
    DAEMON;

    private static final long DEFAULT_INTERVAL_MILLIS = 5_000;

    /**
     * The mode that the options ask for, of which the last one counts; null if they ask for none.
     */
    static @Nullable MonMode asked(Arguments arguments) {
        MonMode mode = null;
        for (Arguments.Given option : arguments.given()) {
            switch (option.name()) {
                case "one-shot" -> mode = ONE_SHOT;
                case "daemonize" -> mode = DAEMON;
                // Those in the background have an interval too.
                case "interval" -> mode = mode == DAEMON ? DAEMON : UPDATE;
                default -> {
                    // not about the mode
                }
            }
        }
        return mode;
    }

    /** Longest time between two displays. */
    static long intervalMillis(Arguments arguments) {
        Long millis = TimeSpan.parseInterval(arguments.value("interval"));
        return millis == null || millis <= 0 ? DEFAULT_INTERVAL_MILLIS : millis;
    }
}
