package org.holdfast.interop;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Follows one load member's log: who it is and whom it sees now. */
final class LogTail {

    private final Path file;
    private long read;
    private String rest = "";
    private String process = "";
    private Set<String> view = Set.of();
    private long views;

    LogTail(Path file) {
        this.file = file;
    }

    /** Reads what has been written since. */
    void update() {
        if (!Files.exists(file)) {
            return;
        }
        try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) (input.length() - read)];
            input.seek(read);
            input.readFully(bytes);
            read += bytes.length;
            String text = rest + new String(bytes, StandardCharsets.US_ASCII);
            int end = text.lastIndexOf('\n') + 1;
            rest = text.substring(end);
            text.substring(0, end).lines().forEach(this::take);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(String line) {
        String[] words = line.split(" ");
        if (words[0].equals("I") && words.length == 4) {
            process = words[1] + ":" + words[2];
            view = Set.of();
        } else if (words[0].equals("V")) {
            List<String> all = Arrays.asList(words);
            view = new TreeSet<>(all.subList(1, all.indexOf("-")));
            views++;
        }
    }

    /** Node and process id of the member's present life; empty before the first. */
    String process() {
        return process;
    }

    /** The group's members as it sees them. */
    Set<String> view() {
        return view;
    }

    /** How often the members have changed. */
    long views() {
        return views;
    }
}
