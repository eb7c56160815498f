package org.holdfast.node.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.holdfast.cibxml.schema.EngineSchemas;
import org.holdfast.kernel.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random damage at every door. The property {@code holdfast.badinput.count} says how many inputs
 * (400 if not given), {@code holdfast.badinput.seed} with which to begin, {@code
 * holdfast.badinput.door} limits it to doors whose name has that in it. {@code scripts/bad-input}
 * runs as many as one likes with a table of the results.
 */
class BadInputTest {

    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int FAILURES_MAX = 40;

    private static final List<String> LINES =
            List.of(
                    "CIB_file=CIB cibadmin -C -x BAD",
                    "CIB_file=CIB cibadmin -C -o resources -X TEXT",
                    "CIB_file=CIB cibadmin -M -c -p",
                    "CIB_file=CIB cibadmin -M -o configuration -x BAD",
                    "CIB_file=CIB cibadmin -R -x BAD",
                    "CIB_file=CIB cibadmin -R -o status -p",
                    "CIB_file=CIB cibadmin -D -x BAD",
                    "CIB_file=CIB cibadmin -d -o all -X TEXT",
                    "CIB_file=CIB cibadmin -P -x BAD",
                    "CIB_file=BAD cibadmin -Q",
                    "CIB_file=BAD cibadmin -U -f",
                    "CIB_file=BAD cibadmin -B",
                    "CIB_file=BAD cibadmin -M -x CIB",
                    "CIB_file=BAD cibadmin -E -f",
                    "CIB_file=BAD crm_attribute -n a -v b",
                    "CIB_file=BAD crm_resource --ban -r A -N n1",
                    "CIB_file=BAD crm_resource --why",
                    "CIB_file=BAD crm_resource -L",
                    "CIB_file=BAD crm_mon -1 -A -f -o -n -R",
                    "CIB_file=BAD crm_mon -1 --output-as=xml",
                    "CIB_file=BAD crm_rule -c -r r",
                    "CIB_file=BAD crm_ticket -L -D",
                    "CIB_file=BAD crm_node -l",
                    "CIB_file=BAD CIB_user=joe cibadmin -Q",
                    "CIB_file=BAD CIB_user=joe cibadmin -M -c -o resources -x CIB",
                    "CIB_file=BAD CIB_user=joe cibadmin -Q --show-access=text",
                    "CIB_file=BAD cibadmin -d -A //nvpair[@name]",
                    "CIB_file=CIB cibadmin -M -A //primitive -x BAD",
                    "CIB_file=CIB cibadmin -R -A //primitive -X TEXT",
                    "CIB_file=BAD crm_attribute -n a -G -t status -N n1",
                    "CIB_file=BAD crm_attribute -n a -v b -s x -z -t nodes -N n1",
                    "CIB_file=BAD crm_failcount -G -r A -N n1",
                    "CIB_file=BAD crm_failcount -D -r A -N n1",
                    "CIB_file=BAD crm_standby -v on -N n1",
                    "CIB_file=BAD crm_master -v 5 -r A -N n1",
                    "CIB_file=BAD crm_node -R n1 -f",
                    "CIB_file=BAD crm_resource -r A -W",
                    "CIB_file=BAD crm_resource -r A -q",
                    "CIB_file=BAD crm_resource -r A -g fake",
                    "CIB_file=BAD crm_resource -r A -p fake -v TEXT",
                    "CIB_file=BAD crm_resource -r A -m -p target-role -v Stopped",
                    "CIB_file=BAD crm_resource -r A --digests -N n1",
                    "CIB_file=BAD crm_resource -r A -A",
                    "CIB_file=BAD crm_resource -O --output-as=xml",
                    "CIB_file=BAD crm_resource -r A --move -N n1",
                    "CIB_file=BAD crm_resource -r A --clear",
                    "CIB_file=BAD crm_resource -r A -C",
                    "CIB_file=BAD crm_resource -D -r A -t primitive",
                    "CIB_file=BAD crm_ticket -t T1 -g --force",
                    "CIB_file=BAD crm_ticket -t T1 -q",
                    "CIB_file=BAD crm_ticket -t T1 -S a -v b",
                    "CIB_file=BAD stonith_admin -l n1",
                    "CIB_file=BAD crm_mon -1 --output-as=html",
                    "CIB_file=BAD crm_simulate -L -S",
                    "CIB_shadow=s CIB_shadow_dir=/tmp cibadmin -Q",
                    "CIB_shadow=s CIB_shadow_dir=/tmp cibadmin -M -c -x CIB",
                    "CIB_file=CIB CIB_shadow=s CIB_shadow_dir=/tmp crm_shadow -d",
                    "CIB_file=CIB CIB_shadow_dir=/tmp crm_shadow -C s -f -b",
                    "CIB_file=CIB CIB_shadow_dir=/tmp crm_shadow -C s -f --output-as=xml",
                    "CIB_file=BAD CIB_shadow_dir=/tmp crm_shadow -c t -f -b",
                    "CIB_file=BAD CIB_shadow_dir=/tmp crm_shadow -r s -f -b",
                    "iso8601 -d DATE",
                    "iso8601 -p DATE",
                    "iso8601 -D DATE",
                    "crm_error TEXT",
                    "crm_simulate -x /tmp/bad.bz2 -S",
                    "crm_simulate -x BAD -S -t DATE",
                    "crm_simulate -x BAD -S -i TEXT -F TEXT -u TEXT",
                    "crm_simulate -x BAD -R -I a -O b -G c -D d",
                    "explain -x BAD A",
                    "crm_verify -x BAD -V",
                    "crm_verify -p --output-as=xml",
                    "crm_verify -X TEXT",
                    "crm_simulate -x BAD -S -Q",
                    "crm_simulate -x BAD -s -U",
                    "crm_diff -o CIB -n BAD",
                    "crm_diff -o BAD -n CIB --no-version",
                    "crm_diff -o CIB -p BAD",
                    "crm_diff -O TEXT -N TEXT",
                    "crm_rule -c -r r -X TEXT",
                    "cibadmin --md5-sum -x BAD",
                    "cibadmin --md5-sum-versioned -p",
                    "pcs -f BAD status",
                    "pcs -f BAD config",
                    "pcs -f BAD resource create N ocf:pacemaker:Dummy --force",
                    "pcs -f BAD constraint location A prefers n1",
                    "pcs -f BAD property set a=b --force");

