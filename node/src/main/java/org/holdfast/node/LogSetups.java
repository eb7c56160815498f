package org.holdfast.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.corosyncconf.LoggingSettings;
import org.holdfast.storage.NodeFiles;
import org.holdfast.telemetry.LogRoute;
import org.holdfast.telemetry.LogSetup;

/** Where the logging section of corosync.conf wants lines to go. */
final class LogSetups {

    /** In the order of syslog(3)'s numbers. */
    private static final List<String> FACILITIES =
            List.of(
                    "kern",
                    "user",
                    "mail",
                    "daemon",
                    "auth",
                    "syslog",
                    "lpr",
                    "news",
                    "uucp",
                    "cron",
                    "authpriv",
                    "ftp");

    private LogSetups() {}

    /** Whether standard error is the journal's. */
    static boolean underJournal(Map<String, String> environment) {
        return environment.containsKey("JOURNAL_STREAM");
    }

    static LogSetup of(LoggingSettings logging, NodeFiles files, Map<String, String> environment) {
        boolean journal = underJournal(environment);
        boolean syslog = !journal && Files.exists(Path.of(LogSetup.SYSLOG_SOCKET));
        Map<String, LogRoute> subsystems = new TreeMap<>();
        logging.subsystems()
                .forEach((name, sinks) ->
                        subsystems.put(name, route(sinks, files, journal, syslog)));
        return new LogSetup(
                new LogSetup.Style(
                        switch (logging.timestamp()) {
                            case OFF -> LogSetup.Timestamp.OFF;
                            case ON -> LogSetup.Timestamp.SECONDS;
                            case HIRES -> LogSetup.Timestamp.MILLIS;
                        },
                        logging.fileLine(),
                        logging.functionName()),
                journal,
                route(logging.sinks(), files, journal, syslog),
                subsystems);
    }

    /**
     * Under the journal what is for the system's log goes to standard error, which the journal
     * reads; sending it as well would write it twice.
     */
    private static LogRoute route(
            LoggingSettings.Sinks sinks, NodeFiles files, boolean journal, boolean syslog) {
        int fileMax = priority(sinks.logFilePriority());
        int syslogMax = sinks.toSyslog() ? priority(sinks.syslogPriority()) : LogRoute.NOWHERE;
        int stderrMax = sinks.toStderr() ? fileMax : LogRoute.NOWHERE;
        return new LogRoute(
                journal ? Math.max(stderrMax, syslogMax) : stderrMax,
                sinks.logFile().map(files::below).orElse(null),
                fileMax,
                facility(sinks.syslogFacility()),
                syslog ? syslogMax : LogRoute.NOWHERE);
    }

    private static int facility(String name) {
        int index = FACILITIES.indexOf(name);
        return name.startsWith("local")
                ? 16 + name.charAt(name.length() - 1) - '0'
                : index >= 0 ? index : FACILITIES.indexOf("daemon");
    }

    private static int priority(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "emerg" -> 0;
            case "alert" -> 1;
            case "crit" -> 2;
            case "err" -> 3;
            case "warning" -> 4;
            case "notice" -> 5;
            case "debug" -> 7;
            default -> 6;
        };
    }
}
