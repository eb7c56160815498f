package org.holdfast.node;

import java.time.ZoneId;
import org.holdfast.linux.NativeCalls;

/**
 * Does on threads of its own, while the configuration is read, what takes the virtual machine long
 * and what the daemon needs next: half of the time until a node stands in the ring. Without it
 * everything works, only later.
 */
final class StartAhead {

    private StartAhead() {}

    static void begin() {
        begin("prepare-calls", NativeCalls::prepare);
        // The time zones' provider looks into every jar.
        begin(
                "prepare-time",
                () -> {
                    var _ = ZoneId.systemDefault().getRules();
                });
    }

    private static void begin(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }
}
