package org.holdfast.cib.time;

import java.util.List;

/** A moment's fields in all of ISO 8601's calendars, by the names that a date_spec uses. */
public final class DateFields {

    /**
     * One field.
     *
     * @param name its name in a date_spec
     * @param value its value
     */
    public record Field(String name, long value) {}

    private DateFields() {}

    /** All fields in the order in which a date_spec is checked. */
    public static List<Field> of(CibTime time) {
        CibTime.MonthDate date = time.monthDate();
        CibTime.WeekDate week = time.weekDate();
        int seconds = time.secondsOfDay();
        return List.of(
                new Field("years", date.year()),
                new Field("months", date.month()),
                new Field("monthdays", date.day()),
                new Field("hours", seconds / 3600),
                new Field("minutes", seconds / 60 % 60),
                new Field("seconds", seconds % 60),
                new Field("yeardays", time.days()),
                new Field("weekyears", week.year()),
                new Field("weeks", week.week()),
                new Field("weekdays", week.day()));
    }
}
