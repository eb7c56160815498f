package org.holdfast.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimerQueueTest {

    private final TimerQueue<String> timers = new TimerQueue<>();

    @Test
    void givesTimersInTheOrderOfTheirDeadlinesAndNeverEarly() {
        timers.set("b", 20);
        timers.set("a", 10);
        assertThat(timers.poll(9)).isNull();
        assertThat(timers.nanosToNext(9)).isEqualTo(1);
        assertThat(timers.poll(25)).isEqualTo("a");
        assertThat(timers.poll(25)).isEqualTo("b");
        assertThat(timers.poll(25)).isNull();
        assertThat(timers.nanosToNext(25)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void movesAndForgets() {
        timers.set("a", 10);
        timers.set("a", 30);
        timers.set("b", 5);
        timers.cancel("b");
        assertThat(timers.poll(29)).isNull();
        assertThat(timers.nanosToNext(40)).isZero();
        assertThat(timers.poll(30)).isEqualTo("a");
    }

    @Test
    void staysSmallAndSurvivesTheClocksWrap() {
        for (int i = 0; i < 10_000; i++) {
            timers.set("a", Long.MAX_VALUE - 10_000 + i);
        }
        timers.set("b", Long.MIN_VALUE + 5);
        assertThat(timers.poll(Long.MAX_VALUE)).isEqualTo("a");
        assertThat(timers.poll(Long.MAX_VALUE)).isNull();
        assertThat(timers.poll(Long.MIN_VALUE + 5)).isEqualTo("b");
    }
}
