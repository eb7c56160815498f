package org.holdfast.totem.ring;

import java.util.EnumMap;
import java.util.Map;

/** Counts what happens in a ring, for cmap's {@code stats.srp.*} and for the simulator's probes. */
public final class RingStats {

    /** What is counted. */
    public enum Counter {
        /** Tokens sent, retransmissions included. */
        ORF_TOKEN_TX,
        /** Tokens received. */
        ORF_TOKEN_RX,
        /** Tokens sent again because nothing came back. */
        TOKEN_RETRANSMIT,
        /** Tokens dropped because they had been seen. */
        TOKEN_DUPLICATE,
        /** Merge detect messages sent. */
        MEMB_MERGE_DETECT_TX,
        /** Merge detect messages received. */
        MEMB_MERGE_DETECT_RX,
        /** Join messages sent, leave messages included. */
        MEMB_JOIN_TX,
        /** Join messages received. */
        MEMB_JOIN_RX,
        /** Messages sent first. */
        MCAST_TX,
        /** Messages sent again on request. */
        MCAST_RETX,
        /** Messages received. */
        MCAST_RX,
        /** Messages asked for again. */
        RETRANSMIT_REQUESTED,
        /** Commit tokens sent. */
        MEMB_COMMIT_TOKEN_TX,
        /** Commit tokens received. */
        MEMB_COMMIT_TOKEN_RX,
        /** Hold cancel messages sent. */
        TOKEN_HOLD_CANCEL_TX,
        /** Hold cancel messages received. */
        TOKEN_HOLD_CANCEL_RX,
        /** OPERATIONAL entered. */
        OPERATIONAL_ENTERED,
        /** Token lost in OPERATIONAL. */
        OPERATIONAL_TOKEN_LOST,
        /** GATHER entered. */
        GATHER_ENTERED,
        /** Consensus reached in GATHER, but no commit token came. */
        GATHER_TOKEN_LOST,
        /** COMMIT entered. */
        COMMIT_ENTERED,
        /** Token lost in COMMIT. */
        COMMIT_TOKEN_LOST,
        /** RECOVERY entered. */
        RECOVERY_ENTERED,
        /** Token lost in RECOVERY. */
        RECOVERY_TOKEN_LOST,
        /** Messages of an old ring sent again in RECOVERY. */
        RECOVERY_ORIGINATED,
        /** Messages of the old ring that only recovery brought. */
        RECOVERY_RECOVERED,
        /** Messages delivered after a gap, in the transitional configuration. */
        RECOVERY_AFTER_GAP,
        /** A join arrived in COMMIT or RECOVERY and broke the forming ring off. */
        FORMATION_BROKEN_BY_JOIN,
        /** Consensus timeouts. */
        CONSENSUS_TIMEOUTS,
        /** This node marked itself FAILED TO RECEIVE. */
        FAILED_TO_RECEIVE,
        /** Messages of another ring made this node look for a new one. */
        FOREIGN_MESSAGE,
        /** Tokens of another ring than the one in force or in the making, dropped. */
        FOREIGN_TOKEN,
        /** Late messages of an older ring of ours, ignored. */
        STALE_MESSAGE,
        /** Members given up because nobody listens there any more. */
        PEER_UNREACHABLE,
        /** Join messages dropped after a pause of the process. */
        JOIN_DROPPED_AFTER_PAUSE,
        /** Join messages in OPERATIONAL that were out of date or named us as failed. */
        JOIN_IGNORED,
        /** Join messages that came while a ring formed, taken when all its members were in it. */
        JOIN_TAKEN_LATER,
        /** Messages of nodes that were lost too often to be taken back at once, ignored. */
        HELD_OFF,
        /** Calls of nodes that did not answer the last ones, ignored for a while. */
        CALL_IGNORED,
        /** Leave messages received. */
        LEAVE_RX,
        /** The token was held on a quiet ring. */
        TOKEN_HELD,
        /** Sequence numbers wrapped around. */
        SEQUENCE_WRAPPED,
        /** Datagrams that were no message or from a node that is not in the list. */
        RX_MSG_DROPPED
    }

    private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    private final long[] values = new long[Counter.values().length];
    private final TokenTimes tokenTimes = new TokenTimes();
    private long continuousGather;

    RingStats() {}

    void count(Counter counter) {
        values[counter.ordinal()]++;
    }

    void count(Counter counter, long times) {
        values[counter.ordinal()] += times;
    }

    void gatherAgain() {
        continuousGather++;
    }

    void gatherEnded() {
        continuousGather = 0;
    }

    /** How often a thing happened since the node started. */
    public long of(Counter counter) {
        return values[counter.ordinal()];
    }

    /** How often in a row no consensus was reached; many mean a broken network or firewall. */
    public long continuousGather() {
        return continuousGather;
    }

    /** The token's last visits. */
    public TokenTimes tokenTimes() {
        return tokenTimes;
    }

    /** All counts. */
    public Map<Counter, Long> all() {
        for (Counter counter : Counter.values()) {
            counts.put(counter, values[counter.ordinal()]);
        }
        return counts;
    }
}
