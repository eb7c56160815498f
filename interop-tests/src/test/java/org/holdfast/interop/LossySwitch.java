package org.holdfast.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The switch of {@code lossyswitch.c}, run in the switch's network namespace. */
final class LossySwitch implements AutoCloseable {

    private final Process process;
    private final Writer commands;
    private final int nodes;

    private LossySwitch(Process process, int nodes) {
        this.process = process;
        this.commands = process.outputWriter();
        this.nodes = nodes;
    }

    static LossySwitch start(String namespace, Path home, int nodes, long seed) throws IOException {
        Path program = home.resolve("lossyswitch");
        compile("lossyswitch.c", program);
        List<String> command =
                new ArrayList<>(
                        List.of("ip", "netns", "exec", namespace, program.toString(), "" + seed));
        for (int i = 1; i <= nodes; i++) {
            command.add("pn" + i);
        }
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        if (!"ready".equals(process.inputReader().readLine())) {
            throw new AssertionError("the switch did not start");
        }
        return new LossySwitch(process, nodes);
    }

    /** Compiles one of the tests' C programs. */
    static void compile(String source, Path program, String... libraries) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "cc",
                                "-O2",
                                "-o",
                                program.toString(),
                                Path.of("src/test/c", source).toAbsolutePath().toString()));
        command.addAll(List.of(libraries));
        Shell.run(command).orFail();
    }

    /** What happens to every frame: chances in percent, delays in microseconds. */
    record Quality(int loss, int duplication, int reordering, int delayMin, int delayMax) {
        static final Quality GOOD = new Quality(0, 0, 0, 0, 0);
    }

    void setQuality(Quality quality) {
        command(
                "q %d %d %d %d %d"
                        .formatted(
                                quality.loss(),
                                quality.duplication(),
                                quality.reordering(),
                                quality.delayMin(),
                                quality.delayMax()));
    }

    /** Cuts one direction between two nodes, numbered from 1, or mends it. */
    void setCut(int from, int to, boolean cut) {
        command("c %d %d %d".formatted(from, to, cut ? 1 : 0));
    }

    void mendAll() {
        for (int from = 1; from <= nodes; from++) {
            for (int to = 1; to <= nodes; to++) {
                setCut(from, to, false);
            }
        }
    }

    private void command(String line) {
        try {
            commands.write(line + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
