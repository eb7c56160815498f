package org.holdfast.tools.pcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.MetadataDirectory;
import org.holdfast.tools.ToolContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Recorded command lines of the real pcs, where the recordings lie beside the checkout. What does
 * not match is listed in {@code target/pcs-corpus.txt}; the measured figures are the matter of
 * {@code scripts/conformance}.
 */
class PcsCorpusTest {

    /** Families of commands that are complete enough to be held to a share of equal outcomes. */
    private static final Map<String, Integer> PERCENT_AT_LEAST =
            Map.of(
                    "resource create", 95,
                    "resource update", 80,
                    "resource group", 85,
                    "constraint location", 65,
                    "constraint order", 90,
                    "constraint colocation", 90,
                    "property set", 85,
                    "node standby", 80);

    @TempDir Path scratch;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> blobs = new LinkedHashMap<>();

    @Test
    void endsAsTheRecordedCommandsDid() throws IOException {
        Path corpus = corpus();
        assumeTrue(corpus != null, "no recordings beside this checkout");
        if (corpus == null) {
            return;
        }
        for (String line : Files.readAllLines(corpus.resolve("blobs.jsonl"))) {
            JsonNode blob = json.readTree(line);
            blobs.put(blob.path("hash").asString(), blob.path("text").asString(""));
        }
        Map<String, int[]> counts = new TreeMap<>();
        List<String> report = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(corpus.resolve("records.jsonl"))) {
            JsonNode record = json.readTree(line);
            String family = record.path("family").asString();
            if (record.path("tags").toString().matches(".*(live|host-root|random).*")) {
                continue;
            }
            Path directory = Files.createDirectory(scratch.resolve("r" + number++));
            List<String> differences = replay(record, directory, corpus.resolve("agents"));
            int[] count = counts.computeIfAbsent(family, _ -> new int[2]);
            count[1]++;
            if (differences.isEmpty()) {
                count[0]++;
            } else {
                report.add(
                        family
                                + "\t"
                                + record.path("id").asString()
                                + "\t"
                                + record.path("argv")
                                + "\n"
                                + String.join("\n", differences));
            }
        }
        List<String> head = new ArrayList<>();
        counts.forEach((family, count) -> head.add(count[0] + "/" + count[1] + " " + family));
        Files.writeString(
                Path.of("target", "pcs-corpus.txt"),
                String.join("\n", head) + "\n\n" + String.join("\n\n", report) + "\n");
        PERCENT_AT_LEAST.forEach((family, percent) -> {
            int[] count = counts.getOrDefault(family, new int[] {0, 1});
            assertThat(100 * count[0] / count[1]).as(family).isGreaterThanOrEqualTo(percent);
        });
    }

    private static @Nullable Path corpus() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared/conformance/pcs");
            if (Files.isReadable(candidate.resolve("records.jsonl"))) {
                return candidate;
            }
        }
        return null;
    }

    private List<String> replay(JsonNode record, Path directory, Path agents) throws IOException {
        for (Map.Entry<String, JsonNode> file : record.path("files_before").properties()) {
            Files.writeString(
                    directory.resolve(file.getKey()),
                    blobs.getOrDefault(file.getValue().asString(), ""));
        }
        List<String> arguments = new ArrayList<>();
        record.path("argv")
                .forEach(word ->
                        arguments.add(word.asString().replace("$WORK", directory.toString())));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        LocalFileAccess files = new LocalFileAccess(directory);
        int code =
                new PcsTool()
                        .run(
                                new ToolContext(
                                        arguments,
                                        Map.of("LC_ALL", "C", "TZ", "UTC"),
                                        new ByteArrayInputStream(
                                                record.path("stdin").asString("").getBytes(UTF_8)),
                                        new PrintStream(out, true, UTF_8),
                                        new PrintStream(err, true, UTF_8),
                                        files,
                                        InstantSource.system(),
                                        null,
                                        new MetadataDirectory(files, agents.toString())));
        List<String> differences = new ArrayList<>();
        compare(differences, "exit", record.path("exit").asString(), Integer.toString(code));
        compare(differences, "stdout", record.path("stdout").asString(), clean(out, directory));
        compare(differences, "stderr", record.path("stderr").asString(), clean(err, directory));
        compareFiles(differences, record, directory);
        return differences;
    }

    private void compareFiles(List<String> differences, JsonNode record, Path directory)
            throws IOException {
        for (Map.Entry<String, JsonNode> file : record.path("files_after").properties()) {
            Path path = directory.resolve(file.getKey());
            if (file.getValue().isNull()) {
                compare(differences, "file", "gone", Files.exists(path) ? "there" : "gone");
                continue;
            }
            String want = blobs.getOrDefault(file.getValue().asString(), "");
            String have = Files.exists(path) ? Files.readString(path) : "(missing)";
            if (want.stripLeading().startsWith("<")) {
                want = canonical(want);
                have = canonical(have);
            }
            compare(differences, "file " + file.getKey(), want, have);
        }
    }

    private static String clean(ByteArrayOutputStream bytes, Path directory) {
        String text = bytes.toString(UTF_8).replace(directory.toString(), "$WORK");
        int usage = text.startsWith("Usage: pcs") ? 0 : text.indexOf("\nUsage: pcs") + 1;
        if (usage > 0 || text.startsWith("Usage: pcs")) {
            int end = text.indexOf('\n', usage);
            return end < 0 ? text : text.substring(0, end + 1);
        }
        return text;
    }

    private static String canonical(String xml) {
        try {
            StringBuilder text = new StringBuilder();
            print(XmlParser.parseFile(xml.getBytes(UTF_8)), 0, text);
            return text.toString();
        } catch (XmlSyntaxException e) {
            return xml;
        }
    }

    private static void print(Element element, int depth, StringBuilder text) {
        Map<String, String> attributes = new TreeMap<>();
        element.forEachAttribute(attributes::put);
        if (element.name().equals("cib")) {
            Stream.of(
                            "epoch",
                            "num_updates",
                            "cib-last-written",
                            "update-origin",
                            "update-client",
                            "update-user")
                    .forEach(attributes::remove);
        }
        text.append("  ".repeat(depth)).append(element.name()).append(' ').append(attributes);
        text.append(element.text().strip()).append('\n');
        element.elements().forEach(child -> print(child, depth + 1, text));
    }

    private static void compare(List<String> differences, String what, String want, String have) {
        if (want.equals(have)) {
            return;
        }
        List<String> wanted = want.lines().toList();
        List<String> found = have.lines().toList();
        StringBuilder text = new StringBuilder(what);
        wanted.stream()
                .filter(line -> !found.contains(line))
                .limit(6)
                .forEach(line -> text.append("\n    - ").append(line));
        found.stream()
                .filter(line -> !wanted.contains(line))
                .limit(6)
                .forEach(line -> text.append("\n    + ").append(line));
        differences.add(text.toString());
    }
}
