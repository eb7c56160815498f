package org.holdfast.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.holdfast.kernel.LogEvent;
import org.holdfast.linux.UnixDatagrams;

/** A place that lines go to. Belongs to the log writer's thread. */
sealed interface Sink {

    /** Writes one event. */
    void write(Instant when, LogEvent event) throws IOException;

    /** Hands on what is buffered. */
    void flush() throws IOException;

    /** Ends; standard error stays open. */
    void close() throws IOException;

    /**
     * A file or standard error.
     *
     * @param lowest lines below this level are not written
     * @param closes whether the stream is this sink's own
     */
    record Stream(
            LineFormat format,
            OutputStream out,
            LogEvent.Level lowest,
            boolean closes,
            DebugSet debug)
            implements Sink {

        @Override
        public void write(Instant when, LogEvent event) throws IOException {
            if (debug.wants(event, lowest)) {
                out.write(format.format(when, event).getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.flush();
            if (closes) {
                out.close();
            }
        }
    }

    /**
     * The system's log by its socket. Lines that it has no room for are lost, as with syslog(3).
     *
     * @param socketName where it listens
     */
    record SystemLog(String socketName, LineFormat format, LogSetup.Syslog target, DebugSet debug)
            implements Sink {

        @Override
        public void write(Instant when, LogEvent event) throws IOException {
            if (debug.wants(event, target.lowest())) {
                int priority = target.facility() << 3 | LineFormat.priority(event.level());
                String line =
                        "<"
                                + priority
                                + ">holdfastd["
                                + ProcessHandle.current().pid()
                                + "]: "
                                + format.format(when, event).strip();
                UnixDatagrams.send(socketName, line.getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
