package org.holdfast.linux;

import java.util.Locale;

/** The signals that we send; numbers of Linux on x86 and ARM. */
public enum Signal {
    /** Please end. */
    TERM(15),
    /** End. */
    KILL(9);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /** The number that kill(2) takes. */
    public int number() {
        return number;
    }

    /** A name for logs: {@code SIGTERM}; the number if it is none of these. */
    public static String name(int number) {
        for (Signal signal : values()) {
            if (signal.number == number) {
                return "SIG" + signal.name().toUpperCase(Locale.ROOT);
            }
        }
        return "signal " + number;
    }
}
