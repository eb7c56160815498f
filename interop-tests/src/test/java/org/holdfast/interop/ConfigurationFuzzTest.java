package org.holdfast.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holdfast.node.CorosyncProgram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Configurations made by chance, and what {@code corosync -t} of the real Corosync and ours say to
 * them: what the real one refuses ours refuses with the same sentence, in the same line; what ours
 * alone refuses it refuses for a reason that is meant. {@code holdfast.conf.files} and {@code
 * holdfast.conf.seed} say how many and from which seed on; {@code holdfast.conf.keep} is a
 * directory for those with a difference, {@code holdfast.conf.record} a file for one of each kind,
 * as {@code ConfigurationVerdictsTest} reads it.
 */
@Tag("interop")
class ConfigurationFuzzTest {

    /** Where ours is stricter on purpose (docs/corosync-conf.md). */
    private static final Pattern MEANT =
            Pattern.compile(
                    "unknown (key|section) \"|not supported|must be (one of|a whole number|a code point)"
                            + "|is already that of the node|nodeid 0 is reserved"
                            + "|a node must have a ring0_addr|a node needs a nodeid|is too large|Key name can't be empty");

    /** What hides the rest from ours: a section that it does not know, a name that is none. */
    private static final Pattern HIDES =
            Pattern.compile("unknown section|Key name can't be empty|Missing section name");

    private static final Pattern PARSER_ERROR =
            Pattern.compile("parser error: [^ ]+:(\\d+): (.*)", Pattern.DOTALL);

    private static final Map<String, String> VERDICTS =
            Map.of("accepted", "accept", "refused", "refuse", "stricter", "strict");

    private final Map<String, Integer> kinds = new TreeMap<>();
    private final StringBuilder recorded = new StringBuilder();
    private String lastSentence = "";
    private boolean lastSaidSame;

    @TempDir private Path root;

    private record Verdict(boolean accepted, String output) {}

    @Test
    void bothSayTheSame() throws IOException {
        int files = Integer.getInteger("holdfast.conf.files", 300);
        long first = Long.getLong("holdfast.conf.seed", 1L);
        Map<String, List<String>> wrong = new TreeMap<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (long seed = first; seed < first + files; seed++) {
            Path file = root.resolve("corosync.conf");
            Files.writeString(file, RandomConfiguration.of(seed), ISO_8859_1);
            String cause = compare(file);
            record(file, cause);
            counts.merge(cause.split(":")[0], 1, Integer::sum);
            if (cause.contains(":")) {
                wrong.merge(
                        cause.substring(0, Math.min(cause.length(), 200)),
                        List.of(Long.toString(seed)),
                        ConfigurationFuzzTest::joined);
                keep(seed, file);
            }
        }
        String record = System.getProperty("holdfast.conf.record");
        if (record != null) {
            Files.writeString(Path.of(record), recorded, ISO_8859_1);
        }
        System.out.println(counts);
        wrong.forEach((cause, seeds) ->
                System.out.println(
                        seeds.size()
                                + " "
                                + cause
                                + " "
                                + seeds.subList(0, Math.min(5, seeds.size()))));
        assertThat(wrong).isEmpty();
    }

    private static List<String> joined(List<String> one, List<String> other) {
        return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
    }

    private static void keep(long seed, Path file) throws IOException {
        String directory = System.getProperty("holdfast.conf.keep");
        if (directory != null) {
            Files.createDirectories(Path.of(directory));
            Files.copy(
                    file,
                    Path.of(directory, seed + ".conf"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Keeps the file if none of its kind was kept before. */
    private void record(Path file, String cause) throws IOException {
        String text = Files.readString(file, ISO_8859_1);
        boolean clear = !"refused".equals(cause) || lastSaidSame;
        boolean plain = clear && text.matches("[\\n\\t -~]+") && text.endsWith("\n");
        String word = VERDICTS.get(cause);
        if (!plain || word == null || text.contains("no_such_host")) {
            return;
        }
        String sentence = word.equals("refuse") ? lastSentence : "";
        String kind = word + sentence.replaceAll(":\\d+: |\\d+|\"[^\"]*\"", "N");
        int kept = kinds.merge(kind, 1, Integer::sum);
        if (kept <= (sentence.isEmpty() ? 15 : 2)) {
            recorded.append("=== ").append(word).append(" | ").append(sentence).append('\n');
            recorded.append(text);
        }
    }

    /** A word for a verdict that is right; with a colon and what is wrong otherwise. */
    private String compare(Path file) {
        return judge(file).replace(file.toString(), "FILE");
    }

    private String judge(Path file) {
        Verdict real = real(file);
        Verdict ours = ours(file);
        if (real.accepted()) {
            if (ours.accepted()) {
                return "accepted";
            }
            String reasons =
                    ours.output()
                            .lines()
                            .filter(line -> !MEANT.matcher(line).find())
                            .map(line -> line.replaceAll("^[^ ]*: ", ""))
                            .findFirst()
                            .orElse("");
            return reasons.isEmpty() ? "stricter" : "TOO STRICT: " + reasons;
        }
        String sentence = sentence(real.output());
        lastSentence = sentence.replace(file.toString(), "FILE");
        lastSaidSame = ours.output().contains(sentence.replaceFirst("^parser error: ", ""));
        if (sentence.contains("Assertion")) {
            return "aborted";
        }
        if (ours.accepted()) {
            return "TOO LENIENT: " + sentence;
        }
        if (sentence.isEmpty()) {
            return "refused in silence";
        }
        Matcher parser = PARSER_ERROR.matcher(sentence);
        if (parser.matches()) {
            String line = ":" + parser.group(1) + ": ";
            String text = parser.group(2).strip();
            boolean hidden = HIDES.matcher(ours.output()).find();
            return hidden
                            || ours.output()
                                    .lines()
                                    .anyMatch(said -> said.contains(line) && said.contains(text))
                    ? "refused"
                    : "OTHER TEXT: " + text + " | " + ours.output().strip();
        }
        return ours.output().contains(sentence) || HIDES.matcher(ours.output()).find()
                ? "refused"
                : "OTHER TEXT: " + sentence + " | " + ours.output().strip();
    }

    /** The reason in what the real daemon printed, without its time and names. */
    private static String sentence(String output) {
        return output.lines()
                .map(line -> line.replaceFirst("^.*\\[(MAIN|TOTEM) *\\] ", ""))
                .map(line ->
                        line.replaceFirst(
                                "^(main|main.c:\\d+|main )? ?(parse error in config: )?", ""))
                .filter(line -> !line.startsWith("Corosync Cluster Engine exiting"))
                .filter(line -> !line.startsWith("Please migrate config file"))
                .filter(line -> !line.contains("deprecated") && !line.contains("is used together"))
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
    }

    private static Verdict real(Path file) {
        // It opens log files, also such that a random word names.
        String directory = file.getParent().toString();
        Shell.Outcome outcome =
                Shell.run("env", "-C", directory, "corosync", "-t", "-c", file.toString());
        return new Verdict(outcome.exitCode() == 0, ascii(outcome.output()));
    }

    private static Verdict ours(Path file) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, UTF_8);
        int code =
                CorosyncProgram.run(
                        List.of("-t", "-c", file.toString()), Path.of("/"), () -> 0, out, out);
        return new Verdict(code == 0, ascii(said.toString(UTF_8)));
    }

    /** Bytes that are no characters cannot be compared. */
    private static String ascii(String text) {
        return text.replaceAll("[^\\n -~]+", "?");
    }
}
