package org.holdfast.tools.pcs;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How pcs writes lists, plurals and values in its messages. */
final class Words {

    /** What counts as a boolean, for messages. */
    static final String BOOLEANS =
            "a pacemaker boolean value: '0', '1', 'false', 'n', 'no', 'off', 'on', 'true', 'y',"
                    + " 'yes'";

    private Words() {}

    /** {@code 'a', 'b', 'c'}, sorted. */
    static String list(Collection<String> items) {
        return list(items, ", ");
    }

    static String list(Collection<String> items, String separator) {
        return items.stream()
                .sorted()
                .map(item -> "'" + item + "'")
                .collect(Collectors.joining(separator));
    }

    /** {@code 'a', 'b' and 'c'}, sorted. */
    static String listAnd(Collection<String> items) {
        List<String> quoted = items.stream().sorted().map(item -> "'" + item + "'").toList();
        if (quoted.size() < 2) {
            return String.join("", quoted);
        }
        return String.join(", ", quoted.subList(0, quoted.size() - 1)) + " and " + quoted.getLast();
    }

    /** {@code 'a', 'b' or 'c'}, sorted. */
    static String listOr(Collection<String> items) {
        List<String> quoted = items.stream().sorted().map(item -> "'" + item + "'").toList();
        if (quoted.size() < 2) {
            return String.join("", quoted);
        }
        return String.join(", ", quoted.subList(0, quoted.size() - 1)) + " or " + quoted.getLast();
    }

    static String plural(Collection<?> items, String singular) {
        return plural(items.size(), singular);
    }

    static String plural(int count, String singular) {
        if (count == 1) {
            return singular;
        }
        return switch (singular) {
            case "is" -> "are";
            case "has" -> "have";
            case "does" -> "do";
            case "it" -> "they";
            case "property" -> "properties";
            default -> singular + (singular.endsWith("s") || singular.endsWith("x") ? "es" : "s");
        };
    }

    static boolean isInteger(String text) {
        return text.strip().matches("[+-]?[0-9]+(_[0-9]+)*");
    }

    static boolean isScore(String text) {
        String unsigned = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
        return unsigned.equals("INFINITY") || (!text.isEmpty() && isInteger(text));
    }

    static boolean isTrue(String text) {
        return List.of("true", "on", "yes", "y", "1")
                .contains(text.toLowerCase(java.util.Locale.ROOT));
    }

    static boolean isBoolean(String text) {
        return isTrue(text)
                || List.of("false", "off", "no", "n", "0")
                        .contains(text.toLowerCase(java.util.Locale.ROOT));
    }

    /** Seconds of a time such as {@code 10}, {@code 2min} or {@code 1h}; null if it is none. */
    static @Nullable Long seconds(String text) {
        if (isInteger(text)) {
            long value = parse(text);
            return value >= 0 ? value : null;
        }
        String[] suffixes = {"s", "sec", "m", "min", "h", "hr"};
        long[] factors = {1, 1, 60, 60, 3600, 3600};
        for (int i = 0; i < suffixes.length; i++) {
            if (text.endsWith(suffixes[i])) {
                String number = text.substring(0, text.length() - suffixes[i].length());
                if (isInteger(number) && parse(number) >= 0) {
                    return parse(number) * factors[i];
                }
            }
        }
        return null;
    }

    private static long parse(String number) {
        try {
            return Long.parseLong(number.strip().replace("_", ""));
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE / 3600;
        }
    }

    /** Makes an id of a proposal: characters that ids cannot have are left out. */
    static String sanitizeId(String proposal, String replacement) {
        if (proposal.isEmpty()) {
            return proposal;
        }
        String first =
                proposal.substring(0, 1).matches("[a-zA-Z_]") ? proposal.substring(0, 1) : "";
        return first + proposal.substring(1).replaceAll("[^a-zA-Z0-9_.-]", replacement);
    }

    /** The message about a bad id, or null if the id is good. */
    static @Nullable String badId(String id, String description) {
        if (id.isEmpty()) {
            return description + " cannot be empty";
        }
        for (int i = 0; i < id.length(); i++) {
            String character = id.substring(i, i + 1);
            if (!character.matches(i == 0 ? "[a-zA-Z_]" : "[a-zA-Z0-9_.-]")) {
                return "invalid "
                        + description
                        + " '"
                        + id
                        + "', '"
                        + character
                        + "' is not a valid "
                        + (i == 0 ? "first " : "")
                        + "character for a "
                        + description;
            }
        }
        return null;
    }

    /** The message about a bad value. */
    static String badValue(String value, String name, String expected) {
        return "'" + value + "' is not a valid " + name + " value, use " + expected;
    }

    /** The message about names that are not among the allowed ones. */
    static String badNames(Collection<String> bad, String type, Collection<String> allowed) {
        String kind = type.isEmpty() ? "" : type + " ";
        String all =
                allowed.isEmpty()
                        ? "there are no options allowed"
                        : "allowed "
                                + plural(allowed, "option")
                                + " "
                                + plural(allowed, "is")
                                + ": "
                                + list(new TreeSet<>(allowed));
        return "invalid "
                + kind
                + plural(bad, "option")
                + (bad.size() == 1 ? " " : ": ")
                + list(bad)
                + ", "
                + all;
    }

    /** A value as pcs shows it in {@code name=value}: in quotes if it has a space. */
    static String pair(String name, String value) {
        return quote(name) + "=" + quote(value);
    }

    static String quote(String text) {
        if (!text.contains(" ") && !text.contains("\t") && !text.contains("\n")) {
            return text;
        }
        if (!text.contains("\"")) {
            return "\"" + text + "\"";
        }
        if (!text.contains("'")) {
            return "'" + text + "'";
        }
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }
}
