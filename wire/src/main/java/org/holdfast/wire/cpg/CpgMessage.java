package org.holdfast.wire.cpg;

import java.util.List;
import org.holdfast.kernel.NodeId;

/** A CPG message between nodes. Layouts: Corosync 3.1, exec/cpg.c. */
public sealed interface CpgMessage {

    /** A process of the sending node joins a group. {@code reason} is a cpg_reason_t. */
    record ProcessJoin(CpgName group, int pid, int reason) implements CpgMessage {}

    /** A process of the sending node has left a group. {@code reason} is a cpg_reason_t. */
    record ProcessLeave(CpgName group, int pid, int reason) implements CpgMessage {}

    /** All group members on the sending node, in the sync step. */
    record JoinList(List<Entry> entries) implements CpgMessage {
        /** Copies the list. */
        public JoinList {
            entries = List.copyOf(entries);
        }

        /** One process in one group. */
        public record Entry(int pid, CpgName group) {}
    }

    /**
     * A message to a group. Its payload stays where it is.
     *
     * @param source the sending node once more, and {@code connection}, a number that only the
     *     sender understands
     * @param payloadOffset where the payload starts in the decoded array
     * @param payloadBytes its length
     */
    record Multicast(
            CpgName group,
            int pid,
            NodeId source,
            long connection,
            int payloadOffset,
            int payloadBytes)
            implements CpgMessage {}

    /**
     * A piece of a message that libcpg itself cut, for messages beyond 1 MiB.
     *
     * @param messageBytes length of the whole
     * @param type 1 for the first piece, 2 for a middle one, 3 for the last
     */
    record PartialMulticast(
            CpgName group,
            int pid,
            int messageBytes,
            int type,
            NodeId source,
            long connection,
            int payloadOffset,
            int payloadBytes)
            implements CpgMessage {}

    /**
     * Nodes that the sender no longer sees, in the sync step. Receivers ignore it: each uses its
     * own.
     *
     * @param oldMembers how many members the sender's last ring had
     * @param left those of them that did not come along
     * @param leftovers what corosync leaves behind the list from an earlier, longer one
     */
    record DownList(int oldMembers, List<NodeId> left, List<NodeId> leftovers)
            implements CpgMessage {
        /** Copies the lists. */
        public DownList {
            left = List.copyOf(left);
            leftovers = List.copyOf(leftovers);
        }

        /** A list that this program sends. */
        public DownList(int oldMembers, List<NodeId> left) {
            this(oldMembers, left, List.of());
        }
    }

    /** The down list of Corosync 1.x, ignored. */
    record OldDownList() implements CpgMessage {}

    /** None of these; drop and count it. */
    record Malformed(String reason) implements CpgMessage {}
}
