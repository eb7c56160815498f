package org.holdfast.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.LogEvent.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.250Z");
    private static final LogEvent EVENT = new LogEvent(Level.NOTICE, "QUORUM", "two\nlines");

    @TempDir private Path directory;

    @Test
    void writesLinesLikeCorosync() {
        assertThat(
                        new LineFormat(LogSetup.Timestamp.MILLIS, false, ZoneOffset.UTC)
                                .format(NOON, EVENT))
                .isEqualTo("Nov 20 12:00:00.250 notice  [QUORUM] two\\nlines\n");
        assertThat(new LineFormat(LogSetup.Timestamp.OFF, true, ZoneOffset.UTC).format(NOON, EVENT))
                .isEqualTo("<5>[QUORUM] two\\nlines\n");
    }

    @Test
    void appendsToTheFileAndDropsWhatIsTooLow() throws IOException {
        Path file = directory.resolve("log/corosync.log");
        Files.createDirectories(directory.resolve("log"));
        Files.writeString(file, "before\n");
        LogSetup setup = new LogSetup(false, false, file, LogSetup.Timestamp.OFF, Level.INFO);
        try (Telemetry telemetry = new Telemetry(setup, () -> NOON)) {
            telemetry.log(EVENT);
            telemetry.log(Level.DEBUG, "TOTEM", "token");
            telemetry.setUp(
                    new LogSetup(false, false, file, LogSetup.Timestamp.SECONDS, Level.DEBUG));
            telemetry.log(Level.DEBUG, "TOTEM", "token");
        }
        assertThat(Files.readString(file))
                .startsWith("before\nnotice  [QUORUM] two\\nlines\n")
                .endsWith(" debug   [TOTEM] token\n")
                .hasLineCount(3);
    }

    @Test
    void writesDebugLinesOfOneSubsystem() throws IOException {
        Path file = directory.resolve("d.log");
        LogSetup setup =
                new LogSetup(
                        false,
                        false,
                        file,
                        LogSetup.Timestamp.OFF,
                        Level.INFO,
                        null,
                        Set.of("TOTEM"));
        try (Telemetry telemetry = new Telemetry(setup, () -> NOON)) {
            telemetry.log(Level.DEBUG, "QUORUM", "no");
            telemetry.log(Level.DEBUG, "totem", "yes");
        }
        assertThat(Files.readString(file)).isEqualTo("debug   [totem] yes\n");
    }
}
