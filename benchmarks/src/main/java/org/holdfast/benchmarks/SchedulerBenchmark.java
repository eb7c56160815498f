package org.holdfast.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.holdfast.cib.document.Element;
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
 * median in milliseconds with its parts, the number of actions and the memory in use.
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
