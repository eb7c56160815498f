package org.holdfast.node;

import java.time.ZoneId;
import org.holdfast.linux.NativeCalls;
import org.holdfast.tools.catalogue.AllTools;

/**
 * Does on threads of its own, while the configuration is read, what takes the virtual machine long
 * and what the daemon needs next: half of the time until a node stands in the ring. Without it
 * everything works, only later.
 */
final class StartAhead {

    private StartAhead() {}

    static void begin() {
        begin("prepare-calls", NativeCalls::prepare);
        begin(
                "prepare-rest",
                () -> {
                    // The time zones' provider looks into every jar.
                    var _ = ZoneId.systemDefault().getRules();
                    var _ = AllTools.registry();
                });
    }

    private static void begin(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }
}
