package org.holdfast.corosyncconf;

import java.util.List;
import java.util.Optional;

/**
 * A key of Corosync's configuration map as a place in the file: {@code totem.token}, {@code
 * totem.interface.0.mcastport}, {@code logging.logger_subsys.TOTEM.debug}, {@code
 * quorum.device.votes}.
 */
public final class ConfPath {

    private ConfPath() {}

    /**
     * The file with a key set, or without it.
     *
     * @param file the file
     * @param key the key, with dots
     * @param value the value, or empty to remove the key
     * @throws IllegalArgumentException if the key names no place in a file
     */
    public static ConfSection with(ConfSection file, String key, Optional<String> value) {
        List<String> names = List.of(key.split("\\."));
        if (names.size() < 2) {
            throw new IllegalArgumentException(key + " is in no section");
        }
        return change(file, names, value);
    }

    private static ConfSection change(
            ConfSection section, List<String> names, Optional<String> value) {
        String name = names.getFirst();
        if (names.size() == 1) {
            return value.map(text -> section.withValue(name, text))
                    .orElseGet(() -> section.withoutValue(name));
        }
        boolean numbered = name.equals("interface") && names.size() > 2;
        boolean named = name.equals("logger_subsys") && names.size() > 2;
        List<String> rest = names.subList(numbered || named ? 2 : 1, names.size());
        String which = numbered || named ? names.get(1) : "";
        Optional<ConfSection> old =
                section.sections(name).stream()
                        .filter(child -> which.isEmpty() || which.equals(label(child)))
                        .findFirst();
        ConfSection before = old.orElseGet(() -> fresh(name, which));
        ConfSection after = change(before, rest, value);
        return old.isPresent()
                ? section.withReplaced(old.get(), after)
                : section.withSection(after);
    }

    private static String label(ConfSection child) {
        return child.name().equals("interface")
                ? child.value("linknumber").or(() -> child.value("ringnumber")).orElse("0")
                : child.value("subsys").orElse("");
    }

    private static ConfSection fresh(String name, String which) {
        ConfSection empty = new ConfSection(name, List.of());
        return switch (name) {
            case "interface" -> empty.withValue("linknumber", which.isEmpty() ? "0" : which);
            case "logger_subsys" -> empty.withValue("subsys", which);
            default -> empty;
        };
    }
}
