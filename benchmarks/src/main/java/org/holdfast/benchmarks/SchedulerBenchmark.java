package org.holdfast.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.scheduler.Decision;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.graph.GraphXml;
import org.holdfast.scheduler.model.Cluster;

/**
 * Times the scheduler as a daemon uses it: warm, one thread, CIB text in, graph out.
 *
 * <p>Arguments: how many runs to warm up, how many to measure, then files. Prints for each file the
 * median in milliseconds with its parts, the number of actions and the memory in use; then the
 * median of a run that follows a single new result.
 */
public final class SchedulerBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SchedulerBenchmark() {}

    /** Entry of the script {@code benchmarks/scheduler}. */
    public static void main(String[] args) throws IOException, XmlSyntaxException {
        int warmUps = Integer.parseInt(args[0]);
        int runs = Integer.parseInt(args[1]);
        for (String file : Arrays.asList(args).subList(2, args.length)) {
            byte[] text = Files.readAllBytes(Path.of(file));
            for (int i = 0; i < warmUps; i++) {
                measure(text);
            }
            Sample[] samples = new Sample[runs];
            for (int i = 0; i < runs; i++) {
                samples[i] = measure(text);
            }
            Arrays.sort(samples, (a, b) -> Long.compare(a.total(), b.total()));
            print(Path.of(file).getFileName().toString(), samples[runs / 2]);
            printUpdates(XmlParser.parseFile(text), warmUps, runs);
        }
    }

    /** Nanoseconds of the parts of one run. */
    private record Sample(
            long parse, long status, long decide, long print, long cpu, int actions, int synapses) {

        long total() {
            return parse + status + decide + print;
        }
    }

    private static Sample measure(byte[] text) throws XmlSyntaxException {
        long cpuBegin = THREADS.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        Element cib = XmlParser.parseFile(text);
        long parsed = System.nanoTime();
        Cluster cluster = Scheduler.status(ScheduleRequest.of(cib, 1_700_000_000L));
        long read = System.nanoTime();
        Decision decision = Scheduler.decide(cluster);
        long decided = System.nanoTime();
        Element graph = GraphXml.of(decision.graph());
        long printed = System.nanoTime();
        if (graph.children().size() != decision.graph().synapses().size()) {
            throw new IllegalStateException("graph is not complete");
        }
        return new Sample(
                parsed - begin,
                read - parsed,
                decided - read,
                printed - decided,
                THREADS.getCurrentThreadCpuTime() - cpuBegin,
                cluster.actions.size(),
                decision.graph().synapses().size());
    }

    /**
     * Times what follows a result of one resource: the new document shares all else with the old
     * one, and no text is read.
     */
    private static void printUpdates(Element cib, int warmUps, int runs) {
        Element current = cib;
        long[] nanos = new long[runs];
        for (int i = 0; i < warmUps + runs; i++) {
            long begin = System.nanoTime();
            current = withNewerResult(current, Integer.toString(i));
            Cluster cluster = Scheduler.status(ScheduleRequest.of(current, 1_700_000_000L));
            GraphXml.of(Scheduler.decide(cluster).graph());
            if (i >= warmUps) {
                nanos[i - warmUps] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-24s %9.1f ms from the new document to the graph%n",
                "  after one new result",
                nanos[runs / 2] / 1e6);
    }

    /** The document with another duration of the first result in it; unchanged if it has none. */
    private static Element withNewerResult(Element element, String duration) {
        if (element.name().equals("lrm_rsc_op")) {
            return element.with("exec-time", duration);
        }
        List<Node> children = element.children();
        for (int i = children.size() - 1; i >= 0; i--) {
            if (children.get(i) instanceof Element child && !child.name().equals("configuration")) {
                Element changed = withNewerResult(child, duration);
                if (changed != child) {
                    return element.replace(i, changed);
                }
            }
        }
        return element;
    }

    private static void print(String name, Sample sample) {
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                Locale.ROOT,
                "%-24s %9.1f ms (parse %.1f, status %.1f, decide %.1f, graph %.1f; thread %.1f) actions %d,"
                        + " graphed %d, memory %d MiB%n",
                name,
                sample.total() / 1e6,
                sample.parse / 1e6,
                sample.status / 1e6,
                sample.decide / 1e6,
                sample.print / 1e6,
                sample.cpu / 1e6,
                sample.actions,
                sample.synapses,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }
}