    @TempDir private Path directory;

    private static final class Tally {
        final SortedMap<String, Integer> outcomes = new TreeMap<>();
        long nanos;
        long nanosMax;
        long slowestSeed;
    }

    private Map<String, Door> doors() {
        Map<String, Door> doors = new LinkedHashMap<>();
        EngineSchemas schemas = new EngineSchemas();
        LINES.forEach(line -> doors.put(line, new OfflineDoor(line)));
        doors.put(
                "live cibadmin",
                new LiveDoor(
                        List.of(
                                "cibadmin -C -o resources -x BAD",
                                "cibadmin -M -c -x BAD",
                                "cibadmin -M -o status -x BAD",
                                "cibadmin -R -x BAD",
                                "cibadmin -R -o configuration -X TEXT",
                                "cibadmin -D -x BAD",
                                "cibadmin -P -x BAD",
                                "cibadmin -U -f",
                                "pcs -f BAD status",
                                "crm_attribute -n a -v TEXT",
                                "crm_attribute -n TEXT -v b -t status -N n1",
                                "crm_resource -r TEXT --cleanup",
                                "pcs property set a=TEXT --force"),
                        schemas));
        doors.put(
                "frames",
                new FramesDoor(
                        List.of(
                                "cibadmin -M -c -p",
                                "cibadmin -R -x f",
                                "cibadmin -C -o resources -X TEXT",
                                "cibadmin -Q -A TEXT",
                                "crm_mon -1",
                                "crm_attribute -n TEXT -v TEXT",
                                "crm_shadow -c TEXT -b",
                                "crm_verify -L -V",
                                "crm_report -f TEXT",
                                "pcs cluster cib-push f",
                                "pcs status",
                                "stonith_admin -B TEXT",
                                "corosync-cmapctl -p f",
                                "crm_resource --why -r TEXT",
                                "attrd_updater -n TEXT -Q",
                                "crm_simulate -L -S -i TEXT"),
                        schemas));
        doors.put("agents", new AgentsDoor(schemas));
        doors.put("peer messages", new PeerDoor(schemas));
        doors.put("disk at start", new DiskDoor(directory.resolve("cib"), schemas));
        doors.put("XPath", new XPathDoor());
        return doors;
    }

