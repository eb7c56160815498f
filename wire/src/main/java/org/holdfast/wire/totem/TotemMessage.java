package org.holdfast.wire.totem;

/** One datagram of the ring, or the reason why it is none. */
public sealed interface TotemMessage
        permits OrfToken,
                Mcast,
                MergeDetect,
                MembJoin,
                CommitToken,
                TokenHoldCancel,
                TotemMessage.Malformed {

    /**
     * Bytes that are no ring message; drop and count them.
     *
     * @param reason what is wrong, for the log
     */
    record Malformed(String reason) implements TotemMessage {}
}
