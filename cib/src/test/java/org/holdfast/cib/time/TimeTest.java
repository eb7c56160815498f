package org.holdfast.cib.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import org.holdfast.kernel.SeededRandom;
import org.junit.jupiter.api.Test;

class TimeTest {

    private static final TimeContext UTC = TimeContext.utc(1_700_000_000L);

    private static String read(String text) throws TimeSyntaxException {
        return TimeFormat.local(TimeParser.parseDate(text, UTC));
    }

    @Test
    void everyFormOfADateIsRead() throws TimeSyntaxException {
        assertThat(read("2009-01-01 00:30:00 +01:00")).isEqualTo("2009-01-01 00:30:00 +01:00");
        assertThat(read("20050409 00:00:00")).isEqualTo("2005-04-09 00:00:00Z");
        assertThat(read("2005-040/2005-043")).isEqualTo("2005-02-09 00:00:00Z");
    }

    @Test
    void weekDatesAreThoseOfTheCalendar() throws TimeSyntaxException {
        assertThat(read("2009-W01-1")).isEqualTo("2008-12-29 00:00:00Z");
        assertThat(read("2009-W53-7")).isEqualTo("2010-01-03 00:00:00Z");
        assertThat(read("2008-W37-6T24:00:00Z")).isEqualTo("2008-09-14 00:00:00Z");
    }

    @Test
    void daysThatDoNotExistAreRefused() {
        for (String bad : new String[] {"", "2009-13-01", "2009-02-29", "2009-366", "x", "2009"}) {
            assertThatThrownBy(() -> read(bad)).isInstanceOf(TimeSyntaxException.class);
        }
    }

    @Test
    void calendarsAgreeWithTheLibrary() {
        SeededRandom random = new SeededRandom(7);
        for (int i = 0; i < 20_000; i++) {
            LocalDate day = LocalDate.ofEpochDay(random.nextBetween(-700_000, 2_900_000));
            CibTime time = CibTime.ofEpoch(day.toEpochDay() * 86_400, 0);
            CibTime.WeekDate week = time.weekDate();
            assertThat(time.monthDate())
                    .isEqualTo(
                            new CibTime.MonthDate(
                                    day.getYear(), day.getMonthValue(), day.getDayOfMonth()));
            assertThat(week)
                    .isEqualTo(
                            new CibTime.WeekDate(
                                    day.get(IsoFields.WEEK_BASED_YEAR),
                                    day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                                    day.getDayOfWeek().getValue()));
            assertThat(time.epochSeconds()).isEqualTo(day.toEpochDay() * 86_400);
        }
    }

    @Test
    void durationsAddUp() throws TimeSyntaxException {
        CibTime start = TimeParser.parseDate("2024-01-31 12:00:00Z", UTC);

        assertThat(TimeFormat.local(start.plus(TimeParser.parseDuration("P1M"))))
                .isEqualTo("2024-02-29 12:00:00Z");
        assertThat(TimeFormat.local(start.plus(TimeParser.parseDuration("P1Y2M3DT4H5M6S"))))
                .isEqualTo("2025-04-03 16:05:06Z");
        assertThatThrownBy(() -> TimeParser.parseDuration("P1X"))
                .isInstanceOf(TimeSyntaxException.class);
    }

    @Test
    void intervalsHaveUnits() {
        assertThat(TimeSpan.parseInterval("10")).isEqualTo(10_000);
        assertThat(TimeSpan.parseInterval("1.9min")).isEqualTo(60_000);
        assertThat(TimeSpan.parseInterval("250 ms")).isEqualTo(250);
        assertThat(TimeSpan.parseInterval("PT1H")).isEqualTo(3_600_000);
        assertThat(TimeSpan.parseInterval("soon")).isNull();
        assertThat(TimeSpan.readable(93_784_005)).isEqualTo("1d2h3m4.005s");
    }
}
