package org.holdfast.tools.pcs;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;

/** Arguments of the form {@code name=value}. */
final class KeyValues {

    private KeyValues() {}

    /**
     * Takes them apart, in the order given.
     *
     * @throws PcsFailure if one is not of that form or two contradict each other
     */
    static SequencedMap<String, String> parse(List<String> arguments) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw PcsFailure.usage("missing value of '" + argument + "' option");
            }
            if (equals == 0) {
                throw PcsFailure.usage("missing key in '" + argument + "' option");
            }
            String name = argument.substring(0, equals);
            String value = argument.substring(equals + 1);
            String before = values.putIfAbsent(name, value);
            if (before != null && !before.equals(value)) {
                throw PcsFailure.usage(
                        "duplicate option '"
                                + name
                                + "' with different values "
                                + Words.listAnd(List.of(before, value)));
            }
        }
        return values;
    }

    /** Ends the command if a name is not among the allowed ones. */
    static void allowOnly(Collection<String> names, Collection<String> allowed) {
        TreeSet<String> unknown = new TreeSet<>(names);
        unknown.removeAll(allowed);
        if (!unknown.isEmpty()) {
            throw PcsFailure.usage(
                    "Unknown option"
                            + (unknown.size() > 1 ? "s" : "")
                            + " '"
                            + String.join("', '", unknown)
                            + "'");
        }
    }
}