    @Test
    void everyInputEndsWellAtEveryDoor() {
        int count = Integer.getInteger("holdfast.badinput.count", 400);
        long seed = Long.getLong("holdfast.badinput.seed", 1);
        String only = System.getProperty("holdfast.badinput.door", "");
        Map<String, Door> all = doors();
        List<String> names = new ArrayList<>(all.keySet());
        names.removeIf(name -> !name.contains(only));
        Corpus corpus = new Corpus();
        Map<String, Tally> tallies = new LinkedHashMap<>();
        names.forEach(name -> tallies.put(name, new Tally()));
        Map<String, String> failures = new LinkedHashMap<>();
        for (int i = 0; i < count && failures.size() < FAILURES_MAX; i++) {
            // The same input at the same door, however many come before it
            String name = names.get((int) ((seed + i) % names.size()));
            SeededRandom random = new SeededRandom(seed + i);
            long begin = System.nanoTime();
            String outcome;
            try {
                outcome = all.get(name).feed(new Mutator(random, corpus), random);
            } catch (Throwable escaped) {
                outcome = "BROKEN";
                failures.putIfAbsent(
                        kind(name, escaped), "seed " + (seed + i) + "\n" + text(escaped));
            }
            Tally tally = tallies.get(name);
            long took = System.nanoTime() - begin;
            tally.outcomes.merge(outcome, 1, Integer::sum);
            tally.nanos += took;
            if (took > tally.nanosMax) {
                tally.nanosMax = took;
                tally.slowestSeed = seed + i;
            }
            if (took > SLOW_NANOS) {
                failures.putIfAbsent(
                        name + " slow", "seed " + (seed + i) + " took " + took / 1_000_000 + " ms");
            }
        }
        if (Boolean.getBoolean("holdfast.badinput.table")) {
            print(System.out, tallies, corpus.size());
        }
        assertThat(failures).isEmpty();
    }

    private static String kind(String door, Throwable escaped) {
        StackTraceElement[] trace = escaped.getStackTrace();
        return door + ": " + escaped.getClass().getName() + (trace.length == 0 ? "" : trace[0]);
    }

    private static String text(Throwable escaped) {
        StringWriter text = new StringWriter();
        escaped.printStackTrace(new PrintWriter(text));
        String whole = text.toString();
        return whole.substring(0, Math.min(whole.length(), 3_000));
    }

    private static void print(PrintStream out, Map<String, Tally> tallies, int documents) {
        out.printf(
                "%d documents%n%-60s %9s %9s %12s%n",
                documents, "door", "mean ms", "max ms", "with seed");
        tallies.forEach((name, tally) -> {
            int inputs = tally.outcomes.values().stream().mapToInt(Integer::intValue).sum();
            out.printf(
                    "%-60s %9.2f %9.1f %12d  %s%n",
                    name,
                    inputs == 0 ? 0 : tally.nanos / 1e6 / inputs,
                    tally.nanosMax / 1e6,
                    tally.slowestSeed,
                    tally.outcomes);
        });
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        out.printf(
                "heap in use at the end %d MiB of %d MiB%n",
                (runtime.totalMemory() - runtime.freeMemory()) >> 20, runtime.maxMemory() >> 20);
    }
}
