package org.holdfast.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hundreds of right and wrong configurations and what {@code corosync -t} of Corosync 3.1.7 said to
 * each: ours gives the same verdict, and what it refuses it refuses with the same sentence first.
 */
class ConfigurationVerdictsTest {

    @TempDir private Path root;

    @Test
    void areTheRealDaemons() throws IOException {
        List<String> base = resource("corosync-conf-base.conf");
        SoftAssertions softly = new SoftAssertions();
        int rows = 0;
        for (String row : resource("corosync-conf-verdicts.txt")) {
            if (row.startsWith("#")) {
                continue;
            }
            rows++;
            String[] fields = row.split(" \\| ", -1);
            List<String> lines = new ArrayList<>(base);
            lines.addAll(Integer.parseInt(fields[0]), List.of(fields[1].split(" ; ")));
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            boolean accepted = test(lines, said) == 0;
            String output = said.toString(UTF_8);
            softly.assertThat(accepted)
                    .as(row + "\n" + output)
                    .isEqualTo(fields[2].equals("accept"));
            if (fields[2].equals("refuse")) {
                softly.assertThat(output).as(row).contains(fields[3].strip());
            }
        }
        assertThat(rows).isGreaterThan(200);
        softly.assertAll();
    }

    /** Whole files that were made by chance, at least one of each sentence that came up. */
    @Test
    void ofWholeFilesAreTheRealDaemonsToo() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        int files = 0;
        String header = "";
        List<String> lines = new ArrayList<>();
        List<String> all = new ArrayList<>(resource("corosync-conf-files.txt"));
        all.add("===");
        for (String line : all) {
            if (!line.startsWith("===")) {
                lines.add(line);
                continue;
            }
            if (!header.isEmpty()) {
                files++;
                compare(softly, header, lines);
            }
            header = line;
            lines.clear();
        }
        assertThat(files).isGreaterThan(100);
        softly.assertAll();
    }

    private void compare(SoftAssertions softly, String header, List<String> lines)
            throws IOException {
        String[] fields = header.substring("=== ".length()).split(" \\| ", 2);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        boolean accepted = test(lines, said) == 0;
        String output =
                said.toString(UTF_8).replace(root.resolve("corosync.conf").toString(), "FILE");
        String what = String.join("\n", lines) + "\n" + output;
        softly.assertThat(accepted).as(header + "\n" + what).isEqualTo(fields[0].equals("accept"));
        // The line and the sentence; what stands before them is each program's.
        String sentence = fields[1].replaceFirst("^parser error: ", "");
        softly.assertThat(output).as(what).contains(sentence);
    }

    private int test(List<String> lines, ByteArrayOutputStream said) throws IOException {
        Path file = root.resolve("corosync.conf");
        Files.write(file, lines);
        PrintStream out = new PrintStream(said, true, UTF_8);
        return CorosyncProgram.run(List.of("-t", "-c", file.toString()), root, () -> 0, out, out);
    }

    private static List<String> resource(String name) throws IOException {
        try (InputStream in = ConfigurationVerdictsTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).lines().toList();
        }
    }
}
