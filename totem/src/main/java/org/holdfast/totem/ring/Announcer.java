package org.holdfast.totem.ring;

import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ring.RingStats.Counter;
import org.holdfast.wire.totem.CommitToken;
import org.holdfast.wire.totem.FrameHeader;
import org.holdfast.wire.totem.MembJoin;
import org.holdfast.wire.totem.MergeDetect;
import org.holdfast.wire.totem.RingId;
import org.holdfast.wire.totem.TotemCodec;

/** Makes and sends what a node tells all others about membership. */
final class Announcer {

    /** A lost leave message would cost the others the token timeout. */
    private static final int LEAVE_COPIES = 2;

    private static final NodeId NOBODY = new NodeId(0);

    private final NodeId self;
    private final RingPort port;
    private final RingStats stats;

    Announcer(NodeId self, RingPort port, RingStats stats) {
        this.self = self;
        this.port = port;
        this.stats = stats;
    }

    /** This node's opinion on the next ring. */
    void join(Opinion opinion, RingId ringId) {
        stats.count(Counter.MEMB_JOIN_TX);
        send(FrameHeader.from(self), opinion.processors(), opinion.failed(), ringId);
    }

    /** This node goes; its opinion says already that it has failed. */
    void leave(Opinion opinion, RingId ringId) {
        List<NodeId> others =
                opinion.processors().stream().filter(node -> !node.equals(self)).toList();
        for (int i = 0; i < LEAVE_COPIES; i++) {
            stats.count(Counter.MEMB_JOIN_TX);
            send(FrameHeader.from(NOBODY), others, opinion.failed(), ringId);
        }
    }

    /** What {@link #leave} would say to the other members of a ring in force. */
    byte[] lastWill(List<NodeId> members, RingId ringId) {
        List<NodeId> others = Ring.without(members, List.of(self));
        return TotemCodec.encode(
                new MembJoin(
                        FrameHeader.from(NOBODY), self, others, List.of(self), ringId.sequence()));
    }

    private void send(
            FrameHeader header, List<NodeId> processors, List<NodeId> failed, RingId ringId) {
        port.sendToAll(
                TotemCodec.encode(
                        new MembJoin(header, self, processors, failed, ringId.sequence())));
    }

    /** A quiet ring looks for others. */
    void callOtherRings(RingId ringId) {
        stats.count(Counter.MEMB_MERGE_DETECT_TX);
        port.sendToAll(TotemCodec.encode(new MergeDetect(FrameHeader.from(self), self, ringId)));
    }

    /** The commit token of a new ring, with all entries still empty. */
    static CommitToken commitToken(List<NodeId> candidates, RingId ringId) {
        RingId none = new RingId(NOBODY, 0);
        return new CommitToken(
                FrameHeader.from(ringId.representative()),
                0,
                ringId,
                0,
                0,
                candidates.stream()
                        .map(node -> new CommitToken.Member(node, none, 0, 0, 0))
                        .toList());
    }
}
