package org.holdfast.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.holdfast.testkit.quorum.QuorumScenario;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * votequorum beside Corosync 3.1.7's: the table holds what the real daemons showed after each event
 * of each scenario; our cluster layer lives through the same in virtual time and must show the
 * same, by the same command. Where ours is meant to differ the table says so and why.
 */
class QuorumReplayTest {

    @TestFactory
    List<DynamicTest> showsWhatTheRealDaemonShows() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (QuorumScenario scenario : table()) {
            tests.add(DynamicTest.dynamicTest(scenario.title(), () -> replay(scenario)));
        }
        assertThat(tests).hasSizeGreaterThan(60);
        return tests;
    }

    private static List<QuorumScenario> table() throws IOException {
        try (InputStream in = QuorumScenario.class.getResourceAsStream("scenarios.txt")) {
            return QuorumScenario.parse(
                    new String(Objects.requireNonNull(in).readAllBytes(), UTF_8));
        }
    }

    private static void replay(QuorumScenario scenario) throws ConfigurationException {
        StringBuilder expected = new StringBuilder();
        StringBuilder actual = new StringBuilder();
        QuorumCluster cluster = new QuorumCluster(scenario);
        for (QuorumScenario.Event event : scenario.events()) {
            expected.append(event.text()).append('\n');
            actual.append(event.text()).append('\n');
            List<String> wanted = event.ours().isEmpty() ? event.seen() : event.ours();
            wanted.forEach(line -> expected.append("  ").append(line).append('\n'));
            cluster.happen(event.words())
                    .forEach(line -> actual.append("  ").append(line).append('\n'));
        }
        assertThat(actual.toString()).isEqualTo(expected.toString());
    }
}
