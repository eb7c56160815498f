package org.holdfast.tools.corosync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlAnswer.QuorumMember;
import org.holdfast.controlapi.ControlAnswer.QuorumStatus;
import org.holdfast.controlapi.ControlAnswer.Ring;
import org.holdfast.controlapi.ControlRequest;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.ToolContext;
import org.junit.jupiter.api.Test;

class QuorumToolTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void printsQuorumVotesAndMembers() {
        assertThat(run(true, "-s")).isZero();
        assertThat(out.toString(UTF_8))
                .isEqualTo(
                        """
                        Quorum information
                        ------------------
                        Date:             Thu Jan  1 00:00:00 1970
                        Quorum provider:  corosync_votequorum
                        Nodes:            2
                        Node ID:          1
                        Ring ID:          1.1c
                        Quorate:          Yes

                        Votequorum information
                        ----------------------
                        Expected votes:   3
                        Highest expected: 3
                        Total votes:      2
                        Quorum:           2 \s
                        Flags:            Quorate\s

                        Membership information
                        ----------------------
                            Nodeid      Votes Name
                                 1          1 alpha (local)
                                 2          1 beta
                        """);
    }

    @Test
    void endsWithTwoWithoutQuorum() {
        assertThat(run(false)).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("Quorum:           2 Activity blocked\n");
    }

    @Test
    void membersCanBeShownInHexadecimalAndByAddress() {
        assertThat(run(true, "-lHi")).isZero();
        assertThat(out.toString(UTF_8))
                .endsWith(
                        "0x00000001          1 192.0.2.1 (local)\n0x00000002          1 192.0.2.2\n");
    }

    @Test
    void anUnknownOptionIsAnError() {
        assertThat(run(true, "-y")).isEqualTo(1);
    }

    private int run(boolean quorate, String... arguments) {
        QuorumStatus status =
                new QuorumStatus(
                        1,
                        new Ring(1, 28),
                        quorate,
                        "corosync_votequorum",
                        1,
                        3,
                        3,
                        2,
                        2,
                        quorate ? List.of("Quorate") : List.of(),
                        null,
                        List.of(
                                new QuorumMember(1, 1, "alpha", "192.0.2.1", ""),
                                new QuorumMember(2, 1, "beta", "192.0.2.2", "")));
        return new QuorumTool()
                .run(
                        new ToolContext(
                                List.of(arguments),
                                Map.of("TZ", "UTC"),
                                new ByteArrayInputStream(new byte[0]),
                                new PrintStream(out, true, UTF_8),
                                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                                new LocalFileAccess(Path.of("")),
                                InstantSource.fixed(Instant.EPOCH),
                                answering(status)));
    }

    private static ClusterConnection answering(ControlAnswer answer) {
        return new ClusterConnection() {
            @Override
            @SuppressWarnings("unchecked") // the tool under test asks this one question
            public <A extends ControlAnswer> A call(ControlRequest<A> request, Duration timeout) {
                return (A) answer;
            }
        };
    }
}
