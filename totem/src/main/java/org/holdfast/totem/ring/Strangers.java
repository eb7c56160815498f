package org.holdfast.totem.ring;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.HoldOff;
import org.holdfast.totem.ring.RingStats.Counter;
import org.holdfast.wire.totem.MembJoin;
import org.holdfast.wire.totem.RingId;

/** Which nodes outside of the ring may break it up, and when. */
final class Strangers {

    private final Ring ring;
    private final Steadiness steadiness = new Steadiness();

    /** The latest join message of each node that came too early for the ring that forms. */
    private final SortedMap<NodeId, MembJoin> earlyJoins = new TreeMap<>();

    Strangers(Ring ring) {
        this.ring = ring;
    }

    Steadiness steadiness() {
        return steadiness;
    }

    /** Those that are kept out now. */
    List<HoldOff> heldOff() {
        return ring.user().hasQuorum() ? steadiness.heldOff(ring.port().nowNanos()) : List.of();
    }

    /**
     * Whether a node outside of a ring that works shall not break it up yet. A ring without quorum
     * does not work: it needs every node that it can get.
     */
    boolean isHeldOff(NodeId from) {
        boolean outside = ring.isOperational() && !ring.members().contains(from);
        boolean held =
                outside
                        && steadiness.isHeldOff(from, ring.port().nowNanos())
                        && ring.user().hasQuorum();
        ring.stats().count(Counter.HELD_OFF, held ? 1 : 0);
        return held;
    }

    /** Whether a sign of life of a node in another ring shall make this node look for it. */
    boolean mayCall(NodeId from, RingId theirs) {
        if (isStale(from, theirs)) {
            ring.stats().count(Counter.STALE_MESSAGE);
            return false;
        }
        if (ring.isOperational() && steadiness.isDeaf(from, ring.port().nowNanos())) {
            ring.stats().count(Counter.CALL_IGNORED);
            return false;
        }
        return !isHeldOff(from);
    }

    /**
     * Whether a member of the ring in force said this before it came into this ring: the network
     * delivered it late. A node's ring sequences only grow, so it cannot have gone back there.
     */
    private boolean isStale(NodeId from, RingId theirs) {
        return ring.isOperational()
                && ring.members().contains(from)
                && Long.compareUnsigned(theirs.sequence(), ring.ringId().sequence()) < 0;
    }

    /** This node looked for another one because of a sign of life, and got no answer. */
    void onNoAnswer(NodeId from) {
        steadiness.onNoAnswer(from, ring.port().nowNanos());
    }

    /** One asks for a ring while one forms that others already count on: that one first. */
    void keepEarly(MembJoin join) {
        if (!join.isLeave()) {
            earlyJoins.put(join.from(), join);
        }
    }

    /** The ring that formed has come to nothing; who came too early for it will ask again. */
    void forgetEarly() {
        earlyJoins.clear();
    }

    /** All are in the new ring: now for those who came too early for it. */
    void takeEarly() {
        List<MembJoin> joins = List.copyOf(earlyJoins.values());
        earlyJoins.clear();
        for (MembJoin join : joins) {
            if (!isHeldOff(join.from())) {
                ring.stats().count(Counter.JOIN_TAKEN_LATER);
                ring.joinNow(join);
            }
        }
    }
}
