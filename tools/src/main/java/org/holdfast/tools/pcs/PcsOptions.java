package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A command line taken apart into words and options. Options may stand anywhere, may be shortened
 * as far as they stay unambiguous, and the first {@code --} ends them. Negative numbers are words.
 */
final class PcsOptions {

    private static final String SHORT_WITH_VALUE = "fpu";
    private static final String SHORT = "h";

    private static final List<String> LONG =
            List.of(
                    "debug",
                    "version",
                    "help",
                    "fullhelp",
                    "force",
                    "skip-offline",
                    "autodelete",
                    "simulate",
                    "all",
                    "full",
                    "local",
                    "wait",
                    "config",
                    "start",
                    "enable",
                    "disabled",
                    "off",
                    "request-timeout=",
                    "brief",
                    "future",
                    "safe",
                    "no-strict",
                    "strict",
                    "pacemaker",
                    "corosync",
                    "no-default-ops",
                    "defaults",
                    "nodesc",
                    "promoted",
                    "name=",
                    "group=",
                    "node=",
                    "from=",
                    "to=",
                    "after=",
                    "before=",
                    "corosync_conf=",
                    "booth-conf=",
                    "booth-key=",
                    "no-stop",
                    "no-watchdog-validation",
                    "no-cluster-uuid",
                    "no-keys-sync",
                    "hide-inactive",
                    "monitor",
                    "groups",
                    "expired",
                    "no-expire-check",
                    "overwrite",
                    "output-format=",
                    "token=",
                    "agent-validation",
                    "quiet",
                    "yes",
                    "show-secrets");

    private final List<String> words;
    private final Map<String, String> options;

    private PcsOptions(List<String> words, Map<String, String> options) {
        this.words = words;
        this.options = options;
    }

    /**
     * Takes a command line apart.
     *
     * @throws PcsFailure of kind ERROR for an option used twice, of kind USAGE for an unknown one
     */
    static PcsOptions parse(List<String> arguments, Console console) {
        return new Parser(arguments, console).parse();
    }

