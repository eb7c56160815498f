package org.holdfast.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildProcessTest {

    @TempDir private Path directory;

    private static ChildProcess shell(String script) throws IOException {
        return ChildProcess.start(
                new SpawnRequest(
                        "/bin/sh",
                        List.of("-c", script),
                        Map.of("PATH", "/usr/bin:/bin", "NAME", "a b"),
                        1000));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void collectsExitCodeAndBothOutputs() throws IOException {
        ChildResult result = shell("echo \"$NAME\"; echo e >&2; exit 7").await();
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.signal()).isZero();
        assertThat(text(result.output())).isEqualTo("a b\n");
        assertThat(text(result.error())).isEqualTo("e\n");
    }

    @Test
    void tellsASignalFromAnExitCode() throws IOException {
        ChildResult result = shell("kill -TERM $$").await();
        assertThat(result.signal()).isEqualTo(Signal.TERM.number());
        assertThat(shell("exit 143").await().exitCode()).isEqualTo(143);
    }

    @Test
    void readsAllAndKeepsTheFirstPart() throws IOException {
        ChildResult result = shell("head -c 300000 /dev/zero | tr '\\0' x; exit 3").await();
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(text(result.output())).isEqualTo("x".repeat(1000));
    }

    @Test
    void doesNotWaitForWhatTheProgramLeftBehind() throws IOException {
        ChildProcess child = shell("sleep 100 & echo $!");
        ChildResult result = child.await();
        long left = Long.parseLong(text(result.output()).strip());
        ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void killsTheWholeGroup() throws IOException {
        Path fifo = directory.resolve("fifo");
        shell("mkfifo " + fifo).await();
        ChildProcess child = shell("sleep 100 > " + fifo + " & wait");
        // Opening returns when the background sleep has the other end; its end closes it.
        try (var opened = Files.newInputStream(fifo)) {
            child.signalGroup(Signal.KILL);
            assertThat(opened.read()).isEqualTo(-1);
        }
        assertThat(child.await().signal()).isEqualTo(Signal.KILL.number());
        child.signalGroup(Signal.KILL);
    }

    @Test
    void passesNoneOfOurFilesOn() throws IOException {
        try (DatagramChannel socket = DatagramChannel.open()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ChildResult result = shell("ls /proc/self/fd").await();
            // 3 is ls's own.
            assertThat(text(result.output()).split("\\s+")).containsExactly("0", "1", "2", "3");
        }
    }

    @Test
    void saysWhyItCannotStart() {
        SpawnRequest missing = new SpawnRequest("/no/such", List.of(), Map.of(), 10);
        assertThatThrownBy(() -> ChildProcess.start(missing))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageContaining("No such file");
        assertThatThrownBy(() -> new SpawnRequest("/bin/sh", List.of("\0"), Map.of(), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
