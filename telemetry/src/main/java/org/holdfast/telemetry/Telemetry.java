package org.holdfast.telemetry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.LogEvent.Level;

/**
 * Writes log events. {@link #log} may be called by any thread and never waits for the disk: a
 * thread of its own writes, and what does not fit into its queue is counted and reported.
 *
 * <p>Without a logging framework on the way, the daemon starts a tenth of a second sooner.
 */
public final class Telemetry implements AutoCloseable {

    private static final int QUEUE_MAX = 10_000;
    private static final String PROGRAM = "holdfastd";
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private final InstantSource clock;
    private final BlockingQueue<Task> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final AtomicLong lost = new AtomicLong();
    private final Thread writer;
    private volatile LogSetup setup;
    private Outlets outlets;

    /** Something for the writer's thread. */
    private sealed interface Task {
        record Write(Line line) implements Task {}

        record SetUp(LogSetup setup) implements Task {}

        record End() implements Task {}
    }

    /**
     * Starts writing.
     *
     * @param setup where lines go first
     * @param clock the wall clock
     */
    public Telemetry(LogSetup setup, InstantSource clock) {
        this.clock = clock;
        this.setup = setup;
        this.outlets = open(setup);
        this.writer = Thread.ofPlatform().daemon().name("log-writer").start(this::writeAll);
    }

    /** Sends further lines elsewhere; lines before it go where they would have gone. */
    public void setUp(LogSetup changed) {
        setup = changed;
        put(new Task.SetUp(changed));
    }

    /** Opens all files anew, as is needed after they were renamed. */
    public void reopen() {
        setUp(setup);
    }

    /** Writes an event, soon. */
    public void log(LogEvent event) {
        LogSetup now = setup;
        if (!now.routeOf(event).wants(LogRoute.priority(event.level()))) {
            return;
        }
        StackTraceElement origin = now.style().hasOrigin() ? Origins.caller() : null;
        if (!queue.offer(new Task.Write(new Line(clock.instant(), event, origin)))) {
            lost.incrementAndGet();
        }
    }

    /** Writes an event of a part of the daemon's frame. */
    public void log(Level level, String subsystem, String text) {
        log(new LogEvent(level, subsystem, text));
    }

    /** Writes what is queued, then ends. */
    @Override
    public void close() {
        put(new Task.End());
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Task task) {
        try {
            queue.put(task);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        try {
            while (true) {
                switch (queue.take()) {
                    case Task.Write(Line line) -> outlets.write(line);
                    case Task.SetUp(LogSetup changed) -> {
                        outlets.close();
                        outlets = open(changed);
                    }
                    case Task.End() -> {
                        outlets.close();
                        return;
                    }
                }
                long missed = lost.getAndSet(0);
                if (missed > 0) {
                    write(Level.WARNING, missed + " lines were lost: the log could not keep up");
                }
            }
        } catch (InterruptedException e) {
            outlets.close();
        }
    }

    private void write(Level level, String text) {
        outlets.write(new Line(clock.instant(), new LogEvent(level, "LOG", text), null));
    }

    private Outlets open(LogSetup changed) {
        LineFormat format =
                new LineFormat(
                        changed.style(),
                        PROGRAM,
                        ProcessHandle.current().pid(),
                        hostName(),
                        ZoneId.systemDefault());
        Outlets opened = new Outlets(changed, format);
        opened.unusable()
                .forEach((file, why) ->
                        opened.write(
                                new Line(
                                        clock.instant(),
                                        new LogEvent(
                                                Level.ERROR,
                                                "LOG",
                                                "Cannot write the log file " + file + ": " + why),
                                        null)));
        return opened;
    }

    private static String hostName() {
        try {
            String name = Files.readString(HOST_NAME, StandardCharsets.UTF_8).strip();
            int dot = name.indexOf('.');
            return dot < 0 ? name : name.substring(0, dot);
        } catch (IOException unknown) {
            return "localhost";
        }
    }
}
