package org.holdfast.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.holdfast.manager.assembly.SchedulerPlanner;
import org.junit.jupiter.api.Test;

/**
 * What three managers log and run in a few scenarios, line by line. After a change that is meant,
 * {@code -Dholdfast.golden=rewrite} writes the files anew; the difference is to be reviewed.
 */
class GoldenTranscriptTest {

    private final TestCluster cluster = new TestCluster(3, new SchedulerPlanner());

    private void start() {
        cluster.startAll();
        cluster.run(10);
        cluster.property(1, "stonith-enabled", "false");
        assertThat(cluster.settle(10_000)).isTrue();
    }

    @Test
    void coldStartAndFirstResource() throws IOException {
        start();
        cluster.dummy(1, "d", "");
        cluster.run(3_000);

        check("cold-start");
    }

    @Test
    void theDcCrashesWithAResource() throws IOException {
        start();
        cluster.dummy(1, "d", "");
        cluster.run(3_000);
        cluster.transcript.clear();
        cluster.crash(1);
        cluster.run(3_000);

        check("dc-crash");
    }

    @Test
    void twoPartitionsMerge() throws IOException {
        start();
        cluster.partition(new int[] {1}, new int[] {2, 3});
        cluster.run(20_000);
        cluster.transcript.clear();
        cluster.partition(new int[] {1, 2, 3});
        cluster.run(3_000);

        check("merge");
    }

    @Test
    void aNodeIsToldToStop() throws IOException {
        start();
        cluster.dummy(1, "d", "");
        cluster.run(3_000);
        cluster.transcript.clear();
        cluster.node(1).step(new ManagerInput.Shutdown());
        cluster.run(3_000);

        check("shutdown");
    }

    private void check(String name) throws IOException {
        String text = String.join("\n", cluster.transcript) + "\n";
        if ("rewrite".equals(System.getProperty("holdfast.golden"))) {
            Files.writeString(Path.of("src/test/resources/golden", name + ".txt"), text);
            return;
        }
        try (InputStream in =
                GoldenTranscriptTest.class.getResourceAsStream("/golden/" + name + ".txt")) {
            assertThat(in).as("golden file " + name).isNotNull();
            assertThat(text)
                    .isEqualTo(
                            new String(
                                    java.util.Objects.requireNonNull(in).readAllBytes(),
                                    StandardCharsets.UTF_8));
        }
    }
}
