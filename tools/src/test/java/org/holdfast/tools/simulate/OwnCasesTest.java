package org.holdfast.tools.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The project's own small clusters, one or more for each kind of rule: {@code cases/KIND/NAME.xml}
 * says in its first comment which rule it shows, and NAME.out and NAME.dot are what Pacemaker's
 * crm_simulate answers. {@code scripts/record-scheduler-cases} records them.
 */
class OwnCasesTest {

    private static final Pattern INJECTION_TIME = Pattern.compile("(last-failure-\\S+)=\\d+ into");

    private static Path directory() throws URISyntaxException {
        URL url = Objects.requireNonNull(OwnCasesTest.class.getResource("cases"));
        return Path.of(url.toURI());
    }

    @TestFactory
    Stream<DynamicContainer> answersAsThePeerDoes(@TempDir Path scratch)
            throws IOException, URISyntaxException {
        Path directory = directory();
        List<DynamicContainer> kinds = new ArrayList<>();
        for (Path kind : sorted(directory).stream().filter(Files::isDirectory).toList()) {
            List<DynamicTest> cases = new ArrayList<>();
            for (Path file : sorted(kind)) {
                String name = fileName(file);
                if (name.endsWith(".xml")) {
                    String base = name.substring(0, name.length() - ".xml".length());
                    cases.add(DynamicTest.dynamicTest(base, () -> check(kind, base, scratch)));
                }
            }
            kinds.add(DynamicContainer.dynamicContainer(fileName(kind), cases));
        }
        assertThat(kinds).isNotEmpty();
        return kinds.stream();
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static String fileName(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    private static void check(Path kind, String base, Path scratch) throws IOException {
        assertThat(Files.readString(kind.resolve(base + ".xml")))
                .as("says which rule it shows")
                .startsWith("<!-- ");
        Path dot = scratch.resolve(fileName(kind) + "-" + base + ".dot");
        List<String> arguments =
                new ArrayList<>(List.of("-S", "-s", "-x", base + ".xml", "-D", dot.toString()));
        Path options = kind.resolve(base + ".args");
        if (Files.exists(options)) {
            arguments.addAll(Files.readAllLines(options));
        }
        SimulateRun run = SimulateRun.in(kind, arguments);
        assertThat(run.exitCode())
                .as(run.errors())
                .isEqualTo(Integer.parseInt(recorded(kind, base + ".status", "0").strip()));
        assertThat(output(run.output()))
                .isEqualTo(output(Files.readString(kind.resolve(base + ".out"))));
        assertThat(picture(Files.readString(dot)))
                .isEqualTo(picture(Files.readString(kind.resolve(base + ".dot"))));
        assertThat(run.errors()).isEqualTo(recorded(kind, base + ".err", ""));
    }

    private static String recorded(Path kind, String name, String absent) throws IOException {
        Path file = kind.resolve(name);
        return Files.exists(file) ? Files.readString(file) : absent;
    }

    /**
     * The lines, those of the scores sorted: their order follows hash tables, and means nothing.
     */
    private static List<String> output(String text) {
        List<String> lines = new ArrayList<>();
        List<String> scores = new ArrayList<>();
        boolean inScores = false;
        for (String line :
                INJECTION_TIME.matcher(text).replaceAll("$1=NOW into").lines().toList()) {
            if (line.isEmpty()) {
                inScores = false;
                scores.sort(null);
                lines.addAll(scores);
                scores.clear();
            }
            (inScores ? scores : lines).add(line);
            inScores |= line.startsWith("Assignment Scores");
        }
        lines.addAll(scores);
        return lines;
    }

    /** The unique lines without white space. */
    private static List<String> picture(String text) {
        return List.copyOf(
                new TreeSet<>(text.lines().map(line -> line.replaceAll("\\s+", "")).toList()));
    }
}
