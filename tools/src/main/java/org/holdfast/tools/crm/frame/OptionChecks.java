package org.holdfast.tools.crm.frame;

import java.util.List;
import java.util.function.Predicate;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.time.TimeSpan;

/** Rules on options that several commands have. */
public final class OptionChecks {

    private OptionChecks() {}

    /** A rule that is broken with a usage error that names the option. */
    public static OptionSpec.Check parsedBy(Predicate<String> rule) {
        return (asTyped, value) -> {
            if (value != null && !rule.test(value)) {
                throw new UsageException(ExitCode.USAGE, "Error parsing option " + asTyped);
            }
        };
    }

    /** A rule that is broken with a usage error; its text may contain the value as {@code %s}. */
    public static OptionSpec.Check saying(String message, Predicate<String> rule) {
        return (asTyped, value) -> {
            if (value != null && !rule.test(value)) {
                throw new UsageException(ExitCode.USAGE, message.replace("%s", value));
            }
        };
    }

    /** Whether a text is a length of time, not less than zero, as in {@code 10s}. */
    public static boolean isTime(String text) {
        Long millis = TimeSpan.parseMillis(text);
        return millis != null && millis >= 0;
    }

    /** Whether a text is {@code NAME=VALUE}. */
    public static boolean isPair(String text) {
        return text.indexOf('=') > 0;
    }

    /** The values of {@code --wait}. */
    public static OptionSpec.Check waiting() {
        return saying(
                "--wait= must be one of 'no', 'local', 'cluster'",
                List.of("no", "local", "cluster")::contains);
    }
}
