package org.holdfast.tools.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Every recorded case of Pacemaker's scheduler: summary, scores, picture and graph. Skipped where
 * the corpus is not beside the project.
 */
class RecordedCorpusTest {

    private static final Pattern INJECTION_TIME = Pattern.compile("(last-failure-\\S+)=\\d+ into");
    private static final Pattern VERSIONED =
            Pattern.compile("crm_feature_set=\"[^\"]*\"|batch-limit=\"[0-9]*\"");

    @TempDir private @Nullable Path scratch;

    private static @Nullable Path corpus(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared/conformance").resolve(name);
            if (Files.exists(candidate.resolve("cases.json"))) {
                return candidate;
            }
        }
        return null;
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduler", "scheduler-random"})
    void everyCaseIsAnsweredAsRecorded(String name) throws IOException {
        Path corpus = corpus(name);
        assumeTrue(corpus != null, "skipped: no shared/conformance/" + name);
        if (corpus == null || scratch == null) {
            return;
        }
        JsonNode cases =
                new ObjectMapper().readTree(corpus.resolve("cases.json").toFile()).path("cases");
        List<String> failures = new ArrayList<>();
        for (JsonNode each : cases) {
            check(corpus, scratch, each, failures);
        }
        assertThat(cases.size()).isPositive();
        assertThat(failures).isEmpty();
    }

    private static void check(Path corpus, Path scratch, JsonNode each, List<String> failures)
            throws IOException {
        String name = each.path("name").asString("");
        String xml = corpus.resolve("xml").resolve(name + ".xml").toString();
        List<String> summary = new ArrayList<>(List.of("-x", xml, "-S"));
        List<String> scores = new ArrayList<>(List.of("-x", xml, "-D", "dot", "-G", "exp", "-sSQ"));
        for (JsonNode argument : each.path("args")) {
            summary.add(argument.asString(""));
            scores.add(argument.asString(""));
        }
        SimulateRun first = SimulateRun.in(scratch, summary);
        SimulateRun second = SimulateRun.in(scratch, scores);
        compare(
                failures,
                name + " summary",
                summary(recorded(corpus, "summary", name)),
                summary(first.errors() + first.output()));
        compare(
                failures,
                name + " scores",
                sorted(recorded(corpus, "scores", name)),
                sorted(second.output()));
        compare(
                failures,
                name + " dot",
                unique(recorded(corpus, "dot", name)),
                unique(Files.readString(scratch.resolve("dot"))));
        compare(
                failures,
                name + " graph",
                graph(recorded(corpus, "exp", name)),
                graph(Files.readString(scratch.resolve("exp"))));
    }

    private static void compare(
            List<String> failures, String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            failures.add(what);
        }
    }

    private static String recorded(Path corpus, String kind, String name) throws IOException {
        return Files.readString(corpus.resolve(kind).resolve(name + "." + kind));
    }

    /** Lines without white space, and without blank lines. */
    private static List<String> squeezed(String text) {
        return text.lines()
                .map(line -> line.replaceAll("\\s+", ""))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static List<String> summary(String text) {
        return squeezed(INJECTION_TIME.matcher(text).replaceAll("$1=NOW into"));
    }

    private static List<String> sorted(String text) {
        return squeezed(text).stream().sorted().toList();
    }

    private static TreeSet<String> unique(String text) {
        return new TreeSet<>(squeezed(text));
    }

    private static List<String> graph(String text) {
        return squeezed(VERSIONED.matcher(text).replaceAll(""));
    }
}
