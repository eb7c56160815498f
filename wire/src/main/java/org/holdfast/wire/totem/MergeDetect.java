package org.holdfast.wire.totem;

import org.holdfast.kernel.NodeId;

/**
 * A quiet ring's call to other rings (struct memb_merge_detect).
 *
 * @param from the caller
 * @param ringId the caller's ring
 */
public record MergeDetect(FrameHeader header, NodeId from, RingId ringId) implements TotemMessage {

    static final int BYTES = FrameHeader.BYTES + 4 + RingIds.BYTES;
}
