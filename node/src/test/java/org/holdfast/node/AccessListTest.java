package org.holdfast.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.holdfast.controlapi.CmapEntry;
import org.holdfast.corosyncconf.ConfParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessListTest {

    private static final int OWN = 500;

    private final List<String> remarks = new ArrayList<>();

    @TempDir private Path directory;

    private AccessList read(String text) throws Exception {
        Path file = directory.resolve("corosync.conf");
        return AccessList.read(ConfParser.parse(text), file, remarks::add);
    }

    @Test
    void listsWhomSectionsAndFilesName() throws Exception {
        Path more = Files.createDirectories(directory.resolve("uidgid.d"));
        Files.writeString(more.resolve("a"), "uidgid {\n gid: 70\n uid: 71\n}\n");
        Files.writeString(more.resolve("b"), "uidgid {\n");
        AccessList list =
                read("uidgid {\n uid: 60\n}\nuidgid {\n gid: root\n uid: no such user\n}\n");
        assertThat(list.uids()).containsExactly(60, 71);
        assertThat(list.gids()).containsExactly(0, 70);
        assertThat(remarks).hasSize(2).anyMatch(line -> line.contains("no such user"));
        assertThat(list.keys())
                .extracting(CmapEntry::key)
                .contains("uidgid.config.gid.70", "uidgid.config.uid.60");
    }

    @Test
    void theGroupCountsThatAProcessRunsWith() throws Exception {
        AccessList list = read("uidgid {\n gid: 70\n}\n");
        assertThat(list.admits(1000, List.of(70), OWN)).isTrue();
        assertThat(list.admits(1000, List.of(71, 70), OWN)).isFalse();
        assertThat(list.admits(0, List.of(71), OWN)).isTrue();
        assertThat(list.admits(OWN, List.of(71), OWN)).isTrue();
        assertThat(AccessList.NOBODY.admits(1000, List.of(70), OWN)).isFalse();
    }

    @Test
    void keysOfTheConfigurationMapGrant() {
        AccessList list =
                AccessList.NOBODY.with(
                        List.of(
                                new CmapEntry("uidgid.uid.1234", "u8", "1"),
                                new CmapEntry("uidgid.uid.1235", "u8", "0"),
                                new CmapEntry("uidgid.gid.99", "u8", "1"),
                                new CmapEntry("uidgid.gid.x", "u8", "1")));
        assertThat(list.uids()).containsExactly(1234);
        assertThat(list.gids()).containsExactly(99);
        assertThat(list.isEmpty()).isFalse();
    }
}
