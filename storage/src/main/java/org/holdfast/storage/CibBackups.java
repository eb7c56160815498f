package org.holdfast.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The last hundred versions of the CIB: hard links {@code cib-N.raw}, N going round. */
final class CibBackups {

    /** As Pacemaker: numbers 0 to 99. */
    private static final int NUMBERS = 100;

    private final Path directory;
    private final FileOwner owner;

    /** The number of the next backup; -1 until it has been read. */
    private int next = -1;

    private record Dated(Path path, FileTime changed) {}

    CibBackups(Path directory, FileOwner owner) {
        this.directory = directory;
        this.owner = owner;
    }

    /** Links the present files as the next backup; nothing happens if there are none. */
    void archive(Path file, Path digest) throws IOException {
        int number = next();
        Path backup = directory.resolve("cib-" + number + ".raw");
        Path backupDigest = DurableFiles.sibling(backup, ".sig");
        Files.deleteIfExists(backup);
        Files.deleteIfExists(backupDigest);
        try {
            Files.createLink(backup, file);
            Files.createLink(backupDigest, digest);
        } catch (NoSuchFileException first) {
            // Before the first write there is nothing to keep; Pacemaker counts it all the same.
        }
        int following = number + 1 >= NUMBERS ? 0 : number + 1;
        writeCounter(following);
        next = following;
    }

    /**
     * Without truncation to nothing first, for which the file system would free and take a block.
     */
    private void writeCounter(int number) throws IOException {
        byte[] text = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel =
                FileChannel.open(counter(), StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            long before = channel.size();
            channel.write(ByteBuffer.wrap(text), 0);
            if (before > text.length) {
                channel.truncate(text.length);
            } else if (before == 0) {
                owner.give(counter());
            }
        }
    }

    private Path counter() {
        return directory.resolve("cib.last");
    }

    private int next() throws IOException {
        return next >= 0 ? next : counted().orElse(0);
    }

    /** The number of the next backup as its file has it, if it has. */
    private OptionalInt counted() throws IOException {
        try {
            String text = Files.readString(counter(), StandardCharsets.ISO_8859_1).strip();
            int number = Integer.parseInt(text);
            return number >= 0 && number < NUMBERS ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NoSuchFileException | NumberFormatException unknown) {
            return OptionalInt.empty();
        }
    }

    /**
     * All backups, the youngest first: by their numbers back from the counter, which a copy of the
     * directory keeps, or where the counter is gone by the time when they became backups.
     */
    List<Path> youngestFirst() throws IOException {
        List<Dated> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path path : files.sorted().toList()) {
                String name = String.valueOf(path.getFileName());
                if (name.startsWith("cib-")
                        && !name.endsWith(".sig")
                        && Files.isRegularFile(path)) {
                    // A file's own time is older: the link changed it when the backup was made.
                    FileTime changed = (FileTime) Files.getAttribute(path, "unix:ctime");
                    found.add(new Dated(path, changed));
                }
            }
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        }
        found.sort(Comparator.comparing(Dated::changed).reversed());
        OptionalInt counter = counted();
        if (counter.isPresent()) {
            int following = counter.getAsInt();
            found.sort(Comparator.comparingInt(backup -> age(backup.path, following)));
        }
        return found.stream().map(Dated::path).toList();
    }

    /** How many backups have been made since this one; {@link #NUMBERS} for other files. */
    private static int age(Path backup, int following) {
        String name = String.valueOf(backup.getFileName());
        try {
            int number =
                    Integer.parseInt(
                            name.substring("cib-".length(), name.length() - ".raw".length()));
            return Math.floorMod(following - 1 - number, NUMBERS);
        } catch (NumberFormatException | StringIndexOutOfBoundsException another) {
            return NUMBERS;
        }
    }
}
