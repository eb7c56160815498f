package org.holdfast.totem.ring;

/** Why a node looks for a new ring; the texts are those of corosync's log. */
enum GatherReason {
    START("interface change"),
    CONSENSUS_TIMEOUT("consensus timeout"),
    TOKEN_LOST_IN_OPERATIONAL("the token was lost in the OPERATIONAL state"),
    CONSENSUS_WITHOUT_COMMIT("the consensus timeout expired"),
    TOKEN_LOST_IN_COMMIT("the token was lost in the COMMIT state"),
    TOKEN_LOST_IN_RECOVERY("the token was lost in the RECOVERY state"),
    FAILED_TO_RECEIVE("failed to receive"),
    FOREIGN_MESSAGE_IN_OPERATIONAL("foreign message in operational state"),
    FOREIGN_MESSAGE_IN_GATHER("foreign message in gather state"),
    MERGE_IN_OPERATIONAL("merge during operational state"),
    MERGE_IN_GATHER("merge during gather state"),
    MERGE_IN_JOIN("merge during join"),
    JOIN_IN_OPERATIONAL("join during operational state"),
    JOIN_IN_COMMIT("join during commit state"),
    JOIN_IN_RECOVERY("join during recovery"),
    PEER_UNREACHABLE("a member's process has ended"),
    SYNC_STALLED("the synchronization does not go on");

    private final String text;

    GatherReason(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
