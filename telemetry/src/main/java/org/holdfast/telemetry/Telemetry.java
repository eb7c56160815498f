package org.holdfast.telemetry;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
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

    private final InstantSource clock;
    private final BlockingQueue<Line> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final AtomicLong lost = new AtomicLong();
    private final Thread writer;
    private final List<Sink> sinks = new ArrayList<>();
    private volatile Filter filter;

    /** What any of the sinks wants. */
    private record Filter(Level lowest, DebugSet debug) {

        static Filter of(LogSetup setup) {
            Level lowest = setup.lowest();
            LogSetup.Syslog syslog = setup.syslog();
            if (syslog != null && syslog.lowest().compareTo(lowest) > 0) {
                lowest = syslog.lowest();
            }
            return new Filter(lowest, new DebugSet(setup.debugged()));
        }
    }

    /** Something for the writer's thread. */
    private sealed interface Line {
        record Event(Instant when, LogEvent event) implements Line {}

        record Setup(LogSetup setup) implements Line {}

        record End() implements Line {}
    }

    /**
     * Starts writing.
     *
     * @param setup where lines go first
     * @param clock the wall clock
     */
    public Telemetry(LogSetup setup, InstantSource clock) {
        this.clock = clock;
        this.filter = Filter.of(setup);
        apply(setup);
        this.writer = Thread.ofPlatform().daemon().name("log-writer").start(this::writeAll);
    }

    /** Sends further lines elsewhere; lines before it go where they would have gone. */
    public void setUp(LogSetup setup) {
        filter = Filter.of(setup);
        put(new Line.Setup(setup));
    }

    /** Writes an event, soon. */
    public void log(LogEvent event) {
        Filter now = filter;
        if (!now.debug().wants(event, now.lowest())) {
            return;
        }
        if (!queue.offer(new Line.Event(clock.instant(), event))) {
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
        put(new Line.End());
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Line line) {
        try {
            queue.put(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        try {
            while (true) {
                switch (queue.take()) {
                    case Line.Event(Instant when, LogEvent event) -> write(when, event);
                    case Line.Setup(LogSetup setup) -> apply(setup);
                    case Line.End() -> {
                        closeFiles();
                        return;
                    }
                }
                long missed = lost.getAndSet(0);
                if (missed > 0) {
                    String text = missed + " lines were lost: the log could not keep up";
                    write(clock.instant(), new LogEvent(Level.WARNING, "LOG", text));
                }
            }
        } catch (InterruptedException e) {
            closeFiles();
        }
    }

    private void write(Instant when, LogEvent event) {
        for (Sink sink : sinks) {
            try {
                sink.write(when, event);
                if (queue.isEmpty()) {
                    sink.flush();
                }
            } catch (IOException diskFull) {
                // Nowhere is left to say so; the cluster goes on without this line.
            }
        }
    }

    private void apply(LogSetup setup) {
        closeFiles();
        sinks.clear();
        ZoneId zone = ZoneId.systemDefault();
        DebugSet debug = new DebugSet(setup.debugged());
        if (setup.toStderr()) {
            LogSetup.Timestamp time =
                    setup.journal() ? LogSetup.Timestamp.OFF : LogSetup.Timestamp.MILLIS;
            LineFormat format = new LineFormat(time, setup.journal(), zone);
            OutputStream err = new FileOutputStream(FileDescriptor.err);
            sinks.add(new Sink.Stream(format, err, setup.lowest(), false, debug));
        }
        LogSetup.Syslog syslog = setup.syslog();
        if (syslog != null) {
            LineFormat format = new LineFormat(LogSetup.Timestamp.OFF, false, zone);
            sinks.add(new Sink.SystemLog(LogSetup.SYSLOG_SOCKET, format, syslog, debug));
        }
        Path file = setup.file();
        if (file != null) {
            try {
                LineFormat format = new LineFormat(setup.timestamp(), false, zone);
                sinks.add(new Sink.Stream(format, open(file), setup.lowest(), true, debug));
            } catch (IOException e) {
                String text = "Cannot write the log file " + file + ": " + e.getMessage();
                write(clock.instant(), new LogEvent(Level.ERROR, "LOG", text));
            }
        }
    }

    private static OutputStream open(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        // Appending, so that logrotate's copytruncate works.
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void closeFiles() {
        for (Sink sink : sinks) {
            try {
                sink.close();
            } catch (IOException diskFull) {
                // As in write: nowhere is left to say so.
            }
        }
    }
}
