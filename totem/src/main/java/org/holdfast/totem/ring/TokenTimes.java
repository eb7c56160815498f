package org.holdfast.totem.ring;

/**
 * The token's last visits to this node: when it came, how long it stayed, how many packets waited.
 * A visit lasts until the token is sent on; waiting on a quiet ring belongs to it.
 */
public final class TokenTimes {

    /** As many as Corosync looks at. */
    private static final int VISITS_MAX = 100;

    private final long[] cameNanos = new long[VISITS_MAX];
    private final long[] stayedNanos = new long[VISITS_MAX];
    private final int[] backlogs = new int[VISITS_MAX];
    private int visits;
    private int latest = VISITS_MAX - 1;
    private boolean here;

    TokenTimes() {}

    void came(long nowNanos, int backlogPackets) {
        latest = (latest + 1) % VISITS_MAX;
        visits = Math.min(VISITS_MAX, visits + 1);
        cameNanos[latest] = nowNanos;
        stayedNanos[latest] = 0;
        backlogs[latest] = backlogPackets;
        here = true;
    }

    void went(long nowNanos) {
        if (here) {
            stayedNanos[latest] = nowNanos - cameNanos[latest];
            here = false;
        }
    }

    /** Mean time from one visit to the next, in milliseconds; 0 before there were two. */
    public long meanBetweenMillis() {
        if (visits < 2) {
            return 0;
        }
        int oldest = visits < VISITS_MAX ? 0 : (latest + 1) % VISITS_MAX;
        return (cameNanos[latest] - cameNanos[oldest]) / (visits - 1) / 1_000_000;
    }

    /** Mean length of a visit, in milliseconds. */
    public long meanStayMillis() {
        long sum = 0;
        for (int i = 0; i < visits; i++) {
            sum += stayedNanos[i];
        }
        return visits == 0 ? 0 : sum / visits / 1_000_000;
    }

    /** Mean number of packets that waited when the token came. */
    public int meanBacklogPackets() {
        long sum = 0;
        for (int i = 0; i < visits; i++) {
            sum += backlogs[i];
        }
        return visits == 0 ? 0 : (int) (sum / visits);
    }

    /** Time since the token came last, in milliseconds; 0 if it never did. */
    public long sinceLastMillis(long nowNanos) {
        return visits == 0 ? 0 : (nowNanos - cameNanos[latest]) / 1_000_000;
    }
}
