package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Clients of three daemons with a CIB of 10 MB that send what nobody should: each is told why it is
 * refused, an honest client beside them goes on, no daemon ends, its memory stays within its
 * bounds, and the CIB is what it was, on every node.
 */
@Tag("interop")
class HostileClientsTest {

    private static final Duration START = Duration.ofSeconds(90);

    /** What one hostile call may take; the daemon waits up to 10 s for other large inputs. */
    private static final Duration CALL = Duration.ofSeconds(120);

    private static final long HONEST_NANOS_MAX = Duration.ofSeconds(10).toNanos();
    private static final int HOSTILE_THREADS = 3;
    private static final int HEAP_MIB = 2_048;

    /** The heap, what Java needs beside it, and the heap's pages counted twice by ZGC. */
    private static final int RESIDENT_MIB_MAX = 2 * HEAP_MIB + 1_024;

    private static final List<String> ON_DOCUMENTS =
            List.of(
                    "cibadmin -R -x %s",
                    "cibadmin -M -o status -x %s",
                    "cibadmin -C -o resources -p < %s",
                    "cibadmin -P -p < %s");

    private static final List<String> ON_PATHS =
            List.of(
                    "cibadmin -Q -A \"%s\"",
                    "cibadmin -Q -e -A \"%s\"",
                    "cibadmin -d -f -A \"%s\"",
                    "cibadmin -R -X '<template id=\"none\"/>' -A \"%s\"");

    private static final List<String> PATHS =
            List.of(
                    "//*[//*[//*]]",
                    "//*[following::*[@id='none']]",
                    "//*[count(//*) > 5]",
                    "//*[@id = //*/@name]",
                    "//*[string(/) = 'x']",
                    "//*[sum(//@value) > 5]",
                    "//*[contains(concat(//@id,//@name,//@id),'x')]",
                    "//node()/ancestor-or-self::node()/descendant-or-self::node()",
                    "//*[translate(normalize-space(concat(@id,@value,@id)),'abc','cba')=//*/@id]");

    /** As the tools ask; to be answered whatever the others do. */
    private static final List<String> HONEST =
            List.of(
                    "crm_attribute -n honest -v %d -l reboot -N n2",
                    "crm_attribute -n honest -q -G -l reboot -N n2",
                    "cibadmin -Q -A \"//nvpair[@id='p-f']\"",
                    "cibadmin -Q -A \"//template[@id='t77']/meta_attributes\"");

    private static NamespaceCluster cluster;
    private static HostileDocuments documents;

    @BeforeAll
    static void up() throws IOException {
        cluster = new NamespaceCluster(3, 1000);
        documents = new HostileDocuments(cluster.home("n1").resolve("run"));
        for (String node : cluster.nodes()) {
            cluster.inNode(
                            node,
                            "sh",
                            "-c",
                            "JAVA_TOOL_OPTIONS=-Xmx"
                                    + HEAP_MIB
                                    + "m "
                                    + cluster.commands()
                                    + "/holdfastd >> /var/log/holdfastd.out 2>&1 &")
                    .orFail();
        }
        Shell.await(
                "a quorate ring of three",
                START,
                () -> command("n1", "crm_mon -1").output().contains("Online: [ n1 n2 n3 ]"),
                () -> cluster.log("n1"));
        Files.writeString(cluster.home("n1").resolve("run/sound.xml"), HostileDocuments.cib());
        command("n1", "cibadmin -R -x /run/sound.xml").orFail();
        Shell.await(
                "the CIB on all nodes",
                START,
                () -> configuration("n3").equals(configuration("n1")),
                () -> cluster.log("n3"));
    }

    @AfterAll
    static void down() {
        cluster.close();
    }

    private static Shell.Outcome command(String node, String line) {
        return cluster.inNode(node, "sh", "-c", cluster.commands() + "/" + line);
    }

    private static String configuration(String node) {
        return command(node, "cibadmin -Q -o configuration").orFail().output();
    }

    private static String daemon(String node) {
        return cluster.inNode(node, "pgrep", "-f", "-x", ".*bin/java.*holdfastd.*").output();
    }

