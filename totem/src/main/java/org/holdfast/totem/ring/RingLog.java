package org.holdfast.totem.ring;

import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.RingId;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one ring by number: what has arrived, been delivered and may be forgotten.
 *
 * <p>Invariants: released &lt;= delivered &lt;= highest received; aru is the highest number without
 * a gap below; at most {@link #CAPACITY_MAX} numbers beyond the released ones are kept.
 */
final class RingLog {

    /** Most messages kept for retransmission (QUEUE_RTR_ITEMS_SIZE_MAX). */
    static final int CAPACITY_MAX = 16_384;

    private static final int CAPACITY_FIRST = 256;

    private final RingId ringId;
    private @Nullable Mcast[] slots = new @Nullable Mcast[CAPACITY_FIRST];
    private byte[] misses = new byte[CAPACITY_FIRST];
    private int released;
    private int aru;
    private int highest;
    private int delivered;

    RingLog(RingId ringId, int firstSequence) {
        this.ringId = ringId;
        this.released = firstSequence;
        this.aru = firstSequence;
        this.highest = firstSequence;
        this.delivered = firstSequence;
    }

    RingId ringId() {
        return ringId;
    }

    /** All messages up to this number have arrived. */
    int aru() {
        return aru;
    }

    int highest() {
        return highest;
    }

    int delivered() {
        return delivered;
    }

    int released() {
        return released;
    }

    /** Whether a message with this number could be kept now. */
    boolean inRange(int sequence) {
        int distance = sequence - released;
        return distance > 0 && distance <= CAPACITY_MAX;
    }

    boolean has(int sequence) {
        return get(sequence) != null;
    }

    @Nullable Mcast get(int sequence) {
        int distance = sequence - released;
        if (distance <= 0 || distance > slots.length) {
            return null;
        }
        Mcast found = slots[sequence & slots.length - 1];
        return found != null && found.sequence() == sequence ? found : null;
    }

    /**
     * Keeps a message that arrived or was sent.
     *
     * @return whether it is new and in range
     */
    boolean add(Mcast message) {
        int sequence = message.sequence();
        if (!inRange(sequence) || has(sequence)) {
            return false;
        }
        growTo(sequence - released);
        slots[sequence & slots.length - 1] = message;
        highest = Sequences.later(highest, sequence);
        while (has(aru + 1)) {
            aru++;
        }
        return true;
    }

    private void growTo(int distance) {
        int capacity = slots.length;
        if (distance <= capacity) {
            return;
        }
        while (capacity < distance) {
            capacity *= 2;
        }
        @Nullable Mcast[] grown = new @Nullable Mcast[capacity];
        for (Mcast message : slots) {
            if (message != null) {
                grown[message.sequence() & capacity - 1] = message;
            }
        }
        slots = grown;
        misses = new byte[capacity];
    }

    /**
     * Counts a token visit at which this message was still missing; answers how many there were.
     */
    int countMiss(int sequence) {
        int distance = sequence - released;
        if (distance > misses.length) {
            growTo(Math.min(distance, CAPACITY_MAX));
        }
        int slot = sequence & misses.length - 1;
        if (misses[slot] < Byte.MAX_VALUE) {
            misses[slot]++;
        }
        return misses[slot];
    }

    void markDelivered(int sequence) {
        delivered = sequence;
    }

    /** Forgets messages up to this number, which everybody has. */
    void release(int upTo) {
        while (Sequences.before(released, upTo)) {
            released++;
            int slot = released & slots.length - 1;
            slots[slot] = null;
            misses[slot] = 0;
        }
        // With a whole ring's worth of gaps released, the marks follow.
        aru = Sequences.later(aru, released);
        highest = Sequences.later(highest, released);
    }

    @Override
    public String toString() {
        return "RingLog[%s aru=%x high=%x delivered=%x released=%x]"
                .formatted(ringId, aru, highest, delivered, released);
    }
}
