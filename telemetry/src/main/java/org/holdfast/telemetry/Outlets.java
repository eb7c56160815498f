package org.holdfast.telemetry;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.holdfast.linux.LinuxException;
import org.holdfast.linux.UnixDatagrams;

/**
 * The places that one setup names, opened. Belongs to the log writer's thread. What cannot be
 * written is lost, as with syslog(3): nowhere is left to say so, and the cluster goes on.
 */
final class Outlets {

    private final LogSetup setup;
    private final LineFormat format;
    private final Map<Path, OutputStream> files = new LinkedHashMap<>();
    private final Map<Path, String> unusable = new LinkedHashMap<>();
    private final OutputStream stderr = new FileOutputStream(FileDescriptor.err);

    Outlets(LogSetup setup, LineFormat format) {
        this.setup = setup;
        this.format = format;
        Set<Path> named = new LinkedHashSet<>();
        addFile(named, setup.common());
        setup.subsystems().values().forEach(route -> addFile(named, route));
        for (Path file : named) {
            try {
                files.put(file, open(file));
            } catch (IOException e) {
                unusable.put(file, String.valueOf(e.getMessage()));
            }
        }
    }

    private static void addFile(Set<Path> files, LogRoute route) {
        Path file = route.file();
        if (file != null) {
            files.add(file);
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

    /** Files that cannot be opened, each with the reason. */
    Map<Path, String> unusable() {
        return unusable;
    }

    void write(Line line) {
        LogRoute route = setup.routeOf(line.event());
        int priority = line.priority();
        if (priority <= route.stderrMax()) {
            put(stderr, setup.journal() ? format.journal(line) : format.terminal(line));
        }
        if (priority <= route.syslogMax()) {
            send(format.syslog(line, route.facility()));
        }
        Path file = route.file();
        OutputStream out = file == null ? null : files.get(file);
        if (out != null && priority <= route.fileMax()) {
            put(out, format.file(line));
        }
    }

    private static void put(OutputStream out, String line) {
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException diskFull) {
            // See the class's comment.
        }
    }

    private static void send(String line) {
        try {
            UnixDatagrams.send(LogSetup.SYSLOG_SOCKET, line.getBytes(StandardCharsets.UTF_8));
        } catch (LinuxException nobodyListens) {
            // See the class's comment.
        }
    }

    void close() {
        for (OutputStream file : files.values()) {
            try {
                file.close();
            } catch (IOException diskFull) {
                // See the class's comment.
            }
        }
    }
}
