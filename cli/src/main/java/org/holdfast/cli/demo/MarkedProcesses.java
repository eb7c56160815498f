package org.holdfast.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes of one demo node: all that carry its mark in their environment, which children
 * inherit. So a crash of the node takes along what the node had started, as a machine's crash does.
 */
final class MarkedProcesses {

    /** The variable that marks a node's processes; its value is the node's root directory. */
    static final String VARIABLE = "HOLDFAST_DEMO_NODE";

    private static final Path PROC = Path.of("/proc");
    private static final int KILL_ROUNDS_MAX = 100;

    private MarkedProcesses() {}

    /** The living processes whose mark is this root or lies below it. */
    static List<ProcessHandle> find(Path root) {
        byte[] mark = (VARIABLE + "=" + root).getBytes(StandardCharsets.UTF_8);
        List<ProcessHandle> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(PROC)) {
            entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .filter(name -> hasMark(PROC.resolve(name).resolve("environ"), mark))
                    .forEach(name -> ProcessHandle.of(Long.parseLong(name)).ifPresent(found::add));
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    private static boolean hasMark(Path environ, byte[] mark) {
        byte[] content;
        try {
            content = Files.readAllBytes(environ);
        } catch (IOException e) {
            return false; // another user's process, or one that has just ended
        }
        int start = 0;
        for (int i = 0; i <= content.length; i++) {
            if (i == content.length || content[i] == 0) {
                if (startsWith(content, start, i, mark)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    /** Whether the variable is the mark, or the mark and a path below it. */
    private static boolean startsWith(byte[] content, int from, int to, byte[] mark) {
        if (to - from < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (content[from + i] != mark[i]) {
                return false;
            }
        }
        return to - from == mark.length || content[from + mark.length] == '/';
    }

    /** Kills them all with SIGKILL, again until none is left. */
    static void kill(Path root) {
        for (int round = 0; round < KILL_ROUNDS_MAX; round++) {
            List<ProcessHandle> alive = find(root).stream().filter(ProcessHandle::isAlive).toList();
            if (alive.isEmpty()) {
                return;
            }
            alive.forEach(ProcessHandle::destroyForcibly);
            Thread.onSpinWait();
        }
    }
}
