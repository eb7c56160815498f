package org.holdfast.cli.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What the user sees: lines that tell what happens, one under the other, and in a terminal below
 * them a picture of the cluster that is drawn again and again. Thread-safe.
 */
final class DemoView {

    private static final String ERASE_BELOW = "\033[J";
    private static final String BOLD = "\033[1m";
    private static final String GREEN = "\033[32m";
    private static final String RED = "\033[31m";
    private static final String DIM = "\033[2m";
    private static final String PLAIN = "\033[0m";

    private final PrintStream out;
    private final boolean terminal;
    private final long startNanos = System.nanoTime();
    private List<String> picture = List.of();

    /**
     * A view.
     *
     * @param terminal whether to draw the picture
     */
    DemoView(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A line with the time since the demo's start. */
    synchronized void step(String text) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        line("[%5.1f s] %s".formatted(seconds, text));
    }

    /** A line as it is. */
    synchronized void line(String text) {
        erase();
        out.println(text);
        draw();
    }

    /** A command that is being run, as the user could type it. */
    synchronized void command(String text) {
        line(terminal ? "          " + BOLD + "$ " + text + PLAIN : "          $ " + text);
    }

    /** Shows the cluster as it is now. */
    synchronized void show(
            ClusterState state, SequencedMap<String, Boolean> nodes, String serving) {
        if (!terminal) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                "  ring %s   quorum %s   controller %s"
                        .formatted(
                                state.ring().isEmpty() ? "-" : state.ring(),
                                state.quorate() ? GREEN + "yes" + PLAIN : RED + "no" + PLAIN,
                                state.dc().isEmpty() ? "-" : state.dc()));
        nodes.forEach((name, running) -> lines.add(nodeLine(state, name, running)));
        lines.add(
                serving.isEmpty()
                        ? "  service " + RED + "no answer" + PLAIN
                        : "  service " + GREEN + "served by " + serving + PLAIN);
        erase();
        picture = lines;
        draw();
    }

    private static String nodeLine(ClusterState state, String name, boolean running) {
        String status;
        if (!running) {
            status = RED + "down     " + PLAIN;
        } else if (state.online().contains(name)) {
            status = GREEN + "online   " + PLAIN;
        } else if (state.members().contains(name)) {
            status = "joining  ";
        } else {
            status = DIM + "starting " + PLAIN;
        }
        List<String> active = new ArrayList<>();
        for (Map.Entry<String, List<String>> resource : state.resources().entrySet()) {
            if (resource.getValue().contains(name) && running) {
                active.add(resource.getKey());
            }
        }
        return "  %-7s %s %s".formatted(name, status, String.join(" ", active));
    }

    /** Takes the picture away, at the end. */
    synchronized void finish() {
        erase();
        picture = List.of();
        out.flush();
    }

    private void erase() {
        if (!picture.isEmpty()) {
            out.print("\033[" + picture.size() + "A\r" + ERASE_BELOW);
        }
    }

    private void draw() {
        picture.forEach(out::println);
        out.flush();
    }
}
