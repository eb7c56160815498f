package org.holdfast.simulator;

import java.util.function.Consumer;

/** Takes the run's story line by line, or nothing at all. */
public final class Trace {

    private final Consumer<String> sink;
    private final boolean on;

    private Trace(boolean on, Consumer<String> sink) {
        this.on = on;
        this.sink = sink;
    }

    /** No trace. */
    public static Trace off() {
        return new Trace(false, line -> {});
    }

    /** Gives each line to {@code sink}. */
    public static Trace to(Consumer<String> sink) {
        return new Trace(true, sink);
    }

    /** Whether lines are wanted; ask before making expensive ones. */
    public boolean isOn() {
        return on;
    }

    /** One line, with the time and who speaks. */
    public void line(long nowNanos, String who, String text) {
        if (on) {
            sink.accept("%12.6f %-8s %s".formatted(nowNanos / 1e9, who, text));
        }
    }
}
