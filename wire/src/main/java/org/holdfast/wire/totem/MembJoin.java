package org.holdfast.wire.totem;

import java.util.List;
import org.holdfast.kernel.NodeId;

/**
 * A node's present opinion on who should be in the next ring (struct memb_join). With node 0 in the
 * header it is the leave message of {@code from}.
 *
 * @param from who speaks
 * @param processors everybody it knows of
 * @param failed those of them that it has given up
 * @param ringSequence the highest ring sequence that it used
 */
public record MembJoin(
        FrameHeader header,
        NodeId from,
        List<NodeId> processors,
        List<NodeId> failed,
        long ringSequence)
        implements TotemMessage {

    /** Most entries of each list (PROCESSOR_COUNT_MAX). */
    public static final int NODES_MAX = 384;

    static final int FIXED_BYTES = FrameHeader.BYTES + 4 + 4 + 4 + 8;

    /** Copies the lists. */
    public MembJoin {
        processors = List.copyOf(processors);
        failed = List.copyOf(failed);
    }

    /** Whether this is a leave message. */
    public boolean isLeave() {
        return header.node().value() == 0;
    }
}
