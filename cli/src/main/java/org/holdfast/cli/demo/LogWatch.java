package org.holdfast.cli.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Watches the logs of nodes for the first line that matches each of some patterns, to learn when
 * something happened. Thread-safe; {@link #close} ends its threads.
 */
final class LogWatch implements AutoCloseable {

    private static final long POLL_MILLIS = 3;

    /**
     * A line that was seen.
     *
     * @param node whose log it was in
     * @param atNanos when it was seen
     * @param line the line
     */
    record Sighting(String node, long atNanos, String line) {}

    private final Map<String, Pattern> patterns;
    private final ConcurrentMap<String, Sighting> seen = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Watches for these patterns by name. */
    LogWatch(Map<String, Pattern> patterns) {
        this.patterns = patterns;
    }

    /** Follows a node's log from its present end. */
    void follow(String node, Path log) throws IOException {
        RandomAccessFile file = new RandomAccessFile(log.toFile(), "r");
        file.seek(file.length());
        Thread.ofVirtual().name("log-" + node).start(() -> read(node, file));
    }

    private void read(String node, RandomAccessFile file) {
        byte[] buffer = new byte[64 << 10];
        StringBuilder rest = new StringBuilder();
        try (file) {
            while (!closed) {
                int length = file.read(buffer);
                if (length <= 0) {
                    Thread.sleep(POLL_MILLIS);
                    continue;
                }
                long now = System.nanoTime();
                rest.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
                int end;
                while ((end = rest.indexOf("\n")) >= 0) {
                    match(node, now, rest.substring(0, end));
                    rest.delete(0, end + 1);
                }
            }
        } catch (IOException e) {
            return; // the log has gone with its node
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void match(String node, long now, String line) {
        patterns.forEach((name, pattern) -> {
            if (pattern.matcher(line).find()) {
                seen.putIfAbsent(name, new Sighting(node, now, line));
            }
        });
    }

    /** The first line that matched a pattern, or null so far. */
    @Nullable Sighting first(String name) {
        return seen.get(name);
    }

    @Override
    public void close() {
        closed = true;
    }
}
