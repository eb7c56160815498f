package org.holdfast.corosyncconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The logging section by type, with the manual's defaults.
 *
 * @param section the merged section
 */
public record LoggingSettings(ConfSection section) {

    private static final String DEFAULT_PRIORITY = "info";
    private static final String DEBUG = "debug";

    /** How a line's time is written. */
    public enum Timestamp {
        /** No time. */
        OFF,
        /** To the second. */
        ON,
        /** To the millisecond. */
        HIRES
    }

    /**
     * Where the lines of the daemon or of one subsystem go. Priorities are the manual's names.
     *
     * @param toStderr whether to standard error
     * @param logFile the log file, if to one
     * @param logFilePriority the lowest priority that reaches file and standard error
     * @param toSyslog whether to the system's log
     * @param syslogFacility the system log's facility, by the manual's names
     * @param syslogPriority the lowest priority that reaches the system's log
     */
    public record Sinks(
            boolean toStderr,
            Optional<String> logFile,
            String logFilePriority,
            boolean toSyslog,
            String syslogFacility,
            String syslogPriority) {}

    /** Where lines go. */
    public Sinks sinks() {
        return sinks(List.of(daemon()));
    }

    /**
     * Where the lines of single subsystems go, by their names in upper case. What their sections do
     * not say is as for all others.
     */
    public SortedMap<String, Sinks> subsystems() {
        SortedMap<String, Sinks> found = new TreeMap<>();
        ConfSection daemon = daemon();
        for (ConfSection own : sections()) {
            own.value("subsys")
                    .ifPresent(name ->
                            found.put(name.toUpperCase(Locale.ROOT), sinks(List.of(own, daemon))));
        }
        return found;
    }

    /** The section itself and what {@code logging_daemon} sections of this daemon add to it. */
    private ConfSection daemon() {
        ConfSection all = section;
        for (ConfSection own : section.sections("logging_daemon")) {
            if (isThisDaemon(own) && own.value("subsys").isEmpty()) {
                for (ConfEntry entry : own.entries()) {
                    all = all.withValue(entry.name(), entry.value());
                }
            }
        }
        return all;
    }

    private List<ConfSection> sections() {
        List<ConfSection> all = new ArrayList<>(section.sections("logger_subsys"));
        section.sections("logging_daemon").stream()
                .filter(LoggingSettings::isThisDaemon)
                .forEach(all::add);
        return all;
    }

    private static boolean isThisDaemon(ConfSection own) {
        return own.value("name").filter("corosync"::equals).isPresent();
    }

    private static Sinks sinks(List<ConfSection> places) {
        boolean debug = value(places, "debug").filter(value -> !value.equals("off")).isPresent();
        boolean toFile = on(places, "to_logfile", on(places, "to_file", false));
        String syslogPriority =
                value(places, "syslog_priority")
                        .or(() -> value(places, "syslog_level"))
                        .orElse(DEFAULT_PRIORITY);
        return new Sinks(
                on(places, "to_stderr", true),
                toFile ? value(places, "logfile") : Optional.empty(),
                debug ? DEBUG : value(places, "logfile_priority").orElse(DEFAULT_PRIORITY),
                on(places, "to_syslog", true),
                value(places, "syslog_facility").orElse("daemon"),
                debug ? DEBUG : syslogPriority);
    }

    /** The value in the first of these sections that has one. */
    private static Optional<String> value(List<ConfSection> places, String key) {
        return places.stream().map(place -> place.value(key)).flatMap(Optional::stream).findFirst();
    }

    private static boolean on(List<ConfSection> places, String key, boolean otherwise) {
        return value(places, key).map(LoggingSettings::isOn).orElse(otherwise);
    }

    private static boolean isOn(String value) {
        return value.equals("yes") || value.equals("on");
    }

    /** Whether the source file and line are shown that a line comes from. */
    public boolean fileLine() {
        return section.value("fileline").filter(LoggingSettings::isOn).isPresent();
    }

    /** Whether the method is shown that a line comes from. */
    public boolean functionName() {
        return section.value("function_name").filter(LoggingSettings::isOn).isPresent();
    }

    /** How the time is written. */
    public Timestamp timestamp() {
        return switch (section.value("timestamp").orElse("hires")) {
            case "off" -> Timestamp.OFF;
            case "on" -> Timestamp.ON;
            default -> Timestamp.HIRES;
        };
    }
}
