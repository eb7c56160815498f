package org.holdfast.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.holdfast.kernel.NodeId;
import org.holdfast.linux.LifeLine;
import org.jspecify.annotations.Nullable;

/**
 * What the supervisor ({@code holdfast-supervisor.c}) sends to the other nodes when this process
 * dies: the leave message of the ring in force. It is kept in a file that the supervisor has given
 * to this process, and is memory; a process that runs without supervisor has none. Belongs to one
 * thread.
 */
final class LastWill {

    /** Names the file in the daemon's environment. */
    static final String VARIABLE = "HOLDFAST_LAST_WILL";

    /** Names the memory by which the supervisor notices the death of the ring's thread. */
    private static final String LIFE_LINE = "HOLDFAST_LIFE_LINE";

    private final Path file;
    private final @Nullable Path lifeLine;

    private LastWill(Path file, @Nullable Path lifeLine) {
        this.file = file;
        this.lifeLine = lifeLine;
    }

    static Optional<LastWill> of(Map<String, String> environment) {
        String path = environment.get(VARIABLE);
        String lifeLine = environment.get(LIFE_LINE);
        return path == null
                ? Optional.empty()
                : Optional.of(
                        new LastWill(Path.of(path), lifeLine == null ? null : Path.of(lifeLine)));
    }

    /**
     * To be opened as soon as the calling thread dies, and not only when the process has ended.
     *
     * @throws IOException if that cannot be; the process's end remains
     */
    void dependOnThisThread() throws IOException {
        if (lifeLine != null) {
            LifeLine.hold(lifeLine);
        }
    }

    /** Replaces it. */
    void write(InetSocketAddress from, Map<NodeId, InetSocketAddress> others, byte[] message)
            throws IOException {
        StringBuilder text = new StringBuilder("from ").append(line(from));
        others.values().forEach(to -> text.append("to ").append(line(to)));
        text.append("message ").append(HexFormat.of().formatHex(message)).append("\nend\n");
        replace(text.toString());
    }

    private static String line(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + " " + address.getPort() + "\n";
    }

    /** The others know already. */
    void withdraw() throws IOException {
        replace("");
    }

    private void replace(String text) throws IOException {
        Files.write(
                file,
                text.getBytes(StandardCharsets.US_ASCII),
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }
}
