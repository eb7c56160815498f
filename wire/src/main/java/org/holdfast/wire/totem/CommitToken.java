package org.holdfast.wire.totem;

import java.util.List;
import org.holdfast.kernel.NodeId;

/**
 * The token that collects the members' old-ring positions while a ring forms (struct
 * memb_commit_token).
 *
 * @param tokenSequence grows with every hop
 * @param ringId the new ring's id
 * @param retransmitFlag unused by corosync, kept as received
 * @param memberIndex how many members have filled in their entry
 * @param members the new ring's members, ascending, and what they filled in
 */
public record CommitToken(
        FrameHeader header,
        int tokenSequence,
        RingId ringId,
        int retransmitFlag,
        int memberIndex,
        List<Member> members)
        implements TotemMessage {

    /** Most members (PROCESSOR_COUNT_MAX). */
    public static final int MEMBERS_MAX = 384;

    static final int FIXED_BYTES = FrameHeader.BYTES + 4 + RingIds.BYTES + 12;

    /** Copies the list. */
    public CommitToken {
        members = List.copyOf(members);
    }

    /** The members' ids in order. */
    public List<NodeId> nodes() {
        return members.stream().map(Member::node).toList();
    }

    /**
     * One member's entry.
     *
     * @param node the member
     * @param oldRingId the ring that it comes from
     * @param aru all messages of that ring up to this number have reached it
     * @param highDelivered the last message of that ring that it delivered
     * @param received 1 when it misses nothing that another member of that ring has
     */
    public record Member(NodeId node, RingId oldRingId, int aru, int highDelivered, int received) {

        static final int ADDRESS_BYTES = 4;
        static final int ENTRY_BYTES = RingIds.BYTES + 12;

        // What records have by default takes long to link, and each new ring logs this.
        @Override
        public String toString() {
            return node
                    + " of "
                    + oldRingId
                    + " aru "
                    + Integer.toHexString(aru)
                    + " delivered "
                    + Integer.toHexString(highDelivered)
                    + " received "
                    + received;
        }
    }
}
