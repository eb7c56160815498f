package org.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusterStateTest {

    @Test
    void readsWhatTheCommandPrints() {
        ClusterState state =
                ClusterState.parse(
                        """
                        ring 1.d
                        quorate yes
                        votes 2 of 3
                        member 1 node1
                        member 2 node2
                        dc node2
                        idle no
                        online node2
                        resource web node1 node2
                        resource ip
                        something new
                        """);
        assertThat(state.ring()).isEqualTo("1.d");
        assertThat(state.quorate()).isTrue();
        assertThat(state.members()).containsExactly("node1", "node2");
        assertThat(state.online()).containsExactly("node2");
        assertThat(state.dc()).isEqualTo("node2");
        assertThat(state.idle()).isFalse();
        assertThat(state.nodesOf("web")).containsExactly("node1", "node2");
        assertThat(state.nodesOf("ip")).isEmpty();
        assertThat(state.nodesOf("unknown")).isEmpty();
    }

    @Test
    void nothingIsKnownOfANodeThatDoesNotAnswer() {
        assertThat(ClusterState.parse("")).isEqualTo(ClusterState.UNKNOWN);
    }
}