    /** The most that the daemon has ever had in memory, in MiB. */
    private static int residentMib(String node) {
        String status =
                cluster.inNode(node, "sh", "-c", "grep -h VmHWM /proc/[0-9]*/status").output();
        Matcher sizes = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(status);
        int max = 0;
        while (sizes.find()) {
            max = Math.max(max, Integer.parseInt(sizes.group(1)) >> 10);
        }
        return max;
    }

    private static List<String> hostileLines() {
        List<String> lines = new ArrayList<>();
        documents
                .names()
                .forEach(name ->
                        ON_DOCUMENTS.forEach(line -> lines.add(line.formatted("/run/" + name))));
        PATHS.forEach(path -> ON_PATHS.forEach(line -> lines.add(line.formatted(path))));
        return lines;
    }

    @Test
    void theyAreToldWhyAndNobodyElseNotices() throws InterruptedException {
        List<String> daemons = cluster.nodes().stream().map(HostileClientsTest::daemon).toList();
        String before = configuration("n1");
        List<String> complaints = Collections.synchronizedList(new ArrayList<>());
        List<Long> honest = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean done = new AtomicBoolean();
        Thread honestClient = Thread.ofPlatform().start(() -> runHonest(done, honest, complaints));
        runHostile(complaints);
        done.set(true);
        honestClient.join();

        Collections.sort(honest);
        System.out.printf(
                "%d hostile calls; %d honest ones beside them, ms: median %d, 99th percentile %d,"
                        + " longest %d%n",
                hostileLines().size(),
                honest.size(),
                honest.get(honest.size() / 2) / 1_000_000,
                honest.get(honest.size() * 99 / 100) / 1_000_000,
                honest.getLast() / 1_000_000);
        for (String node : cluster.nodes()) {
            System.out.println(node + " at most " + residentMib(node) + " MiB resident");
        }
        assertThat(complaints).isEmpty();
        assertThat(cluster.nodes().stream().map(HostileClientsTest::daemon)).isEqualTo(daemons);
        for (String node : cluster.nodes()) {
            Shell.await(
                    "the CIB as it was on " + node,
                    START,
                    () -> configuration(node).equals(before),
                    () -> cluster.log(node));
            assertThat(residentMib(node)).isLessThan(RESIDENT_MIB_MAX);
        }
        assertThat(honest.getLast()).isLessThan(HONEST_NANOS_MAX);
    }

    private static void runHonest(AtomicBoolean done, List<Long> times, List<String> complaints) {
        for (int i = 0; !done.get(); i++) {
            String line = HONEST.get(i % HONEST.size()).formatted(i);
            long begin = System.nanoTime();
            Shell.Outcome outcome = command(i % 2 == 0 ? "n1" : "n2", line);
            times.add(System.nanoTime() - begin);
            if (outcome.exitCode() != 0) {
                complaints.add("honest " + line + ": " + outcome);
            }
        }
    }

    private static void runHostile(List<String> complaints) throws InterruptedException {
        List<String> lines = hostileLines();
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < HOSTILE_THREADS; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int k = next.getAndIncrement();
                                        k < lines.size();
                                        k = next.getAndIncrement()) {
                                    complaints.addAll(hostile(lines.get(k)));
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** What is wrong with how a hostile call ended. */
    private static List<String> hostile(String line) {
        long begin = System.nanoTime();
        Shell.Outcome outcome;
        try {
            outcome = command("n1", line);
        } catch (AssertionError e) {
            return List.of(line + ": " + e.getMessage());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        String first = outcome.output().lines().findFirst().orElse("");
        System.out.printf(
                "%6d ms %4d  %s: %s%n",
                took.toMillis(),
                outcome.exitCode(),
                line,
                first.length() > 160 ? first.substring(0, 160) : first);
        if (outcome.exitCode() == 0 || first.isBlank() || took.compareTo(CALL) > 0) {
            return List.of(line + " took " + took + ": " + outcome.exitCode() + " " + first);
        }
        return List.of();
    }
}
