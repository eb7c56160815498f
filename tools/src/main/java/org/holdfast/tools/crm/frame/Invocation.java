package org.holdfast.tools.crm.frame;

import java.time.ZoneId;
import org.holdfast.cib.time.LocalZone;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.tools.ToolContext;
import org.jspecify.annotations.Nullable;

/**
 * One call of a command.
 *
 * @param context the world
 * @param arguments the command line, read
 * @param out where output goes
 */
public record Invocation(ToolContext context, Arguments arguments, Output out) {

    /** Whether an option was given. */
    public boolean has(String option) {
        return arguments.has(option);
    }

    /** The last value of an option, or null. */
    public @Nullable String value(String option) {
        return arguments.value(option);
    }

    /** An environment variable, or null if it is not set or empty. */
    public @Nullable String environment(String name) {
        String value = context.environment().get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** The user's time zone. */
    public LocalZone zone() {
        return LocalZone.of(context.environment().get("TZ"), ZoneId.systemDefault());
    }

    /** Now, in seconds since 1970. */
    public long nowSeconds() {
        return context.clock().instant().getEpochSecond();
    }

    /** Now, in the user's time zone. */
    public TimeContext timeContext() {
        long now = nowSeconds();
        return new TimeContext(now, zone().offsetSecondsAt(now));
    }
}
