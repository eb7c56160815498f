package org.holdfast.cib.time;

import org.holdfast.cib.value.IntegerText;

/** ISO 8601 text to moments and durations, as tolerant as Pacemaker and no more. */
public final class TimeParser {

    private TimeParser() {}

    /**
     * A moment: {@code 2026-11-20}, {@code 20261120}, {@code 2026-324}, {@code 2026-W47-5}, each
     * with an optional time behind a space or {@code T}; a time alone (today); {@code epoch}.
     *
     * @throws TimeSyntaxException if it is none of these
     */
    public static CibTime parseDate(String text, TimeContext context) throws TimeSyntaxException {
        if (text.isEmpty()) {
            throw new TimeSyntaxException("No ISO 8601 date/time specification given");
        }
        CibTime date;
        int timeAt = -1;
        if (text.charAt(0) == 'T') {
            date = context.now();
            timeAt = 1;
        } else if (text.length() > 2 && text.charAt(2) == ':') {
            date = context.now();
            timeAt = 0;
        } else if (isEpoch(text)) {
            return CibTime.ofDay(1970, 1);
        } else {
            date = parseDay(text);
            int at = 0;
            while (at < text.length() && "0123456789-W".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            if (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == 'T')) {
                timeAt = at + 1;
            }
        }
        if (timeAt >= 0) {
            date = parseTime(text.substring(timeAt), date, context);
        }
        if (!date.isValid()) {
            throw invalid(text, "");
        }
        return date;
    }

    private static boolean isEpoch(String text) {
        return text.regionMatches(true, 0, "epoch", 0, 5)
                && (text.length() == 5
                        || text.charAt(5) == '/'
                        || IntegerText.isSpace(text.charAt(5)));
    }

    private static CibTime parseDay(String text) throws TimeSyntaxException {
        Scanned gregorian = Scanned.scan(text, "%-%-%");
        if (gregorian.count() == 1) {
            gregorian = Scanned.scan(text, "4%2%2%");
        }
        if (gregorian.count() == 3) {
            return gregorianDay(text, gregorian);
        }
        Scanned ordinal = Scanned.scan(text, "%-%");
        if (ordinal.count() == 2) {
            return ordinalDay(text, ordinal);
        }
        Scanned week = Scanned.scan(text, "%-W%-%");
        if (week.count() == 3) {
            return weekDay(text, week);
        }
        throw invalid(text, "");
    }

    private static CibTime gregorianDay(String text, Scanned date) throws TimeSyntaxException {
        long month = date.value(1);
        if (month < 1 || month > 12) {
            throw invalid(text, " because '" + month + "' is not a valid month");
        }
        int year = checkYear(text, date.value(0));
        long day = date.value(2);
        if (day < 1 || day > Calendar.monthDays((int) month, year)) {
            throw invalid(text, " because '" + day + "' is not a valid day of the month");
        }
        return CibTime.ofDay(year, Calendar.ordinal(year, (int) month, (int) day));
    }

    private static CibTime ordinalDay(String text, Scanned date) throws TimeSyntaxException {
        int year = checkYear(text, date.value(0));
        long day = date.value(1);
        if (day < 1 || day > Calendar.yearDays(year)) {
            throw invalid(text, " because '" + day + "' is not a valid day of year " + year);
        }
        return CibTime.ofDay(year, (int) day);
    }

    private static CibTime weekDay(String text, Scanned date) throws TimeSyntaxException {
        int year = (int) date.value(0);
        long week = date.value(1);
        long day = date.value(2);
        if (week < 1 || week > Calendar.weeks(year)) {
            throw invalid(text, " because '" + week + "' is not a valid week of year " + year);
        }
        if (day < 1 || day > 7) {
            throw invalid(text, " because '" + day + "' is not a valid day of the week");
        }
        int firstWeekday = Calendar.firstWeekday(year);
        return CibTime.ofDay(year, 0)
                .plusDays((int) (week - 1) * 7)
                .plusDays(firstWeekday <= 4 ? 1 - firstWeekday : 8 - firstWeekday)
                .plusDays((int) day);
    }

    private static int checkYear(String text, long year) throws TimeSyntaxException {
        if (year < 1 || year > Integer.MAX_VALUE) {
            throw invalid(text, " because '" + year + "' is not a valid year");
        }
        return (int) year;
    }

