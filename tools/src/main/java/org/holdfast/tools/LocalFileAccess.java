package org.holdfast.tools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The files of this process's own user. Thread-safe. */
public final class LocalFileAccess implements FileAccess {

    /** As much as the parser of XML takes. */
    private static final long FILE_BYTES_MAX = 512 << 20;

    private final Path directory;

    /** Paths are relative to this directory. */
    public LocalFileAccess(Path directory) {
        this.directory = directory;
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(resolve(path));
    }

    @Override
    public boolean isDirectory(String path) {
        return Files.isDirectory(resolve(path));
    }

    @Override
    public byte[] read(String path) throws IOException {
        Path file = named(path);
        if (Files.isDirectory(file)) {
            throw new IOException("Is a directory");
        }
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new IOException("File too large: at most " + FILE_BYTES_MAX + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (FileSystemException e) {
            throw asSystemReason(e);
        }
    }

    @Override
    public void write(String path, byte[] content) throws IOException {
        Path file = named(path);
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                writeToDevice(file, content);
                return;
            }
            // A link stays a link: what it points to is replaced.
            Path target = Files.exists(file) ? file.toRealPath() : file;
            replace(target, content);
        } catch (FileSystemException e) {
            throw asSystemReason(e);
        }
    }

    private static void writeToDevice(Path file, byte[] content) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("Is a directory");
        }
        Files.write(file, content);
    }

    private static void replace(Path target, byte[] content) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        Path temporary =
                target.resolveSibling(
                        "." + target.getFileName() + "." + ProcessHandle.current().pid());
        if (parent != null && !Files.isWritable(parent) && Files.exists(target)) {
            Files.write(target, content); // no room for a temporary file: better than a refusal
            return;
        }
        try {
            Files.write(temporary, content);
            keepMode(target, temporary);
            Files.move(
                    temporary,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void keepMode(Path from, Path to) throws IOException {
        if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
            PosixFileAttributeView mode =
                    Files.getFileAttributeView(from, PosixFileAttributeView.class);
            if (mode != null) {
                Files.setPosixFilePermissions(to, mode.readAttributes().permissions());
            }
        }
    }

    @Override
    public void delete(String path) throws IOException {
        try {
            Files.delete(resolve(path));
        } catch (FileSystemException e) {
            throw asSystemReason(e);
        }
    }

    @Override
    public void createDirectories(String path) throws IOException {
        try {
            Files.createDirectories(resolve(path));
        } catch (FileSystemException e) {
            throw asSystemReason(e);
        }
    }

    @Override
    public List<String> list(String path) throws IOException {
        try (Stream<Path> entries = Files.list(resolve(path))) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
        } catch (FileSystemException e) {
            throw asSystemReason(e);
        }
    }

    @Override
    public byte[] readStart(String path, int bytesMax) throws IOException {
        try (InputStream in = Files.newInputStream(resolve(path))) {
            return in.readNBytes(bytesMax);
        } catch (FileSystemException e) {
            throw asSystemReason(e);
        }
    }

    @Override
    public void writeSecret(String path, byte[] content) throws IOException {
        Path file = resolve(path);
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(file, content);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        } catch (FileSystemException e) {
            throw asSystemReason(e);
        }
    }

    /** A path that is not empty, which would be the directory. */
    private Path named(String path) throws IOException {
        if (path.isEmpty()) {
            throw new IOException("No such file or directory");
        }
        return resolve(path);
    }

    private Path resolve(String path) {
        return directory.resolve(path);
    }

    /** The same failure with the text that strerror(3) has for it, which is what users know. */
    private static IOException asSystemReason(FileSystemException e) {
        String text =
                switch (e) {
                    case NoSuchFileException _ -> "No such file or directory";
                    case AccessDeniedException _ -> "Permission denied";
                    case FileAlreadyExistsException _ -> "File exists";
                    case NotDirectoryException _ -> "Not a directory";
                    case DirectoryNotEmptyException _ -> "Directory not empty";
                    default -> e.getReason() == null ? e.toString() : e.getReason();
                };
        return new IOException(text, e);
    }
}
