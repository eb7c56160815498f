package org.holdfast.cib.time;

/** Lengths of years, months and weeks in the Gregorian calendar and ISO 8601's week calendar. */
final class Calendar {

    private static final int[] MONTH_DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Calendar() {}

    static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    static int yearDays(int year) {
        return isLeap(year) ? 366 : 365;
    }

    /** Days of a month from 1 to 12; 0 if there is no such month or year. */
    static int monthDays(int month, int year) {
        if (month < 1 || month > 12 || year < 1) {
            return 0;
        }
        return month == 2 && isLeap(year) ? 29 : MONTH_DAYS[month - 1];
    }

    /** The day's number in its year; 0 if there is no such day. */
    static int ordinal(int year, int month, int day) {
        if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) {
            return 0;
        }
        int days = day;
        for (int i = 1; i < month; i++) {
            days += monthDays(i, year);
        }
        return days;
    }

    /** Days from 0001-01-01 to the first day of a year. */
    static long daysBefore(int year) {
        long full = Math.max(0L, year - 1L);
        return 365 * full + full / 4 - full / 100 + full / 400;
    }

    /** Weekday of a year's first day, 1 (Monday) to 7. */
    static int firstWeekday(int year) {
        int inCentury = (year - 1) % 100;
        int centuries = year - 1 - inCentury;
        return 1 + (centuries / 100 % 4 * 5 + inCentury + inCentury / 4) % 7;
    }

    static int weeks(int year) {
        return firstWeekday(year) == 4 || firstWeekday(year + 1) == 5 ? 53 : 52;
    }
}
