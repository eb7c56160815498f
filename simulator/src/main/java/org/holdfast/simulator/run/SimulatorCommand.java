package org.holdfast.simulator.run;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.holdfast.simulator.Probe;
import org.holdfast.simulator.Trace;
import org.holdfast.simulator.run.Simulation.Layer;
import org.holdfast.simulator.run.Simulation.Result;
import org.jspecify.annotations.Nullable;

/**
 * {@code holdfast simulate}: plays one seed with its story, or many and counts.
 *
 * <p>{@code --seed N} tells one run; {@code --seeds N [--from F]} plays N seeds from F on, by
 * default from a fresh one. Each seed is played on the ring alone and on whole nodes, or on the one
 * that {@code --layer ring|large|whole} names ({@code large}: rings of 8 to 32 nodes).
 */
public final class SimulatorCommand {

    private static final int EXIT_FAILED = 1;
    private static final int EXIT_USAGE = 64;

    private final PrintStream out;
    private final PrintStream err;
    private final LongSupplier clockNanos;

    /**
     * Makes the command.
     *
     * @param clockNanos a real clock, for seeds a second and for fresh seeds
     */
    public SimulatorCommand(PrintStream out, PrintStream err, LongSupplier clockNanos) {
        this.out = out;
        this.err = err;
        this.clockNanos = clockNanos;
    }

    /** Runs it; answers the exit code: 0 all passed, 1 some failed, 64 wrong arguments. */
    public int run(List<String> arguments) {
        Long seed = null;
        Long seeds = null;
        Long from = null;
        List<Layer> layers = List.of(Layer.RING, Layer.WHOLE);
        for (int i = 0; i < arguments.size(); i += 2) {
            if (i + 1 < arguments.size() && arguments.get(i).equals("--layer")) {
                switch (arguments.get(i + 1)) {
                    case "ring" -> layers = List.of(Layer.RING);
                    case "large" -> layers = List.of(Layer.LARGE);
                    case "whole" -> layers = List.of(Layer.WHOLE);
                    default -> {
                        return usage();
                    }
                }
                continue;
            }
            Long value = i + 1 < arguments.size() ? number(arguments.get(i + 1)) : null;
            if (value == null) {
                return usage();
            }
            switch (arguments.get(i)) {
                case "--seed" -> seed = value;
                case "--seeds" -> seeds = value;
                case "--from" -> from = value;
                default -> {
                    return usage();
                }
            }
        }
        if (seed != null && seeds == null && from == null) {
            int exit = 0;
            for (Layer layer : layers) {
                exit = Math.max(exit, one(seed, layer));
            }
            return exit;
        }
        if (seed == null && seeds != null && seeds > 0) {
            return many(from != null ? from : clockNanos.getAsLong() & 0xFFFF_FFFFL, seeds, layers);
        }
        return usage();
    }

    private static @Nullable Long number(String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private int usage() {
        err.println(
                "usage: holdfast simulate --seed N | --seeds N [--from F] [--layer ring|large|whole]");
        return EXIT_USAGE;
    }

    private int one(long seed, Layer layer) {
        Result result = Simulation.run(seed, layer, Trace.to(out::println));
        report(result);
        if (result.failure() != null) {
            result.failure().printStackTrace(err);
        }
        out.printf(
                "seed %d: %s after %.1f simulated seconds, %d events%n",
                seed,
                result.passed() ? "passed" : "FAILED: " + result.failure(),
                result.simulatedNanos() / 1e9,
                result.events());
        return result.passed() ? 0 : EXIT_FAILED;
    }

    private void report(Result result) {
        result.probe().counts().forEach((name, count) -> out.printf("%12d %s%n", count, name));
    }

    private int many(long from, long count, List<Layer> layers) {
        long start = clockNanos.getAsLong();
        long simulated = 0;
        int failed = 0;
        Probe probe = new Probe();
        for (long seed = from; seed < from + count; seed++) {
            for (Layer layer : layers) {
                Result result = Simulation.run(seed, layer, Trace.off());
                simulated += result.simulatedNanos();
                probe.add(result.probe());
                if (!result.passed()) {
                    failed++;
                    String name = layer.name().toLowerCase(Locale.ROOT);
                    out.printf("seed %d (%s) FAILED: %s%n", seed, name, result.failure());
                    out.printf(
                            "  repeat with: holdfast simulate --seed %d --layer %s%n", seed, name);
                }
            }
        }
        double seconds = (clockNanos.getAsLong() - start) / 1e9;
        probe.counts().forEach((name, times) -> out.printf("%12d %s%n", times, name));
        out.printf(
                "%d seeds from %d in %.1f s (%.0f a second), %.2f simulated hours, %d failed%n",
                count, from, seconds, count / seconds, simulated / 3.6e12, failed);
        return failed == 0 ? 0 : EXIT_FAILED;
    }
}
