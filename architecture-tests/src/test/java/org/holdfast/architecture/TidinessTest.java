package org.holdfast.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Source files stay small enough to be held in the head, and packages say what they are for. */
class TidinessTest {

    private static final int LINES_MAX = 600;

    /** Files that are still too long, with their length. The list may only shrink. */
    private static final Map<String, Integer> TOO_LONG = Map.of();

    @Test
    void noSourceFileIsLongerThanTheLimit() {
        Map<String, Long> found = new TreeMap<>();
        for (Path file : sources()) {
            long lines = lines(file);
            String name = root().relativize(file).toString();
            if (lines > TOO_LONG.getOrDefault(name, LINES_MAX)) {
                found.put(name, lines);
            }
        }
        assertThat(found).as("files above %d lines", LINES_MAX).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        List<Path> silent =
                sources().stream()
                        .map(Path::getParent)
                        .distinct()
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                        .toList();
        assertThat(silent).as("packages without package-info.java").isEmpty();
    }

    private static List<Path> sources() {
        try (Stream<Path> modules = Files.list(root())) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(TidinessTest::javaFiles)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The project's root: Surefire runs in the module's folder. */
    private static Path root() {
        return Path.of("..").toAbsolutePath().normalize();
    }
}
