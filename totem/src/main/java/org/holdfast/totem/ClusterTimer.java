package org.holdfast.totem;

/**
 * The cluster layer's timers. Each has at most one deadline; setting it again replaces the old one.
 * The names follow corosync.conf(5).
 */
public enum ClusterTimer {
    /** No token for {@code totem.token}: the ring is broken. */
    TOKEN_LOSS,
    /** No token for {@code totem.token_warning} percent of the token timeout. */
    TOKEN_WARNING,
    /** Nothing came back for {@code totem.token_retransmit}: send the token again. */
    TOKEN_RETRANSMIT,
    /** The representative has held the token of a quiet ring for {@code totem.hold}. */
    TOKEN_HOLD,
    /** Time to look for other rings ({@code totem.merge}). */
    MERGE_DETECT,
    /** Repeat the join message ({@code totem.join}). */
    JOIN,
    /** A join message that was put off at random ({@code totem.send_join}) is due. */
    SEND_JOIN,
    /** Members that have not agreed by now are given up ({@code totem.consensus}). */
    CONSENSUS,
    /** Tells a paused process from a silent network. */
    PAUSE,
    /** Goes on with work that one step must not finish (a ring of one node passes itself on). */
    CONTINUE,
    /** The end of {@code quorum.last_man_standing_window}. */
    LAST_MAN_STANDING,
    /** The quorum device's vote has not been renewed in time. */
    QUORUM_DEVICE,
    /** The sync step of a ring in force has not moved for long. */
    SYNC_STALLED,
    /** Leaving must not wait any longer for the last messages to go out. */
    LEAVE
}
