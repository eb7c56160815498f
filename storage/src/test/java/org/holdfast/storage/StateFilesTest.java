package org.holdfast.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.holdfast.kernel.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFilesTest {

    @TempDir private Path directory;

    @Test
    void keepsTheRingIdAsCorosyncDoes() throws Exception {
        RingIdFile file = new RingIdFile(directory.resolve("new"), new NodeId(-1));
        assertThat(file.load()).isEmpty();
        file.store(0x105);
        assertThat(file.load()).hasValue(0x105);
        assertThat(directory.resolve("new/ringid_4294967295"))
                .hasBinaryContent(new byte[] {5, 1, 0, 0, 0, 0, 0, 0});
    }

    @Test
    void takesAShortRingIdFileForNone() throws Exception {
        Files.write(directory.resolve("ringid_1"), new byte[3]);
        assertThat(new RingIdFile(directory, new NodeId(1)).load()).isEmpty();
    }

    @Test
    void oneDaemonHoldsADirectory() throws Exception {
        try (InstanceLock lock = InstanceLock.take(directory)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> InstanceLock.take(directory))
                    .isInstanceOf(InstanceLock.InUseException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        InstanceLock.take(directory).close();
    }

    @Test
    void placesFilesBelowTheRoot() {
        NodeFiles files = new NodeFiles(Path.of("/tmp/x/../y"));
        assertThat(files.corosyncConf()).hasToString("/tmp/y/etc/corosync/corosync.conf");
        assertThat(files.below("var/log/a.log")).hasToString("/tmp/y/var/log/a.log");
        assertThat(new NodeFiles(Path.of("/")).cibDirectory())
                .hasToString("/var/lib/pacemaker/cib");
    }
}
