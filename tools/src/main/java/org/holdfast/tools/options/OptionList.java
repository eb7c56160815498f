package org.holdfast.tools.options;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.holdfast.kernel.BrokenInvariant;
import org.jspecify.annotations.Nullable;

/** The lists of options, each read from the table of its name when it is asked for. */
public enum OptionList {
    /** Options of the whole cluster. */
    CLUSTER(
            "cluster-options",
            "Pacemaker cluster options",
            "Options of the whole cluster, also called properties. They stand in"
                    + " cluster_property_set elements in the crm_config section of the CIB."),

    /** Meta-attributes of primitives. */
    PRIMITIVE(
            "primitive-meta",
            "Primitive meta-attributes",
            "Meta-attributes that every primitive may have"),

    /** Parameters that every fence device has. */
    FENCING(
            "fence-attributes",
            "Fencing resource common parameters",
            "Parameters that every fence device has, whatever its agent. The cluster uses them"
                    + " itself and does not hand them to the agent.");

    private final String title;
    private final String shortText;
    private final String longText;

    OptionList(String title, String shortText, String longText) {
        this.title = title;
        this.shortText = shortText;
        this.longText = longText;
    }

    /** The list's name in XML. */
    String title() {
        return title;
    }

    String shortText() {
        return shortText;
    }

    String longText() {
        return longText;
    }

    /** The list that users call by a name such as {@code cluster}, or null. */
    public static @Nullable OptionList named(String name) {
        return switch (name) {
            case "cluster" -> CLUSTER;
            case "primitive" -> PRIMITIVE;
            case "fencing" -> FENCING;
            default -> null;
        };
    }

    /** The options in the order in which they are listed. */
    public List<ClusterOption> options() {
        String table = name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream in = OptionList.class.getResourceAsStream(table)) {
            if (in == null) {
                throw new BrokenInvariant("the table " + table + " is missing");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ClusterOption> parse(String table) {
        List<ClusterOption> all = new ArrayList<>();
        for (String block : table.split("\n\n")) {
            List<String> lines =
                    block.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
            if (!lines.isEmpty()) {
                String shortText = lines.get(1).strip();
                String longText = lines.size() > 2 ? lines.get(2).strip() : shortText;
                all.add(option(lines.getFirst().split(" "), shortText, longText));
            }
        }
        return all;
    }

    private static ClusterOption option(String[] words, String shortText, String longText) {
        List<String> values = List.of();
        boolean generated = false;
        boolean advanced = false;
        boolean deprecated = false;
        String replacement = null;
        String daemon = "";
        for (int i = 3; i < words.length; i++) {
            String mark = words[i];
            switch (mark) {
                case "values" -> values = List.of(words[++i].split("\\|"));
                case "generated" -> generated = true;
                case "advanced" -> advanced = true;
                case "deprecated" -> deprecated = true;
                default -> {
                    if (mark.startsWith("deprecated:")) {
                        deprecated = true;
                        replacement = mark.substring("deprecated:".length());
                    } else {
                        daemon = mark;
                    }
                }
            }
        }
        return new ClusterOption(
                words[0],
                words[1],
                words[2].equals("-") ? null : words[2],
                values,
                generated,
                advanced,
                deprecated,
                replacement,
                daemon,
                shortText,
                longText);
    }
}
