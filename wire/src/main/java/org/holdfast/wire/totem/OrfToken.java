package org.holdfast.wire.totem;

import java.util.List;

/**
 * The token that orders, acknowledges and paces the ring's messages (struct orf_token).
 *
 * @param sequence number of the last message sent on the ring
 * @param tokenSequence grows with every hop, tells a retransmitted token
 * @param aru all messages up to this number have reached everybody, as far as is known
 * @param aruNode who lowered {@code aru}, 0 when nobody misses anything
 * @param ringId the ring that it belongs to
 * @param backlog messages that wait on all nodes
 * @param flowControlCount messages sent in the last rotation
 * @param retransmitFlag whether somebody still has old messages to resend during recovery
 * @param requests what is missed; at most {@link #REQUESTS_MAX}
 */
public record OrfToken(
        FrameHeader header,
        int sequence,
        int tokenSequence,
        int aru,
        int aruNode,
        RingId ringId,
        int backlog,
        int flowControlCount,
        int retransmitFlag,
        List<RetransmitRequest> requests)
        implements TotemMessage {

    /** Most entries of the retransmit list (RETRANSMIT_ENTRIES_MAX). */
    public static final int REQUESTS_MAX = 30;

    static final int FIXED_BYTES = FrameHeader.BYTES + 16 + RingIds.BYTES + 16;

    /** How many requests a token of so many bytes holds. */
    public static int requestsIn(int frameBytes) {
        return (frameBytes - FIXED_BYTES) / RetransmitRequest.BYTES;
    }

    /** Copies the list. */
    public OrfToken {
        requests = List.copyOf(requests);
    }
}
