package org.holdfast.corosyncconf;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What Corosync has against the logging section, which it reads after the whole file. */
final class LoggingVerdict {

    private static final List<String> ON_OFF = List.of("on", "off");
    private static final List<String> YES_NO = List.of("yes", "no", "on", "off");

    private final SortedMap<String, ConfKey> keys;

    private LoggingVerdict(SortedMap<String, ConfKey> keys) {
        this.keys = keys;
    }

    static Optional<String> of(SortedMap<String, ConfKey> keys) {
        LoggingVerdict verdict = new LoggingVerdict(keys);
        return verdict.format()
                .or(() -> verdict.sinks("logging."))
                .or(() ->
                        keys.keySet().stream()
                                .filter(key ->
                                        key.matches("logging\\.logger_subsys\\.[^.]+\\.subsys"))
                                .map(key -> verdict.sinks(key.substring(0, key.length() - 6)))
                                .flatMap(Optional::stream)
                                .findFirst());
    }

    private Optional<String> format() {
        return oneOf("logging.fileline", ON_OFF, "unknown value for fileline")
                .or(() -> oneOf("logging.function_name", ON_OFF, "unknown value for function_name"))
                .or(() ->
                        oneOf(
                                "logging.timestamp",
                                List.of("on", "off", "hires"),
                                "unknown value for timestamp"))
                .or(() -> oneOf("logging.blackbox", ON_OFF, "unknown value for blackbox"));
    }

    private Optional<String> sinks(String path) {
        return destination(path, "to_stderr")
                .or(() -> destination(path, "to_syslog"))
                .or(() ->
                        oneOf(
                                path + "syslog_facility",
                                KnownKeys.FACILITIES,
                                "unknown syslog facility specified"))
                .or(() -> priority(path + "syslog_level", "unknown syslog level specified"))
                .or(() -> priority(path + "syslog_priority", "unknown syslog priority specified"))
                .or(() -> destination(path, "to_file"))
                .or(() -> destination(path, "to_logfile"))
                .or(() -> priority(path + "logfile_priority", "unknown logfile priority specified"))
                .or(() ->
                        oneOf(
                                path + "debug",
                                List.of("on", "off", "trace"),
                                "unknown value for debug"));
    }

    private Optional<String> destination(String path, String key) {
        return oneOf(path + key, YES_NO, "unknown value for " + key);
    }

    private Optional<String> priority(String key, String sentence) {
        return oneOf(key, KnownKeys.PRIORITIES, sentence);
    }

    private Optional<String> oneOf(String key, List<String> words, String sentence) {
        ConfKey found = keys.get(key);
        return found == null || words.contains(found.value())
                ? Optional.empty()
                : Optional.of(sentence);
    }
}
