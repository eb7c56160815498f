package org.holdfast.corosyncconf;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The logging section by type, with the manual's defaults.
 *
 * @param section the merged section
 */
public record LoggingSettings(ConfSection section) {

    private static final String DEFAULT_PRIORITY = "info";
    private static final String DEBUG = "debug";
    private static final String DAEMON = "logging.";
    private static final String SUBSYSTEM = "logging.logger_subsys.";
    private static final String SUBSYSTEM_NAME = ".subsys";

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
        return sinks(List.of(DAEMON));
    }

    /**
     * Where the lines of single subsystems go, by their names in upper case. What their sections do
     * not say is as for all others.
     */
    public SortedMap<String, Sinks> subsystems() {
        SortedMap<String, Sinks> found = new TreeMap<>();
        for (String key : values().keySet()) {
            if (key.startsWith(SUBSYSTEM) && key.endsWith(SUBSYSTEM_NAME)) {
                String place = key.substring(0, key.length() - SUBSYSTEM_NAME.length());
                String name = place.substring(SUBSYSTEM.length());
                found.put(name.toUpperCase(Locale.ROOT), sinks(List.of(place + ".", DAEMON)));
            }
        }
        return found;
    }

    /** What the section says, by keys of the configuration map, which {@link ConfKeys} knows. */
    private SortedMap<String, String> values() {
        SortedMap<String, String> values = new TreeMap<>();
        ConfKeys.of(new ConfSection("", List.of(section)))
                .forEach(key -> values.put(key.name(), key.value()));
        return values;
    }

    private Sinks sinks(List<String> places) {
        SortedMap<String, String> values = values();
        Function<String, Optional<String>> value =
                key ->
                        places.stream()
                                .map(place -> Optional.ofNullable(values.get(place + key)))
                                .flatMap(Optional::stream)
                                .findFirst();
        boolean debug = value.apply("debug").filter(said -> !said.equals("off")).isPresent();
        boolean toFile =
                value.apply("to_logfile")
                        .or(() -> value.apply("to_file"))
                        .filter(LoggingSettings::isOn)
                        .isPresent();
        String syslogPriority =
                value.apply("syslog_priority")
                        .or(() -> value.apply("syslog_level"))
                        .orElse(DEFAULT_PRIORITY);
        return new Sinks(
                value.apply("to_stderr").map(LoggingSettings::isOn).orElse(true),
                toFile ? value.apply("logfile") : Optional.empty(),
                debug ? DEBUG : value.apply("logfile_priority").orElse(DEFAULT_PRIORITY),
                value.apply("to_syslog").map(LoggingSettings::isOn).orElse(true),
                value.apply("syslog_facility").orElse("daemon"),
                debug ? DEBUG : syslogPriority);
    }

    private static boolean isOn(String value) {
        return value.equals("yes") || value.equals("on");
    }

    /** Whether the source file and line are shown that a line comes from. */
    public boolean fileLine() {
        return Optional.ofNullable(values().get(DAEMON + "fileline"))
                .filter(LoggingSettings::isOn)
                .isPresent();
    }

    /** Whether the method is shown that a line comes from. */
    public boolean functionName() {
        return Optional.ofNullable(values().get(DAEMON + "function_name"))
                .filter(LoggingSettings::isOn)
                .isPresent();
    }

    /** How the time is written. */
    public Timestamp timestamp() {
        return switch (values().getOrDefault(DAEMON + "timestamp", "hires")) {
            case "off" -> Timestamp.OFF;
            case "on" -> Timestamp.ON;
            default -> Timestamp.HIRES;
        };
    }
}
