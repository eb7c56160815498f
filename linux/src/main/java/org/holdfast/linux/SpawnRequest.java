package org.holdfast.linux;

import java.util.List;
import java.util.Map;

/**
 * A program to start.
 *
 * @param program the program's file, an absolute path
 * @param arguments what follows its name
 * @param environment all of its environment
 * @param outputBytesMax how much of each of its outputs is kept; the rest is read and dropped
 */
public record SpawnRequest(
        String program,
        List<String> arguments,
        Map<String, String> environment,
        int outputBytesMax) {

    /** Refuses text that would end early in C. */
    public SpawnRequest {
        arguments = List.copyOf(arguments);
        boolean zero =
                program.indexOf('\0') >= 0
                        || arguments.stream().anyMatch(text -> text.indexOf('\0') >= 0)
                        || environment.entrySet().stream()
                                .anyMatch(e -> (e.getKey() + e.getValue()).indexOf('\0') >= 0);
        if (zero) {
            throw new IllegalArgumentException("a zero byte in an argument of " + program);
        }
    }
}
