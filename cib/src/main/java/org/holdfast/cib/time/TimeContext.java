package org.holdfast.cib.time;

/**
 * What the reading of a date without day or without zone depends on.
 *
 * @param nowSeconds the current time, in seconds since 1970-01-01 UTC
 * @param offsetSeconds how far local time is ahead of UTC now, in seconds
 */
public record TimeContext(long nowSeconds, int offsetSeconds) {

    /** A context whose local time is UTC. */
    public static TimeContext utc(long nowSeconds) {
        return new TimeContext(nowSeconds, 0);
    }

    /** The current time in local time. */
    public CibTime now() {
        return CibTime.ofEpoch(nowSeconds, offsetSeconds);
    }

    /**
     * The offset that a time of day without zone gets. Offsets behind UTC that are not whole hours
     * come out an hour off, as they do in Pacemaker, so that both kinds of node agree on a rule.
     */
    int defaultOffsetSeconds() {
        int hours = offsetSeconds / 3600;
        int minutes = (offsetSeconds - hours * 3600) / 60;
        return hours * 3600 + Math.abs(minutes) * 60 * (hours < 0 || minutes > 0 ? 1 : -1);
    }
}
