package org.holdfast.cib.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time zone's rule in POSIX's form.
 *
 * @param standardName short name of standard time
 * @param standardOffset seconds ahead of UTC in standard time
 * @param summerName short name of summer time; null if there is none
 * @param summerOffset seconds ahead of UTC in summer time
 * @param start when summer time begins, in local standard time
 * @param end when it ends, in local summer time
 */
record PosixZone(
        String standardName,
        int standardOffset,
        @Nullable String summerName,
        int summerOffset,
        Transition start,
        Transition end) {

    /**
     * A yearly moment.
     *
     * @param month from 1 to 12; 0 if {@code day} is the day of the year
     * @param week from 1 to 5 (the last)
     * @param day the weekday, 0 being Sunday; or the day of the year
     * @param leapCounts with a day of the year: counted from 0 with 29 February; else from 1
     *     without
     * @param seconds time of day
     */
    record Transition(int month, int week, int day, boolean leapCounts, int seconds) {

        LocalDate in(int year) {
            if (month == 0) {
                LocalDate first = LocalDate.of(year, 1, 1);
                boolean skipsLeapDay = !leapCounts && first.isLeapYear() && day >= 60;
                return first.plusDays(leapCounts ? day : day - 1L + (skipsLeapDay ? 1 : 0));
            }
            DayOfWeek weekday = day == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(day);
            LocalDate first = LocalDate.of(year, Month.of(month), 1);
            return week == 5
                    ? first.with(TemporalAdjusters.lastInMonth(weekday))
                    : first.with(TemporalAdjusters.dayOfWeekInMonth(week, weekday));
        }

        long epochSecondsIn(int year, int offset) {
            return in(year).toEpochDay() * 86_400 + seconds - offset;
        }
    }

    private static final String NAME = "([A-Za-z]{3,}|<[A-Za-z0-9+-]+>)";
    private static final String OFFSET = "([+-]?\\d{1,3}(?::\\d{1,2}(?::\\d{1,2})?)?)";
    private static final Pattern RULE =
            Pattern.compile(NAME + OFFSET + "(?:" + NAME + OFFSET + "?(?:,([^,]+),([^,]+))?)?");
    private static final Pattern MONTHLY =
            Pattern.compile("M(\\d{1,2})\\.([1-5])\\.([0-6])(?:/(.+))?");
    private static final Pattern DAILY = Pattern.compile("(J?)(\\d{1,3})(?:/(.+))?");

    private static final Transition US_START = new Transition(3, 2, 0, false, 7200);
    private static final Transition US_END = new Transition(11, 1, 0, false, 7200);

    static @Nullable PosixZone parse(String text) {
        Matcher matcher = RULE.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int standard = -seconds(matcher.group(2));
        String summerOffset = matcher.group(4);
        Transition start = matcher.group(5) == null ? US_START : transition(matcher.group(5));
        Transition end = matcher.group(6) == null ? US_END : transition(matcher.group(6));
        if (start == null || end == null) {
            return null;
        }
        return new PosixZone(
                name(matcher.group(1)),
                standard,
                matcher.group(3) == null ? null : name(matcher.group(3)),
                summerOffset == null ? standard + 3600 : -seconds(summerOffset),
                start,
                end);
    }

    private static String name(String text) {
        return text.startsWith("<") ? text.substring(1, text.length() - 1) : text;
    }

    private static int seconds(String text) {
        boolean negative = text.startsWith("-");
        String digits = text.startsWith("+") || negative ? text.substring(1) : text;
        int seconds = 0;
        int unit = 3600;
        for (String part : digits.split(":")) {
            seconds += Integer.parseInt(part) * unit;
            unit /= 60;
        }
        return negative ? -seconds : seconds;
    }

    private static @Nullable Transition transition(String text) {
        Matcher monthly = MONTHLY.matcher(text);
        if (monthly.matches()) {
            int month = Integer.parseInt(monthly.group(1));
            return month < 1 || month > 12
                    ? null
                    : new Transition(
                            month,
                            Integer.parseInt(monthly.group(2)),
                            Integer.parseInt(monthly.group(3)),
                            false,
                            timeOfDay(monthly.group(4)));
        }
        Matcher daily = DAILY.matcher(text);
        if (!daily.matches()) {
            return null;
        }
        return new Transition(
                0,
                0,
                Integer.parseInt(daily.group(2)),
                daily.group(1).isEmpty(),
                timeOfDay(daily.group(3)));
    }

    private static int timeOfDay(@Nullable String text) {
        return text == null || !text.matches("[+-]?\\d{1,3}(:\\d{1,2}){0,2}")
                ? 7200
                : seconds(text);
    }

    int offsetSecondsAt(long epochSeconds) {
        return isSummerAt(epochSeconds) ? summerOffset : standardOffset;
    }

    String abbreviationAt(long epochSeconds) {
        return summerName != null && isSummerAt(epochSeconds) ? summerName : standardName;
    }

    private boolean isSummerAt(long epochSeconds) {
        if (summerName == null) {
            return false;
        }
        int year =
                Instant.ofEpochSecond(epochSeconds + standardOffset)
                        .atOffset(ZoneOffset.UTC)
                        .getYear();
        long from = start.epochSecondsIn(year, standardOffset);
        long to = end.epochSecondsIn(year, summerOffset);
        return from < to
                ? epochSeconds >= from && epochSeconds < to
                : epochSeconds >= from || epochSeconds < to;
    }
}
