package org.holdfast.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Runs programs of the machine and waits for conditions, each with a bound. */
final class Shell {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    /** What a program printed (both streams together) and how it ended. */
    record Outcome(int exitCode, String output) {

        Outcome orFail() {
            if (exitCode != 0) {
                throw new AssertionError("exit " + exitCode + ": " + output);
            }
            return this;
        }
    }

    private Shell() {}

    static Outcome run(List<String> command) {
        return run(COMMAND_TIMEOUT, command);
    }

    /** Runs a command that may take this long. */
    static Outcome run(Duration limit, List<String> command) {
        try {
            Path output = Files.createTempFile("interop", ".out");
            try {
                Process process =
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectInput(
                                        ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                                .redirectOutput(output.toFile())
                                .start();
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(
                            command + " did not end. So far: " + Files.readString(output));
                }
                return new Outcome(
                        process.exitValue(),
                        new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static Outcome run(String... command) {
        return run(List.of(command));
    }

    /** Waits until the condition holds; the failure shows what {@code evidence} says by then. */
    static Duration await(
            String what, Duration limit, BooleanSupplier condition, Supplier<String> evidence) {
        long started = System.nanoTime();
        long deadline = started + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        what + " did not happen within " + limit + ".\n" + evidence.get());
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