    private static CibTime parseTime(String time, CibTime date, TimeContext context)
            throws TimeSyntaxException {
        int seconds = parseClock(time);
        int zoneAt = time.indexOf('Z');
        for (int i = 0; zoneAt < 0 && i < time.length(); i++) {
            if (" +-".indexOf(time.charAt(i)) >= 0) {
                zoneAt = i;
            }
        }
        int offset =
                zoneAt < 0
                        ? context.defaultOffsetSeconds()
                        : parseOffset(time.substring(IntegerText.skipSpace(time, zoneAt)));
        return seconds == CibTime.DAY_SECONDS
                ? date.withClock(0, offset).plusDays(1)
                : date.withClock(seconds, offset);
    }

    private static int parseOffset(String text) throws TimeSyntaxException {
        if (text.isEmpty()) {
            return 0;
        }
        char sign = text.charAt(0);
        if (sign == '+' || sign == '-') {
            int seconds = parseClock(text.substring(1));
            return sign == '-' ? -seconds : seconds;
        }
        return IntegerText.isDigit(sign) ? parseClock(text) : 0;
    }

    /** Seconds of {@code HH[:MM[:SS]]} or {@code HH[MM[SS]]}; 24:00:00 is allowed. */
    private static int parseClock(String text) throws TimeSyntaxException {
        Scanned clock = Scanned.scan(text, "%:%:%");
        if (clock.count() == 1) {
            clock = Scanned.scan(text, "2%2%2%");
        }
        if (clock.count() < 1) {
            throw new TimeSyntaxException(
                    "'" + text + "' is not a valid ISO 8601 time specification");
        }
        long hour = clock.value(0);
        long minute = clock.value(1);
        long second = clock.value(2);
        boolean endOfDay = hour == 24 && minute == 0 && second == 0;
        if (hour >= 24 && !endOfDay || minute >= 60 || second >= 60) {
            throw new TimeSyntaxException(
                    text + " is not a valid ISO 8601 time specification: no such time of day");
        }
        return (int) (hour * 3600 + minute * 60 + second);
    }

    private static TimeSyntaxException invalid(String text, String why) {
        return new TimeSyntaxException(
                "'" + text + "' is not a valid ISO 8601 date/time specification" + why);
    }

    /**
     * A duration such as {@code P1Y2M3W4DT5H6M7S}; anything from a slash or white space on is not
     * looked at.
     *
     * @throws TimeSyntaxException if it is not one, or amounts to nothing
     */
    public static CibTime parseDuration(String text) throws TimeSyntaxException {
        return new DurationParser(text).parse();
    }

    /**
     * A start and an end.
     *
     * @param start the first moment
     * @param end the last moment
     */
    public record Period(CibTime start, CibTime end) {}

    /**
     * A period: start and end, start and duration, duration and end (with a slash between), or a
     * duration from now on.
     *
     * @throws TimeSyntaxException if it is none of these, or not within the years 1 to 9999
     */
    public static Period parsePeriod(String text, TimeContext context) throws TimeSyntaxException {
        if (text.isEmpty()) {
            throw new TimeSyntaxException("No ISO 8601 time period given");
        }
        CibTime amount = text.charAt(0) == 'P' ? parseDuration(text) : null;
        CibTime start = amount == null ? parseDate(text, context) : null;
        CibTime end = null;
        int slash = text.indexOf('/');
        if (slash >= 0) {
            String second = text.substring(slash + 1);
            if (!second.startsWith("P")) {
                end = parseDate(second, context);
            } else if (amount == null) {
                amount = parseDuration(second);
            } else {
                throw badPeriod(text, "it has two durations");
            }
        } else if (amount != null) {
            start = context.now();
        } else {
            throw badPeriod(text, "it has no duration or ending time");
        }
        if (start == null) {
            start = end == null || amount == null ? context.now() : end.minus(amount);
        } else if (end == null) {
            end = amount == null ? start : start.plus(amount);
        }
        if (end == null || !inRange(start) || !inRange(end)) {
            throw badPeriod(text, "an end is not between 0001-01-01 and 9999-12-31");
        }
        return new Period(start, end);
    }

    private static boolean inRange(CibTime time) {
        return time.years() >= 1 && time.years() <= 9999 && time.isValid();
    }

    private static TimeSyntaxException badPeriod(String text, String why) {
        return new TimeSyntaxException(
                "'" + text + "' is not a valid ISO 8601 time period because " + why);
    }
}
