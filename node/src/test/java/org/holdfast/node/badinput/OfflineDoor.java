package org.holdfast.node.badinput;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.catalogue.AllTools;
import org.jspecify.annotations.Nullable;

/**
 * A command line over files. In its arguments {@code BAD} stands for the damaged file, {@code CIB}
 * for a sound one, {@code TEXT} for the damaged text itself, {@code DATE} for a damaged date. Words
 * in front with an equals sign set the environment: {@code BAD} or {@code CIB} as {@code CIB_file=}
 * make that file the one that is worked on. The shadow {@code s} in {@code /tmp} is the damaged
 * file, and so, compressed, is {@code /tmp/bad.bz2}.
 */
final class OfflineDoor implements Door {

    private static final Clock CLOCK =
            Clock.fixed(Instant.ofEpochSecond(1_600_000_000L), ZoneOffset.UTC);

    private static final String DATE = "2024-06-03T10:11:12+02:00/P1Y2M3DT4H5M6S";

    /** A small CIB. */
    private static final byte[] BZIP2 =
            Base64.getDecoder()
                    .decode(
                            "QlpoOTFBWSZTWfvaevQAABWfgFAD1AckAAAAv+/foDAApQaJoSenqZNNCZB6aJoNE1NHpDIABoDQwwTA"
                                    + "mAhoyaYGVDKd0ThnXvEnGQSErBdmZEkzE6EQduN70VuhZwdVrDYgqw7DaCD9aIaOrDgIOi1k"
                                    + "tkQxcIm/xhe7kOp9DxO0PB2lWTBMYosq6JboKJIxA42y1EHot4QyzNmOugo0RA8iLwvMhgrC"
                                    + "m4DZ0VNrnhTAyuk1BIwbERWd78CgV8Ero7+LuSKcKEh97T16AA==");

    private final String line;

    OfflineDoor(String line) {
        this.line = line;
    }

    @Override
    public String feed(Mutator mutator, SeededRandom random) throws Exception {
        MemoryFiles files = new MemoryFiles();
        byte[] bad = mutator.next();
        byte[] sound = Corpus.sound();
        files.put("bad.xml", bad);
        files.put("cib.xml", sound);
        files.put("/tmp/shadow.s", bad);
        files.put("/tmp/bad.bz2", mutator.damage(BZIP2));
        String date = new String(mutator.damage(DATE.getBytes(UTF_8)), UTF_8);
        Run run = new Run(line.replace("DATE", date), bad, files, null);
        int returnCode = run.run();
        String changedFile = run.environment.get("CIB_file");
        if (changedFile != null) {
            byte[] before = changedFile.equals("cib.xml") ? sound : bad;
            byte[] after = files.get(changedFile);
            if (after == null) {
                throw new AssertionError("the file is gone");
            }
            if (!Arrays.equals(before, after)) {
                checkWritten(before, after, returnCode);
            }
        }
        return returnCode == 0 ? "done" : "refused";
    }

    /**
     * A file that was written must be a whole CIB with a version. One that asks for no validation
     * may have another root, as with the real commands.
     */
    private static void checkWritten(byte[] before, byte[] after, int returnCode) {
        try {
            Element cib = XmlParser.parseFile(after);
            String root = XmlParser.parseFile(before).name();
            if (!cib.name().equals("cib") && !cib.name().equals(root) || !cib.has("epoch")) {
                throw new AssertionError("what was written is no CIB: " + new String(after, UTF_8));
            }
        } catch (XmlSyntaxException e) {
            throw new AssertionError("what was written cannot be read", e);
        }
        if (returnCode != 0) {
            throw new AssertionError("changed by a command that failed with " + returnCode);
        }
    }

    /** One run of a command. */
    static final class Run {
        final Map<String, String> environment = new LinkedHashMap<>();
        private final Tool tool;
        private final List<String> arguments = new ArrayList<>();
        private final MemoryFiles files;
        private final byte[] bad;
        private final @Nullable ClusterConnection cluster;

        Run(String line, byte[] bad, MemoryFiles files, @Nullable ClusterConnection cluster) {
            this.bad = bad;
            this.files = files;
            this.cluster = cluster;
            environment.put("USER", "root");
            environment.put("TZ", "UTC");
            List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
            while (words.getFirst().matches("[A-Z][A-Za-z_]*=.*")) {
                String[] variable = words.removeFirst().split("=", 2);
                environment.put(variable[0], file(variable[1]));
            }
            Tool found = AllTools.registry().find(words.removeFirst());
            if (found == null) {
                throw new IllegalArgumentException("no such command: " + line);
            }
            tool = found;
            words.forEach(word -> arguments.add(file(word)));
        }

        private String file(String word) {
            return switch (word) {
                case "BAD" -> "bad.xml";
                case "CIB" -> "cib.xml";
                case "TEXT" -> new String(bad, UTF_8);
                default -> word;
            };
        }

        int run() {
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
            return tool.run(
                    new ToolContext(
                            arguments,
                            environment,
                            new ByteArrayInputStream(bad),
                            nowhere,
                            nowhere,
                            files,
                            CLOCK,
                            cluster));
        }
    }
}
