package org.holdfast.tools.pcs;

import java.util.List;

/** How to use each command, in a line. */
final class Usage {

    private Usage() {}

    /** Text for a command given by its words; the last may be empty or {@code help}. */
    static String of(List<String> command) {
        List<String> words =
                command.stream().filter(word -> !word.isEmpty() && !word.equals("help")).toList();
        return "\nUsage: pcs " + String.join(" ", words) + "...";
    }
}
