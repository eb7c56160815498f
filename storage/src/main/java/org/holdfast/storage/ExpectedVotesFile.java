package org.holdfast.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The highest number of expected votes that this node has seen, in Corosync's file {@code
 * ev_tracking}: four bytes in the machine's order. Not thread-safe.
 */
public final class ExpectedVotesFile {

    private final Path file;

    /**
     * The file of this machine.
     *
     * @param directory Corosync's state directory; created when something is stored
     */
    public ExpectedVotesFile(Path directory) {
        this.file = directory.resolve("ev_tracking");
    }

    /**
     * The stored number; 0 on a new node and if the file is too short or holds a number that is
     * none.
     *
     * @throws IOException if the file is there and cannot be read
     */
    public int load() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            return 0;
        }
        return bytes.length < Integer.BYTES
                ? 0
                : Math.max(0, ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt());
    }

    /**
     * Stores a number; it is durable when this returns.
     *
     * @throws IOException with the system's reason; the old number is still there then
     */
    public void store(int votes) throws IOException {
        Files.createDirectories(DurableFiles.parent(file));
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putInt(votes)
                        .array();
        DurableFiles.replace(file, bytes);
    }
}
