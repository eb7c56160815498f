package org.holdfast.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.telemetry.LogSetup.Style;
import org.holdfast.telemetry.LogSetup.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryTest {

    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00.250Z");
    private static final LogEvent EVENT = new LogEvent(Level.NOTICE, "MAIN", "two\nlines");
    private static final StackTraceElement ORIGIN =
            new StackTraceElement("org.holdfast.X", "lambda$twice$0", "X.java", 12);

    @TempDir private Path directory;

    private static LineFormat format(Timestamp timestamp, boolean fileLine, boolean function) {
        Style style = new Style(timestamp, fileLine, function);
        return new LineFormat(style, "holdfastd", 42, "n1", ZoneOffset.UTC);
    }

    private static String origin(boolean fileLine, boolean function) {
        return format(Timestamp.OFF, fileLine, function).terminal(new Line(NOON, EVENT, ORIGIN));
    }

    @Test
    void writesLinesLikeCorosync() {
        Line line = new Line(NOON, EVENT, null);
        LineFormat hires = format(Timestamp.MILLIS, false, false);
        assertThat(hires.terminal(line))
                .isEqualTo("Nov 02 12:00:00.250 notice  [MAIN  ] two\\nlines\n");
        assertThat(hires.file(line))
                .isEqualTo("Nov 02 12:00:00.250 [42] n1 holdfastd notice  [MAIN  ] two\\nlines\n");
        assertThat(hires.journal(line)).isEqualTo("<5>[MAIN  ] two\\nlines\n");
        assertThat(hires.syslog(line, 16))
                .isEqualTo("<133>Nov  2 12:00:00 holdfastd[42]:   [MAIN  ] two\\nlines");
        assertThat(format(Timestamp.SECONDS, false, false).terminal(line))
                .startsWith("Nov 02 12:00:00 notice ");
    }

    @Test
    void detailReachesTheSystemsLogAsInformation() {
        Line line = new Line(NOON, new LogEvent(Level.DEBUG, "TOTEM", "token"), null);
        assertThat(format(Timestamp.OFF, false, false).syslog(line, LogRoute.DAEMON))
                .startsWith("<30>");
    }

    @Test
    void showsWhereALineComesFrom() {
        assertThat(origin(true, true)).isEqualTo("notice  [MAIN  ] X.java:twice:12 two\\nlines\n");
        assertThat(origin(true, false)).isEqualTo("notice  [MAIN  ] X.java:12 two\\nlines\n");
        assertThat(origin(false, true)).isEqualTo("notice  [MAIN  ] twice two\\nlines\n");
        assertThat(origin(false, false)).isEqualTo("notice  [MAIN  ] two\\nlines\n");
    }

    @Test
    void findsWhoLogs() throws IOException {
        Path file = directory.resolve("o.log");
        LogSetup setup =
                new LogSetup(
                        new Style(Timestamp.OFF, true, true),
                        false,
                        LogRoute.toFile(file, Level.INFO),
                        Map.of());
        try (Telemetry telemetry = new Telemetry(setup, () -> NOON)) {
            telemetry.log(EVENT);
        }
        assertThat(Files.readString(file)).contains(" TelemetryTest.java:findsWhoLogs:");
    }

    @Test
    void appendsToTheFileAndDropsWhatIsTooLow() throws IOException {
        Path file = directory.resolve("log/corosync.log");
        Files.createDirectories(directory.resolve("log"));
        Files.writeString(file, "before\n");
        LogSetup setup = new LogSetup(LogRoute.toFile(file, Level.INFO));
        try (Telemetry telemetry = new Telemetry(setup, () -> NOON)) {
            telemetry.log(EVENT);
            telemetry.log(Level.DEBUG, "TOTEM", "token");
            telemetry.setUp(new LogSetup(LogRoute.toFile(file, Level.DEBUG)));
            telemetry.log(Level.DEBUG, "TOTEM", "token");
        }
        assertThat(Files.readString(file))
                .startsWith("before\n[")
                .endsWith(" holdfastd debug   [TOTEM ] token\n")
                .hasLineCount(3);
    }

    @Test
    void subsystemsHaveFilesAndPrioritiesOfTheirOwn() throws IOException {
        Path common = directory.resolve("c.log");
        Path own = directory.resolve("own.log");
        LogSetup setup =
                new LogSetup(
                        new Style(Timestamp.OFF, false, false),
                        false,
                        LogRoute.toFile(common, Level.INFO),
                        Map.of(
                                "TOTEM", LogRoute.toFile(own, Level.DEBUG),
                                "CPG", LogRoute.toFile(common, Level.ERROR),
                                "CFG", LogRoute.nowhere()));
        try (Telemetry telemetry = new Telemetry(setup, () -> NOON)) {
            telemetry.log(Level.DEBUG, "QUORUM", "no");
            telemetry.log(Level.DEBUG, "totem", "own");
            telemetry.log(Level.WARNING, "CPG", "no");
            telemetry.log(Level.ERROR, "CPG", "common");
            telemetry.log(Level.CRITICAL, "CFG", "no");
        }
        assertThat(Files.readString(own)).endsWith(" debug   [totem ] own\n").hasLineCount(1);
        assertThat(Files.readString(common)).endsWith(" [CPG   ] common\n").hasLineCount(1);
    }

    @Test
    void aRenamedFileIsLeftWhenFilesAreOpenedAnew() throws IOException {
        Path file = directory.resolve("r.log");
        Path old = directory.resolve("r.log.1");
        LogSetup setup = new LogSetup(LogRoute.toFile(file, Level.INFO));
        try (Telemetry telemetry = new Telemetry(setup, () -> NOON)) {
            telemetry.log(EVENT);
            Files.move(file, old);
            telemetry.log(EVENT);
            telemetry.reopen();
            telemetry.log(EVENT);
        }
        assertThat(Files.readString(old)).hasLineCount(2);
        assertThat(Files.readString(file)).hasLineCount(1);
    }
}
