package org.holdfast.tools.corosync;

import java.util.ArrayList;
import java.util.Iterator;
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
     * Takes a command line without long options apart.
     *
     * @param definition the letters; one followed by a colon takes a value
     */
    static GetOpt parse(String command, String definition, List<String> arguments) {
        return parse(command, definition, Map.of(), arguments);
    }

    /**
     * Takes a command line apart, as getopt_long(3) if there are long names.
     *
     * @param definition the letters; one followed by a colon takes a value. Control characters
     *     stand for long options without a letter.
     * @param longNames letter by long name, which may be cut short as long as it is clear
     */
    static GetOpt parse(
            String command,
            String definition,
            Map<String, String> longNames,
            List<String> arguments) {
        GetOpt result = new GetOpt();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext() && result.problem == null) {
            String argument = rest.next();
            if (argument.equals("--")) {
                rest.forEachRemaining(result.words::add);
            } else if (!argument.startsWith("-") || argument.length() == 1) {
                result.words.add(argument);
            } else if (argument.startsWith("--") && !longNames.isEmpty()) {
                result.takeLong(command, definition, longNames, argument, rest);
            } else {
                result.takeLetters(command, definition, argument, rest);
            }
        }
        return result;
    }

    private void takeLetters(
            String command, String definition, String argument, Iterator<String> rest) {
        for (int i = 1; i < argument.length(); i++) {
            char letter = argument.charAt(i);
            if (letter == ':' || letter < ' ' || definition.indexOf(letter) < 0) {
                problem = command + ": invalid option -- '" + letter + "'";
                return;
            }
            if (!takesValue(definition, letter)) {
                options.add(new Option(letter, ""));
                continue;
            }
            if (i + 1 < argument.length()) {
                options.add(new Option(letter, argument.substring(i + 1)));
            } else if (rest.hasNext()) {
                options.add(new Option(letter, rest.next()));
            } else {
                problem = command + ": option requires an argument -- '" + letter + "'";
            }
            return;
        }
    }

    private void takeLong(
            String command,
            String definition,
            Map<String, String> longNames,
            String argument,
            Iterator<String> rest) {
        int equals = argument.indexOf('=');
        String name = argument.substring(2, equals < 0 ? argument.length() : equals);
        List<String> matching =
                longNames.containsKey(name)
                        ? List.of(name)
                        : longNames.keySet().stream()
                                .filter(known -> known.startsWith(name))
                                .sorted()
                                .toList();
        if (matching.isEmpty()) {
            problem = command + ": unrecognized option '" + argument + "'";
            return;
        }
        if (matching.size() > 1) {
            String all = String.join("' '--", matching);
            problem =
                    "%s: option '%s' is ambiguous; possibilities: '--%s'"
                            .formatted(command, argument, all);
            return;
        }
        String full = matching.getFirst();
        char letter = String.valueOf(longNames.get(full)).charAt(0);
        boolean takesValue = takesValue(definition, letter);
        if (!takesValue && equals >= 0) {
            problem = command + ": option '--" + full + "' doesn't allow an argument";
        } else if (!takesValue) {
            options.add(new Option(letter, ""));
        } else if (equals >= 0) {
            options.add(new Option(letter, argument.substring(equals + 1)));
        } else if (rest.hasNext()) {
            options.add(new Option(letter, rest.next()));
        } else {
            problem = command + ": option '--" + full + "' requires an argument";
        }
    }

    private static boolean takesValue(String definition, char letter) {
        int at = definition.indexOf(letter);
        return at >= 0 && at + 1 < definition.length() && definition.charAt(at + 1) == ':';
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