    List<String> words() {
        return words;
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    @Nullable String value(String option) {
        return options.get(option);
    }

    boolean force() {
        return has("--force");
    }

    /** Ends the command if an option was given that it does not know. */
    void allowOnly(String... supported) {
        allowOnlyWithHint(null, supported);
    }

    void allowOnlyWithHint(@Nullable String changedIn, String... supported) {
        TreeSet<String> bad = new TreeSet<>(options.keySet());
        bad.removeAll(List.of(supported));
        bad.remove("--debug");
        if (!bad.isEmpty()) {
            throw PcsFailure.usage(
                    "Specified "
                            + Words.plural(bad, "option")
                            + " "
                            + Words.list(bad)
                            + " "
                            + Words.plural(bad, "is")
                            + " not supported in this command",
                    changedIn == null
                            ? null
                            : "Syntax has changed from previous version. See 'man pcs' -> Changes"
                                    + " in pcs-"
                                    + changedIn
                                    + ".");
        }
    }

    void exclusive(String... names) {
        TreeSet<String> used = new TreeSet<>(options.keySet());
        used.retainAll(List.of(names));
        if (used.size() > 1) {
            throw PcsFailure.usage("Only one of " + Words.list(used) + " can be used");
        }
    }

    void incompatible(String checked, Collection<String> others) {
        TreeSet<String> used = new TreeSet<>(options.keySet());
        used.retainAll(others);
        if (has(checked) && !used.isEmpty()) {
            throw PcsFailure.usage("'" + checked + "' cannot be used with " + Words.list(used));
        }
    }

    void dependent(String main, Collection<String> others) {
        TreeSet<String> used = new TreeSet<>(options.keySet());
        used.retainAll(others);
        if (!has(main) && !used.isEmpty()) {
            throw PcsFailure.usage(Words.list(used) + " cannot be used without '" + main + "'");
        }
    }

    String outputFormat(String... supported) {
        String format = options.getOrDefault("--output-format", "text");
        if (!List.of(supported).contains(format)) {
            throw PcsFailure.usage(
                    "Unknown value '"
                            + format
                            + "' for '--output-format' option. Supported "
                            + Words.plural(supported.length, "value")
                            + " "
                            + Words.plural(supported.length, "is")
                            + ": "
                            + Words.list(List.of(supported)));
        }
        return format;
    }

    private static boolean isNegativeNumber(String text) {
        if (!text.startsWith("-")) {
            return false;
        }
        return text.substring(1).equalsIgnoreCase("infinity")
                || text.substring(1).matches("[+-]?[0-9]+")
                || text.matches("-([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")
                || text.matches("(?i)-(inf|nan)");
    }

    private static final class Parser {

        private final List<String> arguments;
        private final Console console;
        private final List<String> words = new ArrayList<>();
        private final Map<String, String> options = new LinkedHashMap<>();
        private final List<String> numbers = new ArrayList<>();
        private @Nullable String waitSeconds;
        private int at;

        Parser(List<String> arguments, Console console) {
            this.arguments = arguments;
            this.console = console;
        }

        PcsOptions parse() {
            boolean terminated = arguments.contains("--");
            for (at = 0; at < arguments.size(); at++) {
                String argument = arguments.get(at);
                if (argument.equals("--")) {
                    words.addAll(arguments.subList(at + 1, arguments.size()));
                    break;
                } else if (!terminated && isNegativeNumber(argument)) {
                    words.add(argument);
                    numbers.add(argument);
                } else if (argument.startsWith("--")) {
                    takeLong(argument.substring(2));
                } else if (argument.startsWith("-") && argument.length() > 1) {
                    takeShort(argument);
                } else {
                    words.add(argument);
                }
            }
            if (!numbers.isEmpty()) {
                console.deprecated(
                        "Using '"
                                + String.join("', '", numbers)
                                + "' without '--' is deprecated, those parameters will be"
                                + " considered position independent options in future pcs"
                                + " versions");
            }
            if (options.containsKey("--wait") && waitSeconds != null) {
                options.put("--wait", waitSeconds);
            }
            return new PcsOptions(words, options);
        }

        private void takeLong(String text) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            String value = equals < 0 ? null : text.substring(equals + 1);
            if (name.equals("wait") && value != null && !value.isEmpty()) {
                waitSeconds = value;
                value = null;
            }
            String known = complete(name);
            if (known.endsWith("=")) {
                String option = "--" + known.substring(0, known.length() - 1);
                put(
                        option,
                        value == null ? next("option " + option + " requires argument") : value);
            } else if (value != null) {
                throw PcsFailure.usage("option --" + known + " must not have an argument");
            } else {
                put("--" + known, "");
            }
        }

        private String complete(String name) {
            if (LONG.contains(name) || LONG.contains(name + "=")) {
                return LONG.contains(name) ? name : name + "=";
            }
            List<String> candidates =
                    LONG.stream().filter(known -> known.startsWith(name)).toList();
            if (candidates.isEmpty()) {
                throw PcsFailure.usage("option --" + name + " not recognized");
            }
            if (candidates.size() > 1) {
                throw PcsFailure.usage("option --" + name + " not a unique prefix");
            }
            return candidates.getFirst();
        }

        private void takeShort(String argument) {
            for (int i = 1; i < argument.length(); i++) {
                char letter = argument.charAt(i);
                if (SHORT_WITH_VALUE.indexOf(letter) >= 0) {
                    String rest = argument.substring(i + 1);
                    put(
                            "-" + letter,
                            rest.isEmpty()
                                    ? next("option -" + letter + " requires argument")
                                    : rest);
                    return;
                }
                if (SHORT.indexOf(letter) < 0) {
                    throw PcsFailure.usage("option -" + letter + " not recognized");
                }
                put("-" + letter, "");
            }
        }

        private String next(String complaint) {
            if (at + 1 >= arguments.size()) {
                throw PcsFailure.usage(complaint);
            }
            at++;
            return arguments.get(at);
        }

        private void put(String option, String value) {
            if (options.containsKey(option)) {
                throw PcsFailure.error(option + " can only be used once");
            }
            options.put(option, value);
        }
    }
}
