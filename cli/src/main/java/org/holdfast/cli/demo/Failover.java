package org.holdfast.cli.demo;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * The crash of one node and what the others make of it, with the time of each step since the crash.
 */
final class Failover {

    /** Milliseconds after which the service should be back; far more than it should take. */
    private static final long TIMEOUT_MILLIS = 60_000;

    private static final long POLL_MILLIS = 5;

    private static final SequencedMap<String, Pattern> STEPS = new LinkedHashMap<>();

    static {
        // The first lines that the survivors' logs have for these, in the words of Corosync and
        // Pacemaker.
        STEPS.put(
                "failure seen",
                Pattern.compile(
                        "(?i)nobody listens on node|token .*(lost|not received|timed out|timeout)"
                                + "|processor .*failed|gather"));
        STEPS.put("new ring", Pattern.compile("(?i)a new membership"));
        STEPS.put(
                "decision", Pattern.compile("(?i)transition [0-9]+ planned|calculated transition"));
        STEPS.put(
                "start",
                Pattern.compile("(?i)result of start (operation )?for " + Demo.WEB + "\\b"));
    }

    /**
     * How it went.
     *
     * @param survivor the node that answered first; empty if none did in time
     * @param millis milliseconds from the crash to each step; steps that were not seen are missing
     */
    record Outcome(String survivor, SequencedMap<String, Long> millis) {}

    private Failover() {}

    /** Crashes a node and waits for the service to answer from another. */
    static Outcome run(
            DemoNode victim,
            Runnable disconnect,
            List<DemoNode> survivors,
            WebProbe probe,
            DemoView view)
            throws IOException, InterruptedException {
        try (LogWatch watch = new LogWatch(STEPS)) {
            for (DemoNode survivor : survivors) {
                watch.follow(survivor.name(), survivor.log());
            }
            long crashNanos = System.nanoTime();
            victim.crash();
            disconnect.run();
            SequencedMap<String, Long> millis = new LinkedHashMap<>();
            SequencedMap<String, Pattern> open = new LinkedHashMap<>(STEPS);
            String answering = "";
            while (answering.isEmpty() && since(crashNanos) < TIMEOUT_MILLIS) {
                report(open, watch, crashNanos, millis, view);
                String node = probe.servingNode();
                if (node.isEmpty() || node.equals(victim.name())) {
                    Thread.sleep(POLL_MILLIS);
                } else {
                    answering = node;
                }
            }
            long answered = since(crashNanos);
            report(open, watch, crashNanos, millis, view);
            if (!answering.isEmpty()) {
                millis.put("first answer", answered);
                view.line(line(answered, "first HTTP answer, from " + answering));
            }
            return new Outcome(answering, millis);
        }
    }

    private static void report(
            SequencedMap<String, Pattern> open,
            LogWatch watch,
            long crashNanos,
            SequencedMap<String, Long> millis,
            DemoView view) {
        for (String name : List.copyOf(open.keySet())) {
            LogWatch.Sighting sighting = watch.first(name);
            if (sighting == null) {
                return; // keep the order of the steps
            }
            open.remove(name);
            long after = (sighting.atNanos() - crashNanos) / 1_000_000;
            millis.put(name, after);
            view.line(line(after, describe(name) + " (" + sighting.node() + ")"));
        }
    }

    private static String describe(String name) {
        return switch (name) {
            case "failure seen" -> "failure seen";
            case "new ring" -> "new ring of the nodes that are left";
            case "decision" -> "decision: what must run where";
            case "start" -> "web server started";
            default -> name;
        };
    }

    private static String line(long millis, String text) {
        return "          + %5d ms  %s".formatted(millis, text);
    }

    private static long since(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
