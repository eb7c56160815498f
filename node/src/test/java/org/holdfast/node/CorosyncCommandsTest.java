package org.holdfast.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.holdfast.testkit.quorum.QuorumScenario;
import org.holdfast.tools.Tool;
import org.holdfast.tools.catalogue.AllTools;
import org.junit.jupiter.api.Test;

/**
 * Corosync's commands against our cluster layer: exit codes and both outputs are those that were
 * recorded with the real ones, command by command, on a cluster of three.
 */
class CorosyncCommandsTest {

    @Test
    void printWhatTheRealOnesPrint() throws Exception {
        QuorumCluster cluster =
                new QuorumCluster(
                        new QuorumScenario("", List.of("-", "-", "-"), List.of(), List.of()));
        cluster.happen(List.of("start", "1", "2", "3"));
        StringBuilder expected = new StringBuilder();
        StringBuilder actual = new StringBuilder();
        for (String line : table()) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            expected.append(withoutOwnAddress(line)).append('\n');
            if (line.startsWith("$ ")) {
                actual.append(line).append('\n').append(run(cluster, line.substring(2)));
            }
        }
        assertThat(actual.toString()).isEqualTo(expected.toString());
    }

    /** Over UDP the real corosync-cfgtool -s shows another node's address as this node's. */
    private static String withoutOwnAddress(String line) {
        return line.startsWith("> \taddr\t= ") ? "> \taddr" : line;
    }

    private static List<String> table() throws Exception {
        try (InputStream in =
                CorosyncCommandsTest.class.getResourceAsStream("corosync-commands.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).lines().toList();
        }
    }

    private static String run(QuorumCluster cluster, String command) {
        List<String> words = List.of(command.split(" "));
        Tool tool = Objects.requireNonNull(AllTools.registry().find(words.getFirst()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = cluster.run(1, tool, words.subList(1, words.size()), out, err);
        List<String> lines = new ArrayList<>(List.of("exit " + code));
        out.toString(UTF_8).lines().forEach(line -> lines.add(withoutOwnAddress("> " + line)));
        err.toString(UTF_8).lines().forEach(line -> lines.add("! " + line));
        return String.join("\n", lines) + "\n";
    }
}
