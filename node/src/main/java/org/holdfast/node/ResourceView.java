package org.holdfast.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.holdfast.controlapi.CmapEntry;
import org.holdfast.corosyncconf.ConfEntry;
import org.holdfast.corosyncconf.ConfSection;
import org.jspecify.annotations.Nullable;

/**
 * The keys below {@code resources.system.}: the machine's load and memory beside the limits that
 * the configuration sets. Looked at when somebody asks; a measure without a limit is not looked at,
 * as with Corosync. Nothing is done when a limit is passed but to say so.
 */
final class ResourceView {

    private static final String DEFAULT_PERIOD_MILLIS = "3000";
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private final Map<String, CmapEntry> entries;

    private ResourceView(Map<String, CmapEntry> entries) {
        this.entries = entries;
    }

    /**
     * Adds the keys.
     *
     * @param file the configuration
     * @param nowNanos wall time since 1970
     */
    static void addTo(Map<String, CmapEntry> entries, ConfSection file, long nowNanos) {
        ResourceView view = new ResourceView(entries);
        view.measure(file, "load_15min", "dbl", nowNanos);
        view.measure(file, "memory_used", "i32", nowNanos);
    }

    private void measure(ConfSection file, String name, String type, long nowNanos) {
        String prefix = "resources.system." + name + ".";
        put(prefix + "poll_period", "u64", DEFAULT_PERIOD_MILLIS);
        String max = null;
        for (ConfSection resources : file.sections("resources")) {
            for (ConfSection system : resources.sections("system")) {
                for (ConfSection own : system.sections(name)) {
                    for (ConfEntry entry : own.entries()) {
                        put(prefix + entry.name(), "str", entry.value());
                    }
                    max = own.value("max").orElse(max);
                }
            }
        }
        double limit = number(max);
        boolean stopped = Double.isNaN(limit);
        double current = stopped ? 0 : current(name);
        boolean whole = type.equals("i32");
        put(
                prefix + "current",
                type,
                whole ? Long.toString((long) current) : String.format(Locale.ROOT, "%f", current));
        put(prefix + "last_updated", "u64", Long.toString(stopped ? 0 : nowNanos));
        put(prefix + "state", "str", stopped ? "stopped" : current > limit ? "failed" : "running");
    }

    private static double number(@Nullable String text) {
        try {
            return text == null ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static double current(String name) {
        try {
            return name.equals("load_15min") ? load() : memoryPercent();
        } catch (IOException | RuntimeException unreadable) {
            return 0;
        }
    }

    private static double load() throws IOException {
        return Double.parseDouble(Files.readString(LOAD, StandardCharsets.UTF_8).split(" ")[2]);
    }

    /** Memory and swap together, as Corosync counts. */
    private static double memoryPercent() throws IOException {
        Map<String, Long> kilobytes = new LinkedHashMap<>();
        for (String line : Files.readAllLines(MEMORY, StandardCharsets.UTF_8)) {
            String[] words = line.split("[: ]+");
            kilobytes.put(words[0], Long.parseLong(words[1]));
        }
        long total =
                kilobytes.getOrDefault("MemTotal", 1L) + kilobytes.getOrDefault("SwapTotal", 0L);
        long free = kilobytes.getOrDefault("MemFree", 0L) + kilobytes.getOrDefault("SwapFree", 0L);
        return Math.floor((total - free) * 100.0 / total);
    }

    private void put(String key, String type, String value) {
        entries.put(key, new CmapEntry(key, type, value));
    }
}
