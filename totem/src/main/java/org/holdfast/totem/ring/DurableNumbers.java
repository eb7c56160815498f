package org.holdfast.totem.ring;

import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.totem.RingId;

/**
 * Makes ring numbers durable before they are needed, some rings at a time, so that a new ring need
 * not wait for the disk. A node that restarts begins after the last number that it reserved, used
 * or not; numbers that are left out do no harm.
 */
final class DurableNumbers {

    /** Sixteen rings. */
    private static final long AHEAD = 64;

    private final NodeId self;
    private final RingPort port;
    private final SortedMap<Long, Long> pending = new TreeMap<>();
    private long durable;
    private long asked;

    DurableNumbers(NodeId self, long persisted, RingPort port) {
        this.self = self;
        this.port = port;
        this.durable = persisted;
        this.asked = persisted;
    }

    /** Whether a ring may use this number. */
    boolean cover(long sequence) {
        return Long.compareUnsigned(sequence, durable) <= 0;
    }

    /** Asks for more when less than half of the reserve is left beyond this number. */
    void reserveBeyond(long sequence) {
        if (Long.compareUnsigned(sequence + AHEAD / 2, asked) > 0) {
            asked = sequence + AHEAD;
            pending.put(port.persist(new RingId(self, asked)), asked);
        }
    }

    /** What was asked for is durable; writes end in the order in which they were asked for. */
    void onPersisted(long ticket) {
        Long number = pending.remove(ticket);
        if (number != null) {
            durable = number;
        }
    }
}
