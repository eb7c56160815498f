package org.holdfast.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.holdfast.corosyncconf.LoggingSettings;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.storage.NodeFiles;
import org.holdfast.telemetry.LogSetup;
import org.jspecify.annotations.Nullable;

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
        return new LogSetup(
                // Syslog's lines reach it through the journal, which reads standard error.
                logging.toStderr() || journal && logging.toSyslog(),
                journal,
                logging.logFile().map(files::below).orElse(null),
                switch (logging.timestamp()) {
                    case OFF -> LogSetup.Timestamp.OFF;
                    case ON -> LogSetup.Timestamp.SECONDS;
                    case HIRES -> LogSetup.Timestamp.MILLIS;
                },
                level(logging.logFilePriority()),
                syslog(logging, journal),
                logging.debuggedSubsystems());
    }

    /** The journal reads standard error; sending the line again would write it twice. */
    private static LogSetup.@Nullable Syslog syslog(LoggingSettings logging, boolean journal) {
        boolean wanted = logging.toSyslog() && !journal;
        return wanted && Files.exists(Path.of(LogSetup.SYSLOG_SOCKET))
                ? new LogSetup.Syslog(
                        facility(logging.syslogFacility()), level(logging.syslogPriority()))
                : null;
    }

    private static int facility(String name) {
        int index = FACILITIES.indexOf(name);
        return name.startsWith("local")
                ? 16 + name.charAt(name.length() - 1) - '0'
                : index >= 0 ? index : FACILITIES.indexOf("daemon");
    }

    private static Level level(String priority) {
        return switch (priority.toLowerCase(Locale.ROOT)) {
            case "emerg", "alert", "crit" -> Level.CRITICAL;
            case "err" -> Level.ERROR;
            case "warning" -> Level.WARNING;
            case "notice" -> Level.NOTICE;
            case "debug" -> Level.DEBUG;
            default -> Level.INFO;
        };
    }
}
