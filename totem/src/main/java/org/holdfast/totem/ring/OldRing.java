package org.holdfast.totem.ring;

import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ring.RingStats.Counter;
import org.holdfast.wire.totem.Mcast;
import org.jspecify.annotations.Nullable;

/** Brings the messages of a ring that has ended to an end, when its successor is ready. */
final class OldRing {

    private final RingLog log;
    private final RingUser user;
    private final RingStats stats;

    OldRing(RingLog log, RingUser user, RingStats stats) {
        this.log = log;
        this.user = user;
        this.stats = stats;
    }

    /**
     * Takes out of the new ring's messages those of this ring that were wrapped in them, up to the
     * first gap or the first message of the new ring itself. The new ring need not keep them then.
     * If it comes to nothing, this node knows more of the old one: that helps the next attempt.
     */
    void takeRecovered(RingLog fresh) {
        while (fresh.delivered() != fresh.aru()) {
            Mcast outer = fresh.get(fresh.delivered() + 1);
            if (outer == null || !outer.encapsulated()) {
                return;
            }
            Mcast inner = messageIn(outer);
            if (inner != null && log.add(inner)) {
                stats.count(Counter.RECOVERY_RECOVERED);
            }
            fresh.markDelivered(fresh.delivered() + 1);
        }
    }

    /** The message of this ring that another one's message holds, or null. */
    @Nullable Mcast messageIn(Mcast outer) {
        return outer.encapsulated()
                        && outer.inner() instanceof Mcast inner
                        && inner.isOf(log.ringId())
                ? inner
                : null;
    }

    /** Delivers what is complete: it belongs to the old ring for all who were in it. */
    void deliverUpToGap() {
        while (Sequences.before(log.delivered(), log.aru())) {
            deliverNext();
        }
    }

    /**
     * Delivers the rest among those who came along. What none of them has is skipped: its sender is
     * gone, too.
     */
    void deliverBeyondGap(List<NodeId> along) {
        while (Sequences.before(log.delivered(), log.highest())) {
            Mcast message = log.get(log.delivered() + 1);
            if (message != null && along.contains(message.from())) {
                stats.count(Counter.RECOVERY_AFTER_GAP);
                deliverNext();
            } else {
                log.markDelivered(log.delivered() + 1);
            }
        }
    }

    private void deliverNext() {
        int sequence = log.delivered() + 1;
        Mcast message = log.get(sequence);
        log.markDelivered(sequence);
        if (message != null && !message.encapsulated()) {
            user.deliver(message);
        }
    }
}
