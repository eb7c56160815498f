package org.holdfast.tools.pcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** How to use each command; the texts are in {@code usage.txt} beside this class. */
final class Usage {

    private static final String MAIN = "\nUsage: pcs [-f file] [-h] [commands]...";
    private static final String INDENT = "    ";

    private Usage() {}

    /**
     * Text for a command.
     *
     * @param command its words: an area such as {@code resource}, then the words behind it, of
     *     which the last may be empty for one that is unknown
     */
    static String of(List<String> command) {
        if (command.isEmpty()) {
            return MAIN + "\nControl and configure the cluster.\n\nCommands:\n" + areas();
        }
        List<String> area = area(command.getFirst());
        if (area.isEmpty()) {
            return "\nUsage: pcs " + command.getFirst() + " <command>";
        }
        String wanted = String.join(" ", command.subList(1, command.size()));
        if (command.size() == 1) {
            wanted = null;
        }
        while (true) {
            List<String> lines =
                    wanted == null ? area.subList(1, area.size()) : matching(area, wanted);
            if (!lines.isEmpty()) {
                return "\n" + headline(area.getFirst(), command.getFirst(), wanted) + text(lines);
            }
            int cut = wanted == null ? -1 : wanted.stripTrailing().lastIndexOf(' ');
            wanted = wanted == null || cut < 0 ? "" : wanted.substring(0, cut);
        }
    }

    private static String headline(
            String title, String area, @org.jspecify.annotations.Nullable String wanted) {
        if (title.endsWith("<command>")) {
            return "Usage: pcs " + title;
        }
        String placeholder = area.equals("constraint") ? "[constraints]" : "[commands]";
        boolean specific = wanted != null && !area.equals("constraint");
        return "Usage: pcs " + area + " " + (specific ? wanted : placeholder) + "...";
    }

    private static String text(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append('\n').append(INDENT).append(line));
        return text.toString();
    }

    /** The commands of an area that begin with these words, with their explanations. */
    private static List<String> matching(List<String> area, String wanted) {
        List<String> found = new ArrayList<>();
        boolean inside = false;
        for (String line : area.subList(1, area.size())) {
            if (!line.startsWith(INDENT)) {
                inside = line.startsWith(wanted);
            }
            if (inside) {
                found.add(line);
            }
        }
        return found;
    }

    /** The lines of an area, its title first; empty if there is no such area. */
    private static List<String> area(String name) {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : all().split("\n")) {
            if (line.startsWith("== ")) {
                String title = line.substring(3);
                inside = title.equals(name) || title.startsWith(name + " ");
                line = title;
            }
            if (inside) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String areas() {
        StringBuilder text = new StringBuilder();
        for (String line : all().split("\n")) {
            if (line.startsWith("== ")) {
                text.append(INDENT).append(line.substring(3).split(" ")[0]).append('\n');
            }
        }
        return text.toString().stripTrailing();
    }

    private static String all() {
        try (InputStream stream = Usage.class.getResourceAsStream("usage.txt")) {
            if (stream == null) {
                throw new IllegalStateException("usage.txt is missing from the program");
            }
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
