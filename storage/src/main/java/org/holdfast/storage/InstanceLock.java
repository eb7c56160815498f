package org.holdfast.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a state directory, held by one daemon at a time. The kernel frees it when the
 * process ends in whatever way, so that nothing stale can stay behind.
 */
public final class InstanceLock implements AutoCloseable {

    private static final String NAME = "holdfastd.lock";

    private final FileChannel channel;

    private InstanceLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a directory, which is created if needed, and writes this process's number
     * into its file.
     *
     * @throws InUseException if another process has it
     * @throws IOException with the system's reason
     */
    public static InstanceLock take(Path directory) throws InUseException, IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(NAME);
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            if (tryLock(channel) == null) {
                throw new InUseException(directory, owner(channel));
            }
            taken = true;
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid), 0);
            return new InstanceLock(channel);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    }

    /** Gives the lock back. The file stays: removing it would let two processes lock two files. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Another daemon uses the directory. */
    public static final class InUseException extends Exception {

        private static final long serialVersionUID = 1L;

        InUseException(Path directory, String pid) {
            super(
                    "another holdfastd"
                            + (pid.isEmpty() ? "" : " (process " + pid + ")")
                            + " uses "
                            + directory
                            + " already");
        }
    }
}
