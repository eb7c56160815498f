package org.holdfast.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.holdfast.kernel.NodeId;

/**
 * The ring sequence number that this node saw last, in Corosync's file {@code ringid_NODEID}: eight
 * bytes in the machine's order. Not thread-safe.
 */
public final class RingIdFile {

    private final Path file;

    /**
     * The file of a node.
     *
     * @param directory Corosync's state directory; created when something is stored
     * @param node the node
     */
    public RingIdFile(Path directory, NodeId node) {
        this.file = directory.resolve("ringid_" + node);
    }

    /**
     * The stored number; empty on a new node and, as in Corosync, if the file is too short.
     *
     * @throws IOException if the file is there and cannot be read
     */
    public OptionalLong load() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            return OptionalLong.empty();
        }
        return bytes.length < Long.BYTES
                ? OptionalLong.empty()
                : OptionalLong.of(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong());
    }

    /**
     * Stores a number; it is durable when this returns.
     *
     * @throws IOException with the system's reason; the old number is still there then
     */
    public void store(long sequence) throws IOException {
        Files.createDirectories(DurableFiles.parent(file));
        byte[] bytes =
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putLong(sequence)
                        .array();
        DurableFiles.replace(file, bytes);
    }
}
