package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How soon the ring goes on without a node whose daemon was killed while its host lives, with a
 * token timeout of a second (1.65 s for three nodes) and consensus after it.
 */
@Tag("interop")
class DeathNoticeTest {

    private static final int REPEATS = 5;

    /**
     * Sooner than the token timeout of three nodes could tell, let alone consensus after it. How
     * soon is for the benchmark of the ring to say.
     */
    private static final long NOTICED_MILLIS_MAX = 1_650;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void oursAmongOurs() {
        List<Long> millis = measure(Set.of("n1", "n2", "n3"), "n3", "[o]rg.holdfast");

        assertThat(median(millis)).as("%s", millis).isLessThan(NOTICED_MILLIS_MAX);
    }

    @Test
    void ofUsTheRepresentative() {
        List<Long> millis = measure(Set.of("n1", "n2", "n3"), "n1", "[o]rg.holdfast");

        assertThat(median(millis)).as("%s", millis).isLessThan(NOTICED_MILLIS_MAX);
    }

    @Test
    void oursAmongRealNodes() {
        List<Long> millis = measure(Set.of("n3"), "n3", "[o]rg.holdfast");

        assertThat(median(millis)).as("%s", millis).isLessThan(NOTICED_MILLIS_MAX);
    }

    /** The supervisor dies, too: only refused datagrams tell. */
    @Test
    void oursWithoutSupervisor() {
        List<Long> millis =
                measure(Set.of("n1", "n2", "n3"), "n3", "[h]oldfast-supervisor|[o]rg.holdfast");

        assertThat(median(millis)).as("%s", millis).isLessThan(NOTICED_MILLIS_MAX);
    }

    /** Corosync cannot tell of its death; our nodes notice that its port is closed. */
    @Test
    void aRealNodeAmongOurs() {
        List<Long> millis = measure(Set.of("n1", "n2"), "n3", "[c]orosync -f");

        assertThat(median(millis)).as("%s", millis).isLessThan(NOTICED_MILLIS_MAX);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static List<Long> measure(Set<String> ours, String victim, String pattern) {
        List<Long> millis = new ArrayList<>();
        try (NamespaceCluster cluster = new NamespaceCluster(3, 1000)) {
            String witness = victim.equals("n1") ? "n2" : "n1";
            Path log =
                    cluster.home(witness)
                            .resolve(
                                    ours.contains(witness)
                                            ? "var/log/holdfastd.out"
                                            : "var/log/corosync.out");
            cluster.nodes().forEach(node -> start(cluster, ours, node));
            for (int i = 0; i < REPEATS; i++) {
                awaitLast(log, "Members[3]: 1 2 3");
                pause(1500);
                long from = memberships(log);
                long killed = System.nanoTime();
                cluster.inNode(victim, "pkill", "-KILL", "-f", pattern).orFail();
                while (memberships(log) == from) {
                    pause(2);
                    assertThat(System.nanoTime() - killed)
                            .as(read(log))
                            .isLessThan(LIMIT.toNanos());
                }
                millis.add((System.nanoTime() - killed) / 1_000_000);
                // The quorum's line follows the membership's.
                awaitLast(log, "Members[2]");
                start(cluster, ours, victim);
            }
        }
        System.out.println(
                "killed " + victim + " of three, ours " + ours + ": new ring after ms " + millis);
        return millis;
    }

    private static void start(NamespaceCluster cluster, Set<String> ours, String node) {
        if (ours.contains(node)) {
            cluster.startClusterLayer(node);
        } else {
            cluster.startCorosync(node);
        }
    }

    private static void awaitLast(Path log, String text) {
        Shell.await(
                text,
                LIMIT,
                () -> {
                    String content = read(log);
                    int at = content.lastIndexOf("Members[");
                    return at >= 0 && content.startsWith(text, at);
                },
                () -> read(log));
    }

    private static long memberships(Path log) {
        return read(log).lines().filter(line -> line.contains("A new membership")).count();
    }

    private static String read(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
