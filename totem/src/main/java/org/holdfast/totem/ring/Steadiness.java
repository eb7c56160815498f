package org.holdfast.totem.ring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.HoldOff;

/**
 * Remembers which nodes this node's ring has lost and when. A node that is lost again and again (it
 * is paused, its link flaps, it crashes on start) costs all others a membership change each time it
 * comes back; so this node does not begin that change at once, but only after a time that doubles
 * with every loss.
 *
 * <p>It only keeps this node from beginning: if another member takes the node in (a real Corosync
 * always does), this node follows.
 */
final class Steadiness {

    /** Losses within {@link #WINDOW_NANOS} that are nobody's business. */
    private static final int LOSSES_FREE = 3;

    private static final long WINDOW_NANOS = 120_000_000_000L;
    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final int DOUBLINGS_MAX = 3;

    private final SortedMap<NodeId, Deque<Long>> losses = new TreeMap<>();
    private final SortedMap<NodeId, Long> heldUntil = new TreeMap<>();

    /** These nodes are no longer in the ring; answers those that are held off for it. */
    List<HoldOff> onLost(Collection<NodeId> nodes, long nowNanos) {
        List<HoldOff> held = new ArrayList<>();
        for (NodeId node : nodes) {
            Deque<Long> times = losses.computeIfAbsent(node, _ -> new ArrayDeque<>());
            times.add(nowNanos);
            forgetOld(times, nowNanos);
            int doublings = Math.min(times.size() - LOSSES_FREE - 1, DOUBLINGS_MAX);
            if (doublings >= 0) {
                long nanos = FIRST_NANOS << doublings;
                heldUntil.put(node, nowNanos + nanos);
                held.add(new HoldOff(node, times.size(), nanos));
            }
        }
        return held;
    }

    /** A loss is forgotten in time; so no more than a few are kept of each node. */
    private static void forgetOld(Deque<Long> times, long nowNanos) {
        while (times.size() > LOSSES_FREE + DOUBLINGS_MAX + 1
                || nowNanos - times.getFirst() > WINDOW_NANOS) {
            times.removeFirst();
        }
    }

    boolean isHeldOff(NodeId node, long nowNanos) {
        Long until = heldUntil.get(node);
        return until != null && nowNanos < until;
    }

    /** Those that are held off now. */
    List<HoldOff> heldOff(long nowNanos) {
        List<HoldOff> held = new ArrayList<>();
        heldUntil.forEach((node, until) -> {
            Deque<Long> times = losses.get(node);
            if (until > nowNanos && times != null) {
                held.add(new HoldOff(node, times.size(), until - nowNanos));
            }
        });
        return held;
    }
}
