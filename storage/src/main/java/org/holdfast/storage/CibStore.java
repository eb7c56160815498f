package org.holdfast.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.LogEvent.Level;
import org.jspecify.annotations.Nullable;

/**
 * The CIB on disk as Pacemaker keeps it: {@code cib.xml}, its digest in {@code cib.xml.sig}, and
 * numbered backups {@code cib-N.raw} with their digests, N being counted in {@code cib.last}.
 *
 * <p>Not thread-safe: one thread owns it, and no other process may write to the directory ({@link
 * InstanceLock}).
 */
public final class CibStore {

    /** As much as the parser takes; more is not even read. */
    private static final long FILE_BYTES_MAX = 512 << 20;

    private static final String SUBSYSTEM = "pacemaker-based";

    private final Path directory;
    private final Path file;
    private final Path digestFile;
    private final CibBackups backups;
    private final FileOwner owner;
    private final CibTexts texts = new CibTexts();
    private final List<LogEvent> events = new ArrayList<>();

    /**
     * What was found on disk.
     *
     * @param cib the document, or null if there was none to use
     * @param events what an administrator should know about it
     */
    public record Loaded(@Nullable Element cib, List<LogEvent> events) {}

    /** A store in a directory, which is created with the first write. */
    public CibStore(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("cib.xml");
        this.digestFile = directory.resolve("cib.xml.sig");
        this.owner = FileOwner.ofClusterUser();
        this.backups = new CibBackups(directory, owner);
    }

    /**
     * Reads the CIB. A file that is damaged, is no CIB or does not fit its digest is kept aside,
     * and the youngest backup that is whole is used in its place, as for a file that is gone.
     *
     * @throws IOException if the directory cannot be read, or a damaged file cannot be kept or
     *     replaced
     */
    public Loaded load() throws IOException {
        events.clear();
        finishInterruptedWrite();
        Element cib = null;
        try {
            cib = readVerified(file, digestFile);
        } catch (NoSuchFileException missing) {
            log(Level.NOTICE, "No cluster configuration in " + file);
            cib = backups.youngestFirst().isEmpty() ? null : youngestBackup();
        } catch (DamagedFileException damaged) {
            Path kept = keepAside();
            log(
                    Level.ERROR,
                    "Not using "
                            + file
                            + ": "
                            + damaged.getMessage()
                            + ". It is kept in "
                            + kept
                            + ".");
            cib = youngestBackup();
        }
        if (cib != null && !Files.exists(file)) {
            store(cib); // as Pacemaker does: the backup has become the configuration
        }
        return new Loaded(cib, List.copyOf(events));
    }

    /**
     * Writes the CIB; it is durable when this returns. As in Pacemaker, the file has no status
     * section and {@code num_updates} is 0.
     *
     * @throws IOException with the system's reason; the old content is still there then
     */
    public void store(Element cib) throws IOException {
        Files.createDirectories(directory);
        Element onDisk = forDisk(cib);
        backups.archive(file, digestFile);
        Path newFile = pending(file);
        Path newDigest = pending(digestFile);
        CibTexts.Printed printed = texts.print(onDisk);
        write(newDigest, List.of(printed.digest().getBytes(StandardCharsets.US_ASCII)));
        write(newFile, printed.parts());
        DurableFiles.rename(newFile, file);
        DurableFiles.rename(newDigest, digestFile);
        DurableFiles.forceDirectory(directory);
    }

    private void write(Path path, List<byte[]> content) throws IOException {
        DurableFiles.writeForced(path, content);
        owner.give(path);
    }

    /**
     * A crash between the two renames leaves a new file beside an old digest. Pacemaker would take
     * that for damage and go back to the backup; the new digest is still there, so we go forward.
     */
    private void finishInterruptedWrite() throws IOException {
        Path newDigest = pending(digestFile);
        if (Files.exists(newDigest)) {
            try {
                readVerified(file, newDigest);
                DurableFiles.rename(newDigest, digestFile);
                DurableFiles.forceDirectory(directory);
                log(Level.NOTICE, "Completed the last write of " + file);
            } catch (NoSuchFileException | DamagedFileException notThatWrite) {
                Files.deleteIfExists(newDigest);
            }
        }
        Files.deleteIfExists(pending(file));
    }

    private @Nullable Element youngestBackup() throws IOException {
        for (Path backup : backups.youngestFirst()) {
            try {
                Element cib = readVerified(backup, DurableFiles.sibling(backup, ".sig"));
                log(
                        Level.WARNING,
                        "Using the last good backup " + backup + ", version " + version(cib) + ".");
                return cib;
            } catch (NoSuchFileException | DamagedFileException unusable) {
                log(Level.WARNING, "Not using backup " + backup + ": " + unusable.getMessage());
            }
        }
        log(Level.ERROR, "There is no good backup in " + directory + "; starting empty.");
        return null;
    }

    private Element readVerified(Path xml, Path digest) throws IOException, DamagedFileException {
        long size = Files.size(xml);
        if (size > FILE_BYTES_MAX) {
            throw new DamagedFileException(
                    "it has " + size + " bytes; a CIB has at most " + FILE_BYTES_MAX);
        }
        byte[] bytes = Files.readAllBytes(xml);
        if (bytes.length == 0) {
            throw new DamagedFileException("it is empty");
        }
        Element cib;
        try {
            cib = XmlParser.parseFile(bytes);
        } catch (XmlSyntaxException e) {
            throw new DamagedFileException("it is not XML (" + e.describe() + ")");
        }
        if (!cib.name().equals("cib")) {
            throw new DamagedFileException("it is no CIB but <" + cib.name() + ">");
        }
        String expected;
        try {
            expected = Files.readString(digest, StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException missing) {
            log(Level.WARNING, "No digest of " + xml + " in " + digest);
            return cib;
        }
        String actual = CibDigest.of(cib);
        if (!actual.equals(expected) && !CibDigest.ofPacemaker2(cib).equals(expected)) {
            throw new DamagedFileException(
                    "its digest is "
                            + actual
                            + ", and "
                            + digest.getFileName()
                            + " says "
                            + expected);
        }
        return cib;
    }

    private Path keepAside() throws IOException {
        Path aside =
                Files.createTempDirectory(
                        directory,
                        "cib.auto.",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        DurableFiles.rename(file, aside.resolve("cib.xml"));
        if (Files.exists(digestFile)) {
            DurableFiles.rename(digestFile, aside.resolve("cib.xml.sig"));
        }
        DurableFiles.forceDirectory(directory);
        return aside;
    }

    private static Element forDisk(Element cib) {
        return cib.with("num_updates", "0")
                .withChildren(
                        cib.children().stream()
                                .filter(child ->
                                        !(child instanceof Element e && e.name().equals("status")))
                                .toList());
    }

    private static String version(Element cib) {
        return cib.getOr("admin_epoch", "0") + "." + cib.getOr("epoch", "0") + ".0";
    }

    private static Path pending(Path path) {
        return DurableFiles.sibling(path, ".new");
    }

    private void log(Level level, String text) {
        events.add(new LogEvent(level, SUBSYSTEM, text));
    }

    private static final class DamagedFileException extends Exception {

        private static final long serialVersionUID = 1L;

        DamagedFileException(String message) {
            super(message);
        }
    }
}
