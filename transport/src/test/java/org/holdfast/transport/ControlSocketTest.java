package org.holdfast.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlSocketTest {

    @TempDir private Path directory;

    @Test
    void tellsWhoConnectedAndCutsAtTheEnd() throws IOException {
        Path path = directory.resolve("run/control.sock");
        Files.createDirectories(directory.resolve("run"));
        Files.createFile(path);
        ControlSocket.Handler greet =
                (in, out, user, groups) -> {
                    try {
                        String text = user + " " + groups.isEmpty();
                        out.write(text.getBytes(StandardCharsets.UTF_8));
                        assertThat(in.read()).isEqualTo(-1);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                };
        try (SocketChannel client = greeted(path, greet)) {
            assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        assertThat(path).doesNotExist();
    }

    /** Connects, reads the greeting, and lets the server end. */
    private static SocketChannel greeted(Path path, ControlSocket.Handler greet)
            throws IOException {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        try (ControlSocket socket = ControlSocket.listen(path, greet, line -> {})) {
            assertThat(socket).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-rw----");
            client.connect(UnixDomainSocketAddress.of(path));
            ByteBuffer buffer = ByteBuffer.allocate(100);
            client.read(buffer);
            assertThat(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8))
                    .isEqualTo(System.getProperty("user.name") + " false");
        }
        return client;
    }

    @Test
    void saysWhichPathIsTooLong() {
        Path path = directory.resolve("x".repeat(150));
        assertThatThrownBy(() -> ControlSocket.listen(path, (in, out, user, groups) -> {}, l -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on " + path);
    }
}
