package org.holdfast.corosyncconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Corosync's parser has against a line's content, in the order of lines. */
final class ParserVerdict implements ConfParser.Listener {

    private static final List<String> OLD_NUMBERS =
            List.of(
                    "totem.rrp_problem_count_timeout",
                    "totem.rrp_problem_count_threshold",
                    "totem.rrp_problem_count_mcast_threshold",
                    "totem.rrp_token_expired_timeout",
                    "totem.rrp_autorecovery_check_timeout");

    private final Machine machine;
    private final List<String> collected = new ArrayList<>();
    private Optional<String> subsystem = Optional.empty();
    private Optional<String> daemon = Optional.empty();
    private int node;

    ParserVerdict(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Optional<String> opened(String path) {
        if (path.equals("nodelist")) {
            node = 0;
        }
        if (isCollected(path)) {
            collected.clear();
            subsystem = Optional.empty();
            daemon = Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isCollected(String path) {
        return path.equals("logging.logger_subsys") || path.equals("logging.logging_daemon");
    }

    @Override
    public Optional<String> entry(String section, String name, String value) {
        String path = section.isEmpty() ? name : section + "." + name;
        if (isCollected(section)) {
            return collect(section, name, value);
        }
        if (section.equals("uidgid")) {
            return user(name, value);
        }
        if (section.equals("totem.interface.member")) {
            return name.equals("memberaddr")
                    ? Optional.empty()
                    : CorosyncTexts.ofUnknownKey(section);
        }
        String stored =
                section.equals("nodelist.node") ? "nodelist.node." + node + "." + name : path;
        boolean waits = section.equals("totem.interface") && ConfKeys.isOfLink(name);
        return number(path, stored, value)
                .or(() -> word(path, value))
                .or(() -> waits ? Optional.empty() : CorosyncTexts.ofName(stored, stored));
    }

    private Optional<String> collect(String section, String name, String value) {
        if (name.equals("subsys")) {
            subsystem = Optional.of(value);
        } else if (name.equals("name") && section.endsWith("daemon")) {
            daemon = Optional.of(value);
        } else {
            collected.addFirst(name);
        }
        return Optional.empty();
    }

    private Optional<String> user(String name, String value) {
        if (!name.equals("uid") && !name.equals("gid")) {
            return CorosyncTexts.ofUnknownKey("uidgid");
        }
        boolean group = name.equals("gid");
        return machine.isKnown(value, group)
                ? Optional.empty()
                : Optional.of(
                        "The '%s' %s is not found in /etc/%s, please read the documentation."
                                .formatted(
                                        value,
                                        group ? "group" : "user",
                                        group ? "group" : "passwd"));
    }

    /** Whether the parser reads a number that it does not store as one. */
    static boolean isNumber(String path) {
        return OLD_NUMBERS.contains(path) || path.equals("totem.interface.linknumber");
    }

    private static Optional<String> number(String path, String stored, String value) {
        ValueRule.Number range =
                OLD_NUMBERS.contains(path)
                        ? ValueRule.Number.U32
                        : path.equals("totem.interface.linknumber")
                                ? ValueRule.Number.U8
                                : ConfKeys.range(path);
        return range == null ? Optional.empty() : range.nativeComplaint(stored, value);
    }

    private static Optional<String> word(String path, String value) {
        return CorosyncTexts.ofParsedWord(path, value);
    }

    @Override
    public Optional<String> closed(String path) {
        if (path.equals("nodelist.node")) {
            node++;
        }
        return switch (path) {
            case "logging.logger_subsys" ->
                    subsystem.isEmpty()
                            ? Optional.of("No subsys key in logger_subsys directive")
                            : names(path + "." + subsystem.get());
            case "logging.logging_daemon" ->
                    daemon.isEmpty()
                            ? Optional.of("No name key in logging_daemon directive")
                            : names(daemonPath(daemon.get()));
            default -> Optional.empty();
        };
    }

    private String daemonPath(String name) {
        String path = name.equals("corosync") ? "logging" : "logging.logging_daemon." + name;
        if (subsystem.isEmpty()) {
            return path;
        }
        return (name.equals("corosync") ? "logging.logger_subsys" : path) + "." + subsystem.get();
    }

    private Optional<String> names(String path) {
        return collected.stream()
                .map(name -> path + "." + name)
                .map(stored -> CorosyncTexts.ofName(stored, stored))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> CorosyncTexts.ofName(path + ".subsys", path + ".subsys"));
    }
}
