package org.holdfast.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.kernel.LogEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CibStoreTest {

    @TempDir private Path directory;

    private CibStore store;

    @BeforeEach
    void open() {
        store = new CibStore(directory);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = CibStoreTest.class.getResourceAsStream(name)) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }

    private static Element cib(int epoch) throws XmlSyntaxException {
        return XmlParser.parse(
                "<cib admin_epoch=\"0\" epoch=\""
                        + epoch
                        + "\" num_updates=\"7\"><configuration><!-- kept --></configuration>"
                        + "<status><node_state id=\"1\"/></status></cib>");
    }

    @Test
    void readsAndWritesPacemakersOwnFileByteForByte() throws IOException {
        byte[] xml = resource("pacemaker-cib.xml");
        byte[] digest = resource("pacemaker-cib.xml.sig");
        Files.write(directory.resolve("cib.xml"), xml);
        Files.write(directory.resolve("cib.xml.sig"), digest);

        CibStore.Loaded loaded = store.load();
        assertThat(loaded.events()).isEmpty();
        Files.delete(directory.resolve("cib.xml"));
        store.store(present(loaded));

        assertThat(directory.resolve("cib.xml")).hasBinaryContent(xml);
        assertThat(directory.resolve("cib.xml.sig")).hasBinaryContent(digest);
    }

    @Test
    void keepsNoStatusAndNoUpdateCount() throws Exception {
        store.store(cib(3));
        assertThat(Files.readString(directory.resolve("cib.xml")))
                .isEqualTo(
                        """
                        <cib admin_epoch="0" epoch="3" num_updates="0">
                          <configuration>
                            <!-- kept -->
                          </configuration>
                        </cib>
                        """);
    }

    @Test
    void keepsNumberedBackupsAndGoesRound() throws Exception {
        for (int epoch = 1; epoch <= 103; epoch++) {
            store.store(cib(epoch));
        }
        assertThat(directory.resolve("cib.last")).hasContent("3");
        assertThat(Files.readString(directory.resolve("cib-2.raw"))).contains("epoch=\"102\"");
        assertThat(Files.readString(directory.resolve("cib-3.raw"))).contains("epoch=\"3\"");
        assertThat(directory.resolve("cib-99.raw.sig")).exists();
    }

    @Test
    void startsWithNothingOnANewNode() throws IOException {
        CibStore.Loaded loaded = new CibStore(directory.resolve("none")).load();
        assertThat(loaded.cib()).isNull();
        assertThat(texts(loaded)).singleElement().asString().startsWith("No cluster configuration");
    }

    @Test
    void goesBackToTheLastGoodBackupAndKeepsTheDamagedFile() throws Exception {
        store.store(cib(1));
        store.store(cib(2));
        store.store(cib(3));
        Path file = directory.resolve("cib.xml");
        Files.writeString(file, Files.readString(file).replace("kept", "bent"));
        Files.writeString(directory.resolve("cib-2.raw"), "<cib");

        CibStore.Loaded loaded = store.load();

        assertThat(present(loaded).get("epoch")).isEqualTo("1");
        assertThat(texts(loaded).getFirst()).contains("Not using").contains("its digest is");
        assertThat(texts(loaded)).anyMatch(t -> t.contains("cib-2.raw: it is not XML (line 1, "));
        assertThat(texts(loaded).getLast()).contains("cib-1.raw, version 0.1.0");
        try (var kept = Files.newDirectoryStream(directory, "cib.auto.*")) {
            Path aside = kept.iterator().next();
            assertThat(Files.readString(aside.resolve("cib.xml"))).contains("bent");
            assertThat(aside.resolve("cib.xml.sig")).exists();
        }
    }

    @Test
    void aFileOfGigabytesIsKeptAsideUnread() throws Exception {
        store.store(cib(1));
        store.store(cib(2));
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("cib.xml").toFile(), "rw")) {
            file.setLength(3L << 30); // sparse
        }

        CibStore.Loaded loaded = store.load();

        assertThat(present(loaded).get("epoch")).isEqualTo("1");
        assertThat(texts(loaded).getFirst()).contains("it has 3221225472 bytes");
    }

    @Test
    void goesBackToTheLastGoodBackupWhenTheFileIsGone() throws Exception {
        store.store(cib(1));
        store.store(cib(2));
        store.store(cib(3));
        Files.delete(directory.resolve("cib.xml"));

        CibStore.Loaded loaded = store.load();

        assertThat(present(loaded).get("epoch")).isEqualTo("2");
        assertThat(texts(loaded).getFirst()).startsWith("No cluster configuration");
        assertThat(texts(loaded).getLast()).contains("cib-2.raw, version 0.2.0");
    }

    @Test
    void theBackupThatWasUsedIsTheConfigurationAgain() throws Exception {
        store.store(cib(1));
        store.store(cib(2));
        Files.writeString(directory.resolve("cib.xml"), "<cib");

        store.load();
        CibStore.Loaded second = new CibStore(directory).load();

        assertThat(present(second).get("epoch")).isEqualTo("1");
        assertThat(second.events()).isEmpty();
    }

    @Test
    void acceptsTheDigestOfPacemaker2ForApostrophes() throws Exception {
        // File and digest as Pacemaker 2.1.5 writes them
        Element cib = XmlParser.parse("<cib epoch=\"1\"><configuration note=\"it's\"/></cib>");
        Files.writeString(
                directory.resolve("cib.xml"),
                "<cib epoch=\"1\">\n  <configuration note=\"it&apos;s\"/>\n</cib>\n");
        Files.writeString(directory.resolve("cib.xml.sig"), CibDigest.ofPacemaker2(cib));

        CibStore.Loaded loaded = store.load();

        assertThat(loaded.events()).isEmpty();
        assertThat(present(loaded)).isEqualTo(cib);
        assertThat(CibDigest.ofPacemaker2(cib)).isNotEqualTo(CibDigest.of(cib));
    }

    @Test
    void keepsAsideWhatIsNoCib() throws Exception {
        store.store(cib(1));
        store.store(cib(2));
        Files.writeString(directory.resolve("cib.xml"), "<foo/>");
        Files.delete(directory.resolve("cib.xml.sig"));

        CibStore.Loaded loaded = store.load();

        assertThat(present(loaded).get("epoch")).isEqualTo("1");
        assertThat(texts(loaded).getFirst()).contains("it is no CIB but <foo>");
    }

    @Test
    void knowsTheYoungestBackupOfADirectoryThatWasCopied() throws Exception {
        for (int epoch = 1; epoch <= 4; epoch++) {
            store.store(cib(epoch));
        }
        // A copy makes new files, in any order
        for (int number : new int[] {3, 1, 2}) {
            Path backup = directory.resolve("cib-" + number + ".raw");
            byte[] content = Files.readAllBytes(backup);
            Files.delete(backup);
            Files.write(backup, content);
        }
        Files.delete(directory.resolve("cib.xml"));
        assertThat(present(store.load()).get("epoch")).isEqualTo("3");
    }

    @Test
    void completesAWriteThatACrashCutBetweenTheRenames() throws Exception {
        store.store(cib(1));
        byte[] oldDigest = Files.readAllBytes(directory.resolve("cib.xml.sig"));
        store.store(cib(2));
        Files.move(directory.resolve("cib.xml.sig"), directory.resolve("cib.xml.sig.new"));
        Files.write(directory.resolve("cib.xml.sig"), oldDigest);

        CibStore.Loaded loaded = store.load();

        assertThat(present(loaded).get("epoch")).isEqualTo("2");
        assertThat(directory.resolve("cib.xml.sig.new")).doesNotExist();
        assertThat(store.load().events()).isEmpty();
    }

    @Test
    void ignoresAWriteThatACrashCutBeforeTheFirstRename() throws Exception {
        store.store(cib(1));
        Files.writeString(directory.resolve("cib.xml.sig.new"), "0123");
        Files.writeString(directory.resolve("cib.xml.new"), "<cib");
        CibStore.Loaded loaded = store.load();
        assertThat(loaded.cib()).isNotNull();
        assertThat(loaded.events()).isEmpty();
        assertThat(directory.resolve("cib.xml.new")).doesNotExist();
    }

    @Test
    void startsEmptyWhenNothingIsWhole() throws Exception {
        Files.createFile(directory.resolve("cib.xml"));
        CibStore.Loaded loaded = store.load();
        assertThat(loaded.cib()).isNull();
        assertThat(texts(loaded).getFirst()).contains("it is empty");
        assertThat(texts(loaded).getLast()).contains("no good backup");
    }

    private static Element present(CibStore.Loaded loaded) {
        return Objects.requireNonNull(loaded.cib());
    }

    private static List<String> texts(CibStore.Loaded loaded) {
        return loaded.events().stream().map(LogEvent::text).toList();
    }
}
