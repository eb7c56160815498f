package org.holdfast.tools.corosync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Options of one letter as getopt(3) takes them: in any place, joined or apart. */
final class GetOpt {

    private final List<Option> options = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private @Nullable String problem;

    /** One option as given; the value is empty if the option takes none. */
    record Option(char letter, String value) {}

    /**
     * Takes a command line apart.
     *
     * @param definition the letters; one followed by a colon takes a value
     */
    static GetOpt parse(String command, String definition, List<String> arguments) {
        GetOpt result = new GetOpt();
        for (int at = 0; at < arguments.size() && result.problem == null; at++) {
            String argument = arguments.get(at);
            if (argument.equals("--")) {
                result.words.addAll(arguments.subList(at + 1, arguments.size()));
                break;
            }
            if (!argument.startsWith("-") || argument.length() == 1) {
                result.words.add(argument);
                continue;
            }
            for (int i = 1; i < argument.length(); i++) {
                char letter = argument.charAt(i);
                int found = letter == ':' ? -1 : definition.indexOf(letter);
                if (found < 0) {
                    result.problem =
                            argument.startsWith("--")
                                    ? command + ": unrecognized option '" + argument + "'"
                                    : command + ": invalid option -- '" + letter + "'";
                    break;
                }
                boolean takesValue =
                        found + 1 < definition.length() && definition.charAt(found + 1) == ':';
                if (!takesValue) {
                    result.options.add(new Option(letter, ""));
                    continue;
                }
                if (i + 1 < argument.length()) {
                    result.options.add(new Option(letter, argument.substring(i + 1)));
                } else if (at + 1 < arguments.size()) {
                    at++;
                    result.options.add(new Option(letter, arguments.get(at)));
                } else {
                    result.problem = command + ": option requires an argument -- '" + letter + "'";
                }
                break;
            }
        }
        return result;
    }

    /**
     * Replaces long options, which may be cut short as long as they are clear, by their letters.
     *
     * @param names letter by long name
     */
    static List<String> shortened(Map<String, String> names, List<String> arguments) {
        List<String> result = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name =
                    !argument.startsWith("--") || argument.length() == 2
                            ? ""
                            : argument.substring(2, equals < 0 ? argument.length() : equals);
            List<String> matching =
                    names.containsKey(name)
                            ? List.of(name)
                            : names.keySet().stream()
                                    .filter(known -> !name.isEmpty() && known.startsWith(name))
                                    .toList();
            if (matching.size() != 1) {
                result.add(argument);
                continue;
            }
            result.add("-" + names.get(matching.getFirst()));
            if (equals >= 0) {
                result.add(argument.substring(equals + 1));
            }
        }
        return result;
    }

    boolean has(char letter) {
        return options.stream().anyMatch(option -> option.letter() == letter);
    }

    /** The last value given, or the empty string. */
    String value(char letter) {
        return options.reversed().stream()
                .filter(option -> option.letter() == letter)
                .map(Option::value)
                .findFirst()
                .orElse("");
    }

    /** All options in the order given, up to the first problem. */
    List<Option> all() {
        return options;
    }

    /** A whole decimal number within bounds; empty if the text is none. */
    static OptionalLong number(String text, long min, long max) {
        if (!text.matches("\\s*[+-]?[0-9]{1,18}")) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(text.strip());
        return number >= min && number <= max ? OptionalLong.of(number) : OptionalLong.empty();
    }

    List<String> words() {
        return words;
    }

    /** What is wrong with the command line, or null. */
    @Nullable String problem() {
        return problem;
    }
}
