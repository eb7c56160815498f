package org.holdfast.node;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the heap small without keeping the collector busy: it is asked to stay below some times
 * what is really in use, found anew after each collection of the whole heap. A fixed target is
 * either too much for a small cluster, or has the collector run all the time in one with thousands
 * of resources, and is an error on a machine whose whole heap is smaller.
 *
 * <p>The listener runs on a thread of the Java machine, which calls it for one collection at a
 * time.
 */
final class HeapTarget {

    private static final long BYTES_MIN = 256L << 20;

    /** A collection costs what is in use, and comes when this many times that has been filled. */
    private static final long TIMES_IN_USE = 4;

    private static final String OPTION = "SoftMaxHeapSize";

    private final HotSpotDiagnosticMXBean machine;
    private final long bytesMin;
    private long bytes;

    private HeapTarget(HotSpotDiagnosticMXBean machine, long bytesMin) {
        this.machine = machine;
        this.bytesMin = bytesMin;
    }

    /** Begins. Does nothing on a Java machine that knows no such target. */
    static void follow() {
        HotSpotDiagnosticMXBean machine =
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        VMOption option = machine == null ? null : option(machine);
        if (option == null) {
            return;
        }
        boolean given = option.getOrigin() == VMOption.Origin.VM_CREATION;
        HeapTarget target =
                new HeapTarget(machine, given ? Long.parseLong(option.getValue()) : BYTES_MIN);
        target.aimAt(0);
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector.getName().equals("ZGC Major Cycles")
                    && collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener((event, _) -> target.onEvent(event), null, null);
            }
        }
    }

    private static @Nullable VMOption option(HotSpotDiagnosticMXBean machine) {
        try {
            return machine.getVMOption(OPTION);
        } catch (IllegalArgumentException noSuchOption) {
            return null;
        }
    }

    private void onEvent(Notification event) {
        if (event.getUserData() instanceof CompositeData data
                && event.getType()
                        .equals(
                                GarbageCollectionNotificationInfo
                                        .GARBAGE_COLLECTION_NOTIFICATION)) {
            long used = 0;
            Map<String, MemoryUsage> pools =
                    GarbageCollectionNotificationInfo.from(data)
                            .getGcInfo()
                            .getMemoryUsageAfterGc();
            for (Map.Entry<String, MemoryUsage> pool : pools.entrySet()) {
                if (pool.getKey().startsWith("ZGC")) {
                    used += pool.getValue().getUsed();
                }
            }
            aimAt(used);
        }
    }

    private void aimAt(long used) {
        long wanted =
                Math.min(Math.max(bytesMin, used * TIMES_IN_USE), Runtime.getRuntime().maxMemory());
        if (Math.abs(wanted - bytes) > bytes / 8) {
            bytes = wanted;
            machine.setVMOption(OPTION, Long.toString(wanted));
        }
    }
}
