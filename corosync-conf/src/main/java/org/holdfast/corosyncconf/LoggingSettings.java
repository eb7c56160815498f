package org.holdfast.corosyncconf;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The logging section by type, with the manual's defaults.
 *
 * @param section the merged section
 */
public record LoggingSettings(ConfSection section) {

    /** How a line's time is written. */
    public enum Timestamp {
        /** No time. */
        OFF,
        /** To the second. */
        ON,
        /** To the millisecond. */
        HIRES
    }

    /** Whether lines go to standard error. */
    public boolean toStderr() {
        return on("to_stderr", true);
    }

    /** Whether lines go to the system's log. */
    public boolean toSyslog() {
        return on("to_syslog", true);
    }

    /** The log file, if lines go to one. */
    public Optional<String> logFile() {
        return on("to_logfile", on("to_file", false)) ? section.value("logfile") : Optional.empty();
    }

    /** The lowest priority that reaches the file, by the manual's names. */
    public String logFilePriority() {
        return debug("") ? "debug" : section.value("logfile_priority").orElse("info");
    }

    /** The lowest priority that reaches the system's log, by the manual's names. */
    public String syslogPriority() {
        return debug("") ? "debug" : section.value("syslog_priority").orElse("info");
    }

    /** The system log's facility, by the manual's names. */
    public String syslogFacility() {
        return section.value("syslog_facility").orElse("daemon");
    }

    /** Subsystems with debugging switched on for them alone, in upper case. */
    public Set<String> debuggedSubsystems() {
        Set<String> names = new TreeSet<>();
        for (ConfSection own : section.sections("logger_subsys")) {
            if (isDebug(own)) {
                own.value("subsys").ifPresent(name -> names.add(name.toUpperCase(Locale.ROOT)));
            }
        }
        return names;
    }

    /** How the time is written. */
    public Timestamp timestamp() {
        return switch (section.value("timestamp").orElse("hires")) {
            case "off" -> Timestamp.OFF;
            case "on" -> Timestamp.ON;
            default -> Timestamp.HIRES;
        };
    }

    /** Whether a subsystem writes debug lines; an empty name asks for the whole daemon. */
    public boolean debug(String subsystem) {
        for (ConfSection own : section.sections("logger_subsys")) {
            boolean named = own.value("subsys").filter(subsystem::equalsIgnoreCase).isPresent();
            if (named && own.value("debug").isPresent()) {
                return isDebug(own);
            }
        }
        return isDebug(section);
    }

    private static boolean isDebug(ConfSection section) {
        return section.value("debug").filter(value -> !value.equals("off")).isPresent();
    }

    private boolean on(String key, boolean otherwise) {
        return section.value(key)
                .map(value -> value.equals("yes") || value.equals("on"))
                .orElse(otherwise);
    }
}
