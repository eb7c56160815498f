package org.holdfast.wire.totem;

/**
 * Asks the representative of a quiet ring to pass the token on (struct token_hold_cancel).
 *
 * @param ringId the ring
 */
public record TokenHoldCancel(FrameHeader header, RingId ringId) implements TotemMessage {

    static final int BYTES = FrameHeader.BYTES + RingIds.BYTES;
}
