package org.holdfast.node.badinput;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.schema.EngineSchemas;
import org.holdfast.kernel.SeededRandom;
import org.jspecify.annotations.Nullable;

/** A command line against the resource manager of a node, which goes on with what it accepted. */
final class LiveDoor implements Door {

    private static final int FEEDS_PER_CLUSTER = 40;
    private static final int SCHEMA_VIOLATED = 78;
    private static final int NEWER_FEATURE_SET = 76;
    private static final int OLD_DATA = 103;

    private final List<String> lines;
    private final EngineSchemas schemas;
    private @Nullable Managers managers;
    private int feeds;

    LiveDoor(List<String> lines, EngineSchemas schemas) {
        this.lines = lines;
        this.schemas = schemas;
    }

    @Override
    public String feed(Mutator mutator, SeededRandom random) throws Exception {
        Managers cluster = managers;
        if (cluster == null || ++feeds % FEEDS_PER_CLUSTER == 0) {
            Element disk = XmlParser.parseFile(Corpus.sound());
            cluster = new Managers(1, disk, schemas);
            managers = cluster;
        }
        // Gone if this throws; the next input gets a new one
        managers = null;
        Element before = cluster.cib();
        byte[] bad = mutator.next();
        String line = lines.get(random.nextInt(lines.size()));
        MemoryFiles files = new MemoryFiles();
        files.put("bad.xml", bad);
        int returnCode = new OfflineDoor.Run(line, bad, files, cluster.connection()).run();
        Element after = cluster.cib();
        if (returnCode != 0 && !configuration(before).equals(configuration(after))) {
            throw new AssertionError(line + " changed the CIB and failed with " + returnCode);
        }
        cluster.run(3_000);
        checkAlive(cluster, files);
        managers = cluster;
        return returnCode == 0 ? "done" : "refused";
    }

    private static Element configuration(Element cib) {
        Element found = cib.first("configuration");
        return found == null ? Element.of("none") : found;
    }

    private static byte[] newest() {
        return new String(Corpus.sound(), UTF_8)
                .replaceFirst("admin_epoch=\"[^\"]*\"", "admin_epoch=\"2147483646\"")
                .getBytes(UTF_8);
    }

    private static int run(String line, Managers cluster, MemoryFiles files, Integer... alsoRight) {
        int returnCode = new OfflineDoor.Run(line, new byte[0], files, cluster.connection()).run();
        if (returnCode != 0 && !List.of(alsoRight).contains(returnCode)) {
            throw new AssertionError(line + " fails with " + returnCode + " afterwards");
        }
        return returnCode;
    }

    /** The node still answers, takes changes, and has on disk what it has in memory. */
    static void checkAlive(Managers cluster, MemoryFiles files) {
        run("cibadmin -Q", cluster, files);
        if (run("cibadmin -B", cluster, files, SCHEMA_VIOLATED, NEWER_FEATURE_SET) != 0) {
            // A configuration that breaks its schema can only be replaced as a whole, by a newer
            files.put("bad.xml", newest());
            run("cibadmin -R -f -x BAD", cluster, files, OLD_DATA);
        }
        cluster.run(1_000);
        Element disk = cluster.disk();
        if (disk == null || !configuration(disk).equals(configuration(cluster.cib()))) {
            throw new AssertionError("the disk has another configuration than the memory");
        }
    }
}
