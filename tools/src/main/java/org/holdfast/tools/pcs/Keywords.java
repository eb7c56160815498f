package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Arguments grouped by the keywords between them. */
final class Keywords {

    private final Map<String, List<List<String>>> groups = new LinkedHashMap<>();

    /**
     * Groups arguments.
     *
     * @param first name for what stands before the first keyword; null if nothing may
     */
    static Keywords group(List<String> arguments, Set<String> keywords, @Nullable String first) {
        Keywords result = new Keywords();
        if (arguments.isEmpty()) {
            return result;
        }
        List<String> current = new ArrayList<>();
        if (!keywords.contains(arguments.getFirst())) {
            if (first == null) {
                throw PcsFailure.usage();
            }
            result.start(first, current);
        }
        for (String argument : arguments) {
            if (keywords.contains(argument)) {
                current = new ArrayList<>();
                result.start(argument, current);
            } else {
                current.add(argument);
            }
        }
        return result;
    }

    private void start(String keyword, List<String> group) {
        groups.computeIfAbsent(keyword, _ -> new ArrayList<>()).add(group);
    }

    boolean has(String keyword) {
        return groups.containsKey(keyword);
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** Ends the command if a keyword that may not be repeated was. */
    void onlyOnce(Set<String> exceptions) {
        groups.forEach((keyword, occurrences) -> {
            if (occurrences.size() > 1 && !exceptions.contains(keyword)) {
                throw PcsFailure.usage("'" + keyword + "' cannot be used more than once");
            }
        });
    }

    /** Arguments of all occurrences of a keyword in one list, which the caller may change. */
    List<String> flat(String keyword) {
        List<String> all = new ArrayList<>();
        each(keyword).forEach(all::addAll);
        return all;
    }

    /** Arguments by occurrence. */
    List<List<String>> each(String keyword) {
        return groups.getOrDefault(keyword, List.of());
    }

    /** Cuts a list wherever a separator stands. */
    static List<List<String>> split(List<String> arguments, String separator) {
        List<List<String>> parts = new ArrayList<>();
        List<String> current = new ArrayList<>();
        parts.add(current);
        for (String argument : arguments) {
            if (argument.equals(separator)) {
                current = new ArrayList<>();
                parts.add(current);
            } else {
                current.add(argument);
            }
        }
        return parts;
    }
}
