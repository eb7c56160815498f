package org.holdfast.tools.attribute;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command line, read as getopt(1) reads it for shell scripts: long options may be abbreviated,
 * values may be attached.
 *
 * @param options the options in order, as {@code -x} or {@code --name}
 * @param error what is wrong; null if nothing
 */
record Getopt(List<Option> options, @Nullable String error) {

    /**
     * An option as given.
     *
     * @param name {@code -x} or {@code --name}, in full
     * @param value its value; the empty string if it takes none
     */
    record Option(String name, String value) {}

    /**
     * Reads a command line.
     *
     * @param letters short options; those followed by a colon take a value
     * @param names long options; those followed by a colon take a value
     */
    static Getopt parse(List<String> arguments, String letters, List<String> names) {
        List<Option> options = new ArrayList<>();
        String error = null;
        for (int i = 0; i < arguments.size() && error == null; i++) {
            String argument = arguments.get(i);
            if (argument.equals("--")) {
                break;
            }
            if (argument.startsWith("--")) {
                int equals = argument.indexOf('=');
                String given = argument.substring(2, equals < 0 ? argument.length() : equals);
                String name = complete(given, names);
                if (name == null) {
                    error = "unrecognized option '" + argument + "'";
                } else if (!name.endsWith(":") && equals >= 0) {
                    error = "option '--" + name + "' doesn't allow an argument";
                } else if (!name.endsWith(":")) {
                    options.add(new Option("--" + name, ""));
                } else if (equals >= 0) {
                    options.add(new Option("--" + plain(name), argument.substring(equals + 1)));
                } else if (i + 1 < arguments.size()) {
                    options.add(new Option("--" + plain(name), arguments.get(++i)));
                } else {
                    error = "option '" + argument + "' requires an argument";
                }
            } else if (argument.startsWith("-") && argument.length() > 1) {
                for (int k = 1; k < argument.length(); k++) {
                    char letter = argument.charAt(k);
                    int at = letter == ':' ? -1 : letters.indexOf(letter);
                    if (at < 0) {
                        error = "invalid option -- '" + letter + "'";
                        break;
                    }
                    if (at + 1 >= letters.length() || letters.charAt(at + 1) != ':') {
                        options.add(new Option("-" + letter, ""));
                        continue;
                    }
                    if (k + 1 < argument.length()) {
                        options.add(new Option("-" + letter, argument.substring(k + 1)));
                    } else if (i + 1 < arguments.size()) {
                        options.add(new Option("-" + letter, arguments.get(++i)));
                    } else {
                        error = "option requires an argument -- '" + letter + "'";
                    }
                    break;
                }
            }
        }
        return new Getopt(options, error);
    }

    private static String plain(String name) {
        return name.substring(0, name.length() - 1);
    }

    private static @Nullable String complete(String given, List<String> names) {
        String found = null;
        for (String name : names) {
            String bare = name.endsWith(":") ? plain(name) : name;
            if (bare.equals(given)) {
                return name;
            }
            if (bare.startsWith(given)) {
                if (found != null) {
                    return null;
                }
                found = name;
            }
        }
        return found;
    }
}
