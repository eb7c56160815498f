package org.holdfast.cib.time;

import org.jspecify.annotations.Nullable;

/**
 * A moment in some zone, or a duration. Immutable; arithmetic clips to the years from 1 on, and
 * keeps the oddities that the real one shows (a sum may end at second 86,400 of a day), because
 * rules on mixed clusters must agree.
 *
 * @param years the year, or a duration's years
 * @param months a duration's months; 0 for a moment
 * @param days the day's number in its year, from 1; or a duration's days
 * @param secondsOfDay seconds since midnight in the zone; or a duration's seconds
 * @param offsetSeconds how far the zone is ahead of UTC
 * @param duration whether this is a duration
 */
public record CibTime(
        int years, int months, int days, int secondsOfDay, int offsetSeconds, boolean duration) {

    /** Seconds from 0001-01-01 to 1970-01-01. */
    private static final long EPOCH_SECONDS = 62_135_596_800L;

    static final int DAY_SECONDS = 86_400;

    /** A date of the week calendar: year, week and weekday (1 is Monday). */
    record WeekDate(int year, int week, int day) {}

    /** A date of the Gregorian calendar. */
    record MonthDate(int year, int month, int day) {}

    /** A moment, given as seconds since 1970-01-01 UTC, in a zone ahead of UTC by the offset. */
    public static CibTime ofEpoch(long epochSeconds, int offsetSeconds) {
        long local = epochSeconds + offsetSeconds;
        java.time.LocalDate date =
                java.time.LocalDate.ofEpochDay(
                        Math.clamp(Math.floorDiv(local, DAY_SECONDS), -700_000L, 500_000_000L));
        return new CibTime(
                date.getYear(),
                0,
                date.getDayOfYear(),
                (int) Math.floorMod(local, (long) DAY_SECONDS),
                offsetSeconds / 60 * 60,
                false);
    }

    static CibTime ofDay(int year, int dayOfYear) {
        return new CibTime(year, 0, dayOfYear, 0, 0, false);
    }

    private CibTime withDate(int newYears, int newDays) {
        return new CibTime(newYears, months, newDays, secondsOfDay, offsetSeconds, duration);
    }

    CibTime withClock(int newSecondsOfDay, int newOffsetSeconds) {
        return new CibTime(years, months, days, newSecondsOfDay, newOffsetSeconds, duration);
    }

    /** Whether anything at all is set. */
    public boolean isDefined() {
        return years != 0
                || months != 0
                || days != 0
                || secondsOfDay != 0
                || offsetSeconds != 0
                || duration;
    }

    /** Whether the day exists in its year and the time in its day. */
    public boolean isValid() {
        return days > 0
                && days <= Calendar.yearDays(years)
                && secondsOfDay >= 0
                && secondsOfDay < DAY_SECONDS;
    }

    /** The same moment in UTC. */
    CibTime toUtc() {
        if (offsetSeconds == 0) {
            return new CibTime(years, months, days, secondsOfDay, 0, false);
        }
        return new CibTime(years, 0, days, secondsOfDay, 0, false).plusSeconds(-offsetSeconds);
    }

    /**
     * Seconds since the start of year 1 in UTC; of a duration, with years of 365 and months of 30
     * days.
     */
    public long seconds() {
        CibTime utc = offsetSeconds == 0 ? this : toUtc();
        long allDays;
        if (utc.duration) {
            allDays = 365L * utc.years + 30L * utc.months + utc.days;
        } else {
            allDays = Calendar.daysBefore(utc.years) + Math.max(0, utc.days - 1);
        }
        return utc.secondsOfDay + DAY_SECONDS * allDays;
    }

    /** Seconds since 1970-01-01 UTC. */
    public long epochSeconds() {
        return seconds() - EPOCH_SECONDS;
    }

    /** Orders moments by time, whatever their zones. */
    public int compareWith(CibTime other) {
        CibTime one = toUtc();
        CibTime two = other.toUtc();
        int order = Integer.compare(one.years, two.years);
        if (order == 0) {
            order = Integer.compare(one.days, two.days);
        }
        return order == 0 ? Integer.compare(one.secondsOfDay, two.secondsOfDay) : order;
    }

    /** The earlier of two moments, where null means "never". */
    public static @Nullable CibTime earlier(@Nullable CibTime one, CibTime other) {
        return one != null && one.compareWith(other) <= 0 ? one : other;
    }

    /** This moment and a duration (or another time's fields) after it. */
    public CibTime plus(CibTime amount) {
        CibTime by = amount.toUtc();
        return plusYears(by.years)
                .plusMonths(by.months)
                .plusDays(by.days)
                .plusSeconds(by.secondsOfDay);
    }

    /** This moment less a duration (or another time's fields). */
    public CibTime minus(CibTime amount) {
        CibTime by = amount.toUtc();
        return plusYears(-by.years)
                .plusMonths(-by.months)
                .plusDays(-by.days)
                .plusSeconds(-by.secondsOfDay);
    }

    /** Seconds later (or earlier, if negative). */
    public CibTime plusSeconds(int value) {
        int wholeDays = value / DAY_SECONDS;
        int sum = secondsOfDay + value % DAY_SECONDS;
        if (sum > DAY_SECONDS) {
            wholeDays++;
            sum -= DAY_SECONDS;
        } else if (sum < 0) {
            wholeDays--;
            sum += DAY_SECONDS;
        }
        return withClock(sum, offsetSeconds).plusDays(wholeDays);
    }

    /** Days later (or earlier, if negative); not before the first day of year 1. */
    public CibTime plusDays(int value) {
        int year = years;
        long left = value;
        if (value > 0) {
            while (days + left > Calendar.yearDays(year)) {
                if (year == Integer.MAX_VALUE) {
                    return withDate(year, Calendar.yearDays(year));
                }
                left -= Calendar.yearDays(year);
                year++;
            }
        } else if (value < 0) {
            int daysMin = duration ? 0 : 1;
            while (days + left < daysMin) {
                if (year <= 1) {
                    return withDate(year, 1);
                }
                year--;
                left += Calendar.yearDays(year);
            }
        }
        return withDate(year, (int) (days + left));
    }

    /** Months later (or earlier), on the same day of the month or the month's last. */
    public CibTime plusMonths(int value) {
        MonthDate from = monthDate();
        int year = from.year;
        int month = from.month;
        if (value != 0) {
            long total = year * 12L + (month - 1) + value;
            year = (int) Math.floorDiv(total, 12L);
            month = (int) Math.floorMod(total, 12L) + 1;
        }
        int day = Math.min(from.day, Calendar.monthDays(month, year));
        return withDate(year, Calendar.ordinal(year, month, day));
    }

    /** As {@link #plusMonths}, but leaves a day that its month does not have alone at 0 months. */
    public CibTime plusMonthsIfAny(int value) {
        return value == 0 ? this : plusMonths(value);
    }

    /** Years later (or earlier), on the same day of the year; not before year 1. */
    public CibTime plusYears(int value) {
        long sum = (long) years + value;
        if (value > 0 && sum > Integer.MAX_VALUE) {
            return withDate(Integer.MAX_VALUE, days);
        }
        return withDate(value < 0 && sum < 1 ? 1 : (int) sum, days);
    }

    /** The date with month and day; a duration's own fields. */
    MonthDate monthDate() {
        if (years == 0) {
            return new MonthDate(0, months, days);
        }
        int month = 1;
        int day = days;
        while (month <= 12 && day > 0) {
            int length = Calendar.monthDays(month, years);
            if (length >= day) {
                break;
            }
            day -= length;
            month++;
        }
        return new MonthDate(years, month, day);
    }

    /** The date in ISO 8601's week calendar. */
    WeekDate weekDate() {
        if (days <= 0) {
            return new WeekDate(0, 0, 0);
        }
        int firstWeekday = Calendar.firstWeekday(years);
        int weekday = 1 + (days + firstWeekday - 2) % 7;
        if (days <= 8 - firstWeekday && firstWeekday > 4) {
            return new WeekDate(years - 1, Calendar.weeks(years - 1), weekday);
        }
        if (Calendar.yearDays(years) - days < 4 - weekday) {
            return new WeekDate(years + 1, 1, weekday);
        }
        int week = (days + (7 - weekday) + (firstWeekday - 1)) / 7;
        return new WeekDate(years, firstWeekday > 4 ? week - 1 : week, weekday);
    }
}
