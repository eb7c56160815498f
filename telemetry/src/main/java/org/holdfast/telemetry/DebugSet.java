package org.holdfast.telemetry;

import java.util.Locale;
import java.util.Set;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.LogEvent.Level;

/** Which lines are wanted: those from a level up, and every line of some subsystems. */
record DebugSet(Set<String> subsystems) {

    boolean wants(LogEvent event, Level lowest) {
        return event.level().compareTo(lowest) <= 0
                || !subsystems.isEmpty()
                        && subsystems.contains(event.subsystem().toUpperCase(Locale.ROOT));
    }
}
