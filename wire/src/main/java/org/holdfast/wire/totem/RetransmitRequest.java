package org.holdfast.wire.totem;

/**
 * One message that somebody misses (struct rtr_item).
 *
 * @param ringId the ring in which the number counts
 * @param sequence the message's number
 */
public record RetransmitRequest(RingId ringId, int sequence) {

    static final int BYTES = RingIds.BYTES + 4;
}
