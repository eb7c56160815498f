package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same command lines on the same node of the same ring: first while all three nodes are real
 * ones, then while the third is ours. Output and exit code must be the same.
 */
@Tag("interop")
class SameCommandsTest {

    private static List<String> table() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        SameCommandsTest.class.getResourceAsStream("same-commands.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    /** {@code holdfast.commands} says how many, {@code holdfast.commands.seed} which. */
    private static List<String> random() {
        int count = Integer.getInteger("holdfast.commands", 100);
        long seed = Long.getLong("holdfast.commands.seed", 1L);
        return RandomCommands.of(seed, count);
    }

    @Test
    void commandsPrintAndEndAlike() throws IOException {
        compare(table());
    }

    @Test
    void commandsByChancePrintAndEndAlike() throws IOException {
        compare(random());
    }

    private static void compare(List<String> lines) throws IOException {
        try (SideBySide ring = new SideBySide()) {
            Map<Integer, String> real = new LinkedHashMap<>();
            for (int i = 0; i < lines.size(); i++) {
                real.put(i, ring.run(lines.get(i)));
            }
            ring.exchange();
            List<String> differences = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                String expected = real.getOrDefault(i, "");
                String found = ring.run(line);
                if (!SideBySide.isSame(line, expected, found)) {
                    differences.add("$ " + line + "\n--- real\n" + expected + "--- ours\n" + found);
                }
            }
            System.out.println(differences.size() + " of " + lines.size() + " lines differ");
            assertThat(String.join("\n", differences)).isEmpty();
        }
    }
}
