package org.holdfast.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The discipline of durable writes: a temporary file in the same directory, its content forced to
 * the disk, a rename, and the directory forced to the disk.
 */
final class DurableFiles {

    static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final Set<StandardOpenOption> NEW_FILE =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_ATTRIBUTE =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);

    private static final int BUFFER_BYTES_MAX = 256 << 10;

    private DurableFiles() {}

    /** Replaces a file's content as a whole. The directory must exist. */
    static void replace(Path file, byte[] content) throws IOException {
        Path temporary = sibling(file, ".new");
        writeForced(temporary, List.of(content));
        rename(temporary, file);
        forceDirectory(parent(file));
    }

    /** Writes a file that nobody else may read and forces it to the disk. */
    static void writeForced(Path file, List<byte[]> content) throws IOException {
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(file, NEW_FILE, OWNER_ONLY_ATTRIBUTE)) {
            ByteBuffer bytes = ByteBuffer.allocate(bufferBytes(content));
            for (byte[] part : content) {
                int at = 0;
                while (at < part.length) {
                    int fits = Math.min(part.length - at, bytes.remaining());
                    bytes.put(part, at, fits);
                    at += fits;
                    if (!bytes.hasRemaining()) {
                        drain(bytes, channel);
                    }
                }
            }
            drain(bytes, channel);
            channel.force(true);
        }
    }

    private static int bufferBytes(List<byte[]> content) {
        long all = 1;
        for (byte[] part : content) {
            all += part.length;
        }
        return (int) Math.min(all, BUFFER_BYTES_MAX);
    }

    private static void drain(ByteBuffer bytes, FileChannel channel) throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        bytes.clear();
    }

    /** Renames within a directory; readers see the old or the new file. */
    static void rename(Path from, Path to) throws AtomicMoveNotSupportedException, IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes renames in a directory durable. */
    static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return parent;
    }
}
