package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Mixes of real and our nodes under each kind of trouble by itself, with a load of numbered
 * messages of 64 bytes to 1 MB from all nodes, judged after each. By default one small ring; {@code
 * holdfast.matrix=all} takes all of {@link #allRings}, {@code holdfast.matrix=reference} the same
 * without and with only nodes of ours, for comparison, and {@code 8:1,3:udp} one ring of 8 nodes of
 * which 1 and 3 are ours, {@code 8:1,3:udp;3::udpu} beside that one of 3 real nodes. {@code
 * holdfast.matrix.logs} is a directory for the logs of rings that failed. {@code
 * holdfast.matrix.troubles} names other troubles to play, also several times the same: {@code
 * CUT,CUT}. With {@code holdfast.matrix.whole} our nodes run the resource manager, too.
 */
@Tag("interop")
class RingMatrixTest {

    private static final int TROUBLE_MILLIS = 6000;

    /** What befalls a ring. */
    enum Trouble {
        /** All stop, all start at once. */
        FORM_TOGETHER,
        /** All stop, one after another starts. */
        FORM_ONE_BY_ONE,
        /** The lowest, and one of the other kind, lose their power for two seconds. */
        CRASH,
        /** As above, but the daemons die and are back within the token timeout. */
        RESTART_AT_ONCE,
        /** As above, but the daemons end in order. */
        LEAVE,
        /** Two halves for three seconds. */
        CUT,
        /** One node hears the others, but is not heard. */
        CUT_ONE_WAY,
        /** As CRASH, but the daemons are stopped for 0.4 and 3 seconds. */
        PAUSE,
        LOSS_5,
        LOSS_20,
        /** 1 to 3 ms for every frame, which also overtake each other. */
        DELAY_JITTER,
        /** A fifth of the frames is late. */
        REORDERING,
        /** All of the above at once, with doubled frames. */
        BAD_NETWORK,
        LOSS_40
    }

    private static final EnumSet<Trouble> SHORT =
            EnumSet.of(Trouble.RESTART_AT_ONCE, Trouble.CUT, Trouble.LOSS_20, Trouble.DELAY_JITTER);

    private static LoadedRing.Plan ring(int nodes, Set<Integer> ours, String transport) {
        return new LoadedRing.Plan(nodes * 1000L + ours.hashCode(), nodes, ours, transport);
    }

    /** 2 to 8 nodes, over both transports: one of ours, half of them ours, all but one ours. */
    private static List<LoadedRing.Plan> allRings() {
        List<LoadedRing.Plan> rings = new ArrayList<>();
        for (int nodes : new int[] {8, 3, 5, 2, 4, 6, 7}) {
            Set<Set<Integer>> mixes = new java.util.LinkedHashSet<>();
            mixes.add(every(nodes, 2, 0));
            mixes.add(new TreeSet<>(Set.of(nodes)));
            Set<Integer> butOne = every(nodes, 1, 0);
            butOne.remove(nodes);
            mixes.add(butOne);
            for (Set<Integer> ours : mixes) {
                rings.add(ring(nodes, ours, "udpu"));
                rings.add(ring(nodes, ours, "udp"));
            }
        }
        return rings;
    }

    private static List<LoadedRing.Plan> references() {
        List<LoadedRing.Plan> rings = new ArrayList<>();
        for (int nodes : new int[] {3, 5, 8}) {
            rings.add(ring(nodes, Set.of(), "udpu"));
            rings.add(ring(nodes, every(nodes, 1, 0), "udpu"));
        }
        return rings;
    }

    private static Set<Integer> every(int nodes, int step, int offset) {
        Set<Integer> chosen = new TreeSet<>();
        for (int node = 1 + offset; node <= nodes; node += step) {
            chosen.add(node);
        }
        return chosen;
    }

    private static List<LoadedRing.Plan> rings(String which) {
        return switch (which) {
            case "" -> List.of(ring(4, new TreeSet<>(Set.of(1, 4)), "udpu"));
            case "all" -> allRings();
            case "reference" -> references();
            default -> Arrays.stream(which.split(";")).map(RingMatrixTest::namedRing).toList();
        };
    }

    private static LoadedRing.Plan namedRing(String name) {
        String[] parts = name.split(":");
        Set<Integer> ours = new TreeSet<>();
        for (String node : parts[1].split(",")) {
            if (!node.isEmpty()) {
                ours.add(Integer.parseInt(node));
            }
        }
        return ring(Integer.parseInt(parts[0]), ours, parts[2]);
    }

    @Test
    void nothingIsLostInAnyTrouble() {
        String which = System.getProperty("holdfast.matrix", "");
        List<String> failed = new ArrayList<>();
        for (LoadedRing.Plan plan : rings(which)) {
            try (LoadedRing ring = new LoadedRing(plan)) {
                int before = failed.size();
                play(ring, plan, troubles(which), failed);
                String logs = System.getProperty("holdfast.matrix.logs");
                if (logs != null && failed.size() > before) {
                    ring.keepLogs(Path.of(logs, plan.title().replaceAll("[^0-9a-z]+", "-")));
                }
            }
        }
        assertThat(failed).isEmpty();
    }

    private static Collection<Trouble> troubles(String which) {
        String named = System.getProperty("holdfast.matrix.troubles", "");
        if (!named.isEmpty()) {
            return Arrays.stream(named.split(",")).map(Trouble::valueOf).toList();
        }
        return which.isEmpty() ? SHORT : EnumSet.allOf(Trouble.class);
    }

    private static void play(
            LoadedRing ring,
            LoadedRing.Plan plan,
            Collection<Trouble> troubles,
            List<String> failed) {
        String at = "start";
        try {
            for (int node = 1; node <= plan.nodes(); node++) {
                ring.start(node);
            }
            ring.awaitTogether();
            Set<String> known = new TreeSet<>();
            LoadHistory before = ring.history();
            for (Trouble trouble : troubles) {
                at = trouble.name().toLowerCase(Locale.ROOT);
                long views = ring.views();
                cause(trouble, ring, plan);
                ring.network().mendAll();
                ring.network().setQuality(LossySwitch.Quality.GOOD);
                Duration together = ring.awaitTogether();
                List<String> wrong = new ArrayList<>(ring.judge());
                wrong.removeAll(known);
                known.addAll(wrong);
                LoadHistory after = ring.history();
                after.check();
                String line =
                        "%s, %s: %d deliveries, %d of 1 MB, %.1f views a node, together again after %d ms, so far %d cut by a join, %s, %d ghosts%s"
                                .formatted(
                                        plan.title(),
                                        at,
                                        after.delivered() - before.delivered(),
                                        after.deliveredOfMegabytes()
                                                - before.deliveredOfMegabytes(),
                                        (ring.views() - views) / (double) plan.nodes(),
                                        together.toMillis(),
                                        after.lackingCut(),
                                        after.faultsOfReal(),
                                        ring.ghosts(),
                                        wrong.isEmpty()
                                                ? ""
                                                : "; WRONG: " + String.join("\n  ", wrong));
                System.out.println(line);
                if (!wrong.isEmpty()) {
                    failed.add(line);
                }
                before = after;
                ring.setQuiet(false);
            }
        } catch (AssertionError e) {
            String line = plan.title() + ", " + at + ": " + e.getMessage();
            System.out.println("FAILED " + line);
            failed.add(line);
        }
    }

    /** One node of each kind, the lowest among them; the lowest two where there is one kind. */
    private static Set<Integer> victims(LoadedRing.Plan plan) {
        Set<Integer> victims = new TreeSet<>(Set.of(1));
        for (int node = 2; node <= plan.nodes() && victims.size() == 1; node++) {
            if (plan.ours().contains(node) != plan.ours().contains(1)) {
                victims.add(node);
            }
        }
        if (victims.size() == 1 && plan.nodes() > 2) {
            victims.add(2);
        }
        return victims;
    }

    private static void cause(Trouble trouble, LoadedRing ring, LoadedRing.Plan plan) {
        LossySwitch network = ring.network();
        switch (trouble) {
            case FORM_TOGETHER -> ring.restartAll(0);
            case FORM_ONE_BY_ONE -> ring.restartAll(700);
            case CRASH -> victims(plan).forEach(node -> ring.powerCut(node, 2000));
            case RESTART_AT_ONCE -> victims(plan).forEach(node -> ring.restart(node, "KILL", 0));
            case LEAVE -> victims(plan).forEach(node -> ring.restart(node, "TERM", 1000));
            case CUT -> {
                boolean[] side = new boolean[plan.nodes() + 1];
                for (int node = 1; node <= (plan.nodes() + 1) / 2; node++) {
                    side[node] = true;
                }
                ring.partition(side, 3500);
            }
            case CUT_ONE_WAY -> {
                for (int other = 2; other <= plan.nodes(); other++) {
                    network.setCut(1, other, true);
                }
                LoadedRing.sleep(3500);
            }
            case PAUSE ->
                    victims(plan)
                            .forEach(node -> {
                                ring.pause(node, 400);
                                LoadedRing.sleep(500);
                                ring.pause(node, 3000);
                            });
            case LOSS_5 -> quality(network, 5, 0, 0, 0, 0);
            case LOSS_20 -> quality(network, 20, 0, 0, 0, 0);
            case LOSS_40 -> quality(network, 40, 0, 0, 0, 0);
            case DELAY_JITTER -> quality(network, 0, 0, 0, 1000, 3000);
            case REORDERING -> quality(network, 0, 0, 20, 0, 0);
            case BAD_NETWORK -> quality(network, 10, 5, 20, 1000, 3000);
        }
        LoadedRing.sleep(1000);
    }

    private static void quality(
            LossySwitch network,
            int loss,
            int duplication,
            int reordering,
            int delayMin,
            int delayMax) {
        network.setQuality(
                new LossySwitch.Quality(loss, duplication, reordering, delayMin, delayMax));
        LoadedRing.sleep(TROUBLE_MILLIS);
    }
}
