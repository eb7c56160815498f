package org.holdfast.totem.ring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.HoldOff;

/**
 * Remembers which nodes this node's ring has lost and when. A node that is lost again and again (it
 * is paused, its link flaps) costs all others two membership changes each time; so this node does
 * not begin the change that brings it back at once, but only after a time that is twice as long
 * after each loss, up to half a minute: a node that has become well must not stay out until
 * somebody looks after it.
 *
 * <p>Losses follow one another while the node has not been in the ring for some minutes. Nodes that
 * have said that they leave, or whose process has ended, are not unsteady but restarted, and wait
 * for seconds at most.
 *
 * <p>It only keeps this node from beginning: if another member takes the node in (a real Corosync
 * always does), this node follows.
 */
final class Steadiness {

    /** Losses in a row that are nobody's business. */
    private static final int LOSSES_FREE = 3;

    private static final long SECOND = 1_000_000_000L;
    private static final long LOSS_FIRST_NANOS = 2 * SECOND;
    private static final long LOSS_NANOS_MAX = 30 * SECOND;
    private static final long RESTART_FIRST_NANOS = SECOND;
    private static final long RESTART_NANOS_MAX = 8 * SECOND;

    /** A node that stays so long is steady. */
    private static final long STEADY_NANOS = 120 * SECOND;

    private static final long UNANSWERED_FIRST_NANOS = SECOND;
    private static final long UNANSWERED_NANOS_MAX = 8 * SECOND;

    private final SortedMap<NodeId, Record> records = new TreeMap<>();

    private static final class Record {
        private int losses;
        private int restarts;
        private long backSinceNanos;
        private long heldUntilNanos = Long.MIN_VALUE;
        private long unansweredNanos;
        private long deafUntilNanos = Long.MIN_VALUE;
    }

    private Record record(NodeId node) {
        return records.computeIfAbsent(node, _ -> new Record());
    }

    /** These nodes are in the ring now. */
    void onJoined(Collection<NodeId> nodes, long nowNanos) {
        for (NodeId node : nodes) {
            record(node).backSinceNanos = nowNanos;
            onAnswer(node);
        }
    }

    /**
     * A node is no longer in the ring.
     *
     * @param restarted whether it has said that it leaves, or its process has ended
     * @return whether it is held off for it
     */
    boolean onLost(NodeId node, boolean restarted, long nowNanos) {
        Record record = record(node);
        if (nowNanos - record.backSinceNanos >= STEADY_NANOS) {
            record.losses = 0;
            record.restarts = 0;
        }
        long nanos;
        if (restarted) {
            int surplus = ++record.restarts - LOSSES_FREE;
            nanos = doubled(RESTART_FIRST_NANOS, surplus, RESTART_NANOS_MAX);
        } else {
            int surplus = ++record.losses - LOSSES_FREE;
            nanos = doubled(LOSS_FIRST_NANOS, surplus, LOSS_NANOS_MAX);
        }
        record.heldUntilNanos = nowNanos + nanos;
        return nanos > 0;
    }

    /** Nothing before the first surplus loss; then more with each. */
    private static long doubled(long first, int surplus, long max) {
        if (surplus <= 0) {
            return 0;
        }
        long nanos = first;
        for (int i = 1; i < surplus && nanos < max; i++) {
            nanos *= 2;
        }
        return Math.min(nanos, max);
    }

    boolean isHeldOff(NodeId node, long nowNanos) {
        Record record = records.get(node);
        return record != null && nowNanos < record.heldUntilNanos;
    }

    /** Those that are held off now. */
    List<HoldOff> heldOff(long nowNanos) {
        List<HoldOff> held = new ArrayList<>();
        records.forEach((node, record) -> {
            if (record.heldUntilNanos > nowNanos) {
                held.add(
                        new HoldOff(
                                node,
                                record.losses + record.restarts,
                                record.heldUntilNanos - nowNanos));
            }
        });
        return held;
    }

    /** An administrator says that the nodes are well. */
    void forget() {
        records.values()
                .forEach(record -> {
                    record.losses = 0;
                    record.restarts = 0;
                    record.heldUntilNanos = Long.MIN_VALUE;
                });
    }

    /**
     * A node's ring was heard, but the node did not answer: it does not hear this one, or holds it
     * off. To follow each of its calls would mean to be without a ring most of the time.
     */
    void onNoAnswer(NodeId node, long nowNanos) {
        Record record = record(node);
        record.unansweredNanos =
                Math.clamp(
                        2 * record.unansweredNanos, UNANSWERED_FIRST_NANOS, UNANSWERED_NANOS_MAX);
        record.deafUntilNanos = nowNanos + record.unansweredNanos;
    }

    /** The node has been heard to answer. */
    void onAnswer(NodeId node) {
        Record record = records.get(node);
        if (record != null) {
            record.unansweredNanos = 0;
            record.deafUntilNanos = Long.MIN_VALUE;
        }
    }

    /** Whether it makes no sense to follow the node's call now. */
    boolean isDeaf(NodeId node, long nowNanos) {
        Record record = records.get(node);
        return record != null && nowNanos < record.deafUntilNanos;
    }
}
