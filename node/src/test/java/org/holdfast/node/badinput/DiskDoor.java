package org.holdfast.node.badinput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.schema.EngineSchemas;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.storage.CibStore;

/** A node's start over a damaged directory of CIB files. */
final class DiskDoor implements Door {

    private final Path directory;
    private final EngineSchemas schemas;

    DiskDoor(Path directory, EngineSchemas schemas) {
        this.directory = directory;
        this.schemas = schemas;
    }

    @Override
    public String feed(Mutator mutator, SeededRandom random) throws Exception {
        clear();
        Element good = XmlParser.parseFile(Corpus.sound());
        CibStore writer = new CibStore(directory);
        writer.store(good.with("epoch", "10"));
        writer.store(good.with("epoch", "11"));
        writer.store(good.with("epoch", "12"));
        Path file = directory.resolve("cib.xml");
        byte[] written = Files.readAllBytes(file);
        boolean signed = random.chance(0.6);
        byte[] bad = random.chance(0.7) ? mutator.damage(written) : mutator.next();
        Files.write(file, bad);
        if (!signed) {
            Files.delete(directory.resolve("cib.xml.sig"));
        }
        for (String other : List.of("cib.last", "cib-1.raw", "cib-1.raw.sig", "cib.xml.sig")) {
            Path path = directory.resolve(other);
            if (random.chance(0.15) && Files.exists(path)) {
                Files.write(path, mutator.damage(Files.readAllBytes(path)));
            }
        }
        CibStore.Loaded loaded = new CibStore(directory).load();
        Element cib = loaded.cib();
        if (!isKept(bad)) {
            throw new AssertionError("the damaged file is nowhere");
        }
        boolean otherFile = !Files.exists(file);
        if (otherFile && loaded.events().stream().noneMatch(e -> e.text().contains("kept in"))) {
            throw new AssertionError("nothing was said of the damaged file: " + loaded.events());
        }
        Managers cluster = new Managers(1, cib, schemas);
        LiveDoor.checkAlive(cluster, new MemoryFiles());
        return cib == null ? "empty" : otherFile ? "backup" : "used";
    }

    /** Whether what was there before the start is there after it, in place or aside. */
    private boolean isKept(byte[] bad) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                if (Arrays.equals(Files.readAllBytes(path), bad)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void clear() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
