package org.holdfast.totem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Derived defaults as corosync.conf(5) gives them and as corosync-cmapctl shows them. */
class TotemConfigTest {

    @Test
    void defaultsOfThreeNodes() {
        TotemConfig config = TotemConfig.builder().build(3);

        assertThat(config.tokenTimeoutMillis()).isEqualTo(3650);
        assertThat(config.tokenRetransmitMillis()).isEqualTo(869);
        assertThat(config.holdMillis()).isEqualTo(685);
        assertThat(config.consensusMillis()).isEqualTo(4380);
        assertThat(config.joinMillis()).isEqualTo(50);
        assertThat(config.mergeMillis()).isEqualTo(200);
        assertThat(config.windowSize()).isEqualTo(50);
        assertThat(config.maxMessages()).isEqualTo(17);
        assertThat(config.failToReceiveConst()).isEqualTo(2500);
        assertThat(config.seqnoUnchangedConst()).isEqualTo(30);
        assertThat(config.missCountConst()).isEqualTo(5);
    }

    @Test
    void aTokenOfOneSecondOnTwoNodes() {
        TotemConfig config = TotemConfig.builder().tokenMillis(1000).build(2);

        assertThat(config.tokenTimeoutMillis()).isEqualTo(1000);
        assertThat(config.tokenRetransmitMillis()).isEqualTo(238);
        assertThat(config.holdMillis()).isEqualTo(180);
        assertThat(config.consensusMillis()).isEqualTo(1200);
    }

    @Test
    void givenValuesAreNotDerived() {
        TotemConfig config =
                TotemConfig.builder()
                        .tokenMillis(10_000)
                        .tokenCoefficientMillis(0)
                        .consensusMillis(20_000)
                        .holdMillis(100)
                        .tokenRetransmitMillis(500)
                        .build(5);

        assertThat(config.tokenTimeoutMillis()).isEqualTo(10_000);
        assertThat(config.consensusMillis()).isEqualTo(20_000);
        assertThat(config.holdMillis()).isEqualTo(100);
        assertThat(config.tokenRetransmitMillis()).isEqualTo(500);
    }
}
