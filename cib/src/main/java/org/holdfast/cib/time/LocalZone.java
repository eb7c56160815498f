package org.holdfast.cib.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A time zone as the variable {@code TZ} names it: by a name of the zone database, or by a rule in
 * POSIX's form ({@code CET-1CEST,M3.5.0,M10.5.0}). Immutable.
 */
public final class LocalZone {

    private static final DateTimeFormatter CTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

    private final @Nullable ZoneId zone;
    private final @Nullable PosixZone rule;

    private LocalZone(@Nullable ZoneId zone, @Nullable PosixZone rule) {
        this.zone = zone;
        this.rule = rule;
    }

    /** UTC. */
    public static LocalZone utc() {
        return new LocalZone(ZoneOffset.UTC, null);
    }

    /**
     * The zone that a value of {@code TZ} names; UTC if it names none.
     *
     * @param tz the value, or null if the variable is not set
     * @param fallback the zone to take when it is not set: the system's own
     */
    public static LocalZone of(@Nullable String tz, ZoneId fallback) {
        if (tz == null) {
            return new LocalZone(fallback, null);
        }
        String name = tz.startsWith(":") ? tz.substring(1) : tz;
        if (name.isEmpty()) {
            return utc();
        }
        try {
            return new LocalZone(ZoneId.of(name), null);
        } catch (DateTimeException e) {
            PosixZone parsed = PosixZone.parse(name);
            return parsed == null ? utc() : new LocalZone(null, parsed);
        }
    }

    /** How far local time is ahead of UTC at a moment, in seconds. */
    public int offsetSecondsAt(long epochSeconds) {
        if (rule != null) {
            return rule.offsetSecondsAt(epochSeconds);
        }
        return zone == null
                ? 0
                : zone.getRules().getOffset(Instant.ofEpochSecond(epochSeconds)).getTotalSeconds();
    }

    /** The zone's short name at a moment. */
    public String abbreviationAt(long epochSeconds) {
        if (rule != null) {
            return rule.abbreviationAt(epochSeconds);
        }
        if (zone == null || zone.equals(ZoneOffset.UTC)) {
            return "UTC";
        }
        return DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)
                .withZone(zone)
                .format(Instant.ofEpochSecond(epochSeconds));
    }

    /** A moment as ctime(3) prints it, without line end: {@code Fri Nov 6 09:00:00 2026}. */
    public String ctime(long epochSeconds) {
        return CTIME.format(
                Instant.ofEpochSecond(epochSeconds)
                        .atOffset(ZoneOffset.ofTotalSeconds(offsetSecondsAt(epochSeconds))));
    }

    /** A moment with this zone's offset, as rules and dates compute with it. */
    public CibTime at(long epochSeconds) {
        return CibTime.ofEpoch(epochSeconds, offsetSecondsAt(epochSeconds));
    }

    /** The zone's name for messages. */
    @Override
    public String toString() {
        return rule != null
                ? rule.toString()
                : zone == null ? "UTC" : zone.getDisplayName(TextStyle.NARROW, Locale.ENGLISH);
    }
}
