package org.holdfast.totem;

/**
 * The tunables of the ring, all resolved: what corosync.conf(5) calls them, with the unit in the
 * name. Make one with {@link #builder()}, which derives what is not given as corosync does.
 */
public record TotemConfig(
        String clusterName,
        int tokenTimeoutMillis,
        int tokenWarningPercent,
        int tokenRetransmitsBeforeLoss,
        int tokenRetransmitMillis,
        int holdMillis,
        int joinMillis,
        int sendJoinMillis,
        int consensusMillis,
        int mergeMillis,
        int failToReceiveConst,
        int seqnoUnchangedConst,
        int windowSize,
        int maxMessages,
        int missCountConst,
        int netMtuBytes,
        int udpIpHeaderBytes,
        boolean cancelTokenHoldOnRetransmit,
        boolean holdAsCorosync) {

    /** A builder with corosync's defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what corosync.conf gives; unset values are derived in {@link #build}. */
    public static final class Builder {
        private static final int UNSET = -1;

        private String clusterName = "";
        private int tokenMillis = 3000;
        private int tokenCoefficientMillis = 650;
        private int tokenWarningPercent = 75;
        private int tokenRetransmitsBeforeLoss = 4;
        private int tokenRetransmitMillis = UNSET;
        private int holdMillis = UNSET;
        private int joinMillis = 50;
        private int sendJoinMillis;
        private int consensusMillis = UNSET;
        private int mergeMillis = 200;
        private int failToReceiveConst = 2500;
        private int seqnoUnchangedConst = 30;
        private int windowSize = 50;
        private int maxMessages = 17;
        private int missCountConst = 5;
        private int netMtuBytes = 1500;
        private int udpIpHeaderBytes = 28;
        private boolean cancelTokenHoldOnRetransmit;
        private boolean holdAsCorosync;

        private Builder() {}

        /** {@code totem.cluster_name}. */
        public Builder clusterName(String value) {
            clusterName = value;
            return this;
        }

        /** {@code totem.token}, without what {@code token_coefficient} adds. */
        public Builder tokenMillis(int value) {
            tokenMillis = value;
            return this;
        }

        /** {@code totem.token_coefficient}: added for every node beyond the second. */
        public Builder tokenCoefficientMillis(int value) {
            tokenCoefficientMillis = value;
            return this;
        }

        /** {@code totem.token_warning} in percent of the token timeout; 0 is off. */
        public Builder tokenWarningPercent(int value) {
            tokenWarningPercent = value;
            return this;
        }

        /** {@code totem.token_retransmits_before_loss_const}. */
        public Builder tokenRetransmitsBeforeLoss(int value) {
            tokenRetransmitsBeforeLoss = value;
            return this;
        }

        /** {@code totem.token_retransmit}. */
        public Builder tokenRetransmitMillis(int value) {
            tokenRetransmitMillis = value;
            return this;
        }

        /** {@code totem.hold}. */
        public Builder holdMillis(int value) {
            holdMillis = value;
            return this;
        }

        /** {@code totem.join}. */
        public Builder joinMillis(int value) {
            joinMillis = value;
            return this;
        }

        /** {@code totem.send_join}: the most that a join message is delayed at random. */
        public Builder sendJoinMillis(int value) {
            sendJoinMillis = value;
            return this;
        }

        /** {@code totem.consensus}. */
        public Builder consensusMillis(int value) {
            consensusMillis = value;
            return this;
        }

        /** {@code totem.merge}. */
        public Builder mergeMillis(int value) {
            mergeMillis = value;
            return this;
        }

        /** {@code totem.fail_recv_const}, in token rotations. */
        public Builder failToReceiveConst(int value) {
            failToReceiveConst = value;
            return this;
        }

        /** {@code totem.seqno_unchanged_const}, in token rotations. */
        public Builder seqnoUnchangedConst(int value) {
            seqnoUnchangedConst = value;
            return this;
        }

        /** {@code totem.window_size}, in packets a token rotation. */
        public Builder windowSize(int value) {
            windowSize = value;
            return this;
        }

        /** {@code totem.max_messages}, in packets a token visit. */
        public Builder maxMessages(int value) {
            maxMessages = value;
            return this;
        }

        /** {@code totem.miss_count_const}, in token visits. */
        public Builder missCountConst(int value) {
            missCountConst = value;
            return this;
        }

        /** {@code totem.netmtu}. */
        public Builder netMtuBytes(int value) {
            netMtuBytes = value;
            return this;
        }

        /** Whether the ring's addresses are IPv6, whose longer header leaves less of the netmtu. */
        public Builder ipv6(boolean value) {
            udpIpHeaderBytes = value ? 48 : 28;
            return this;
        }

        /** {@code totem.cancel_token_hold_on_retransmit}. */
        public Builder cancelTokenHoldOnRetransmit(boolean value) {
            cancelTokenHoldOnRetransmit = value;
            return this;
        }

        /**
         * Whether a quiet ring's token is held as Corosync holds it, even if all members could do
         * better. It always is beside a real node; this is for tests of that.
         */
        public Builder holdAsCorosync(boolean value) {
            holdAsCorosync = value;
            return this;
        }

        /**
         * Derives what was not set.
         *
         * @param nodes the node list's length, which makes the token timeout longer
         */
        public TotemConfig build(int nodes) {
            int token = tokenMillis + Math.max(0, nodes - 2) * tokenCoefficientMillis;
            int retransmit =
                    tokenRetransmitMillis != UNSET
                            ? tokenRetransmitMillis
                            : (int) (token / (tokenRetransmitsBeforeLoss + 0.2));
            // corosync takes a kernel tick of 100 Hz off: 1000/HZ = 10 ms.
            int hold = holdMillis != UNSET ? holdMillis : (int) (retransmit * 0.8 - 10);
            int consensus = consensusMillis != UNSET ? consensusMillis : (int) (1.2 * token);
            return new TotemConfig(
                    clusterName,
                    token,
                    tokenWarningPercent,
                    tokenRetransmitsBeforeLoss,
                    retransmit,
                    hold,
                    joinMillis,
                    sendJoinMillis,
                    consensus,
                    mergeMillis,
                    failToReceiveConst,
                    seqnoUnchangedConst,
                    windowSize,
                    maxMessages,
                    missCountConst,
                    netMtuBytes,
                    udpIpHeaderBytes,
                    cancelTokenHoldOnRetransmit,
                    holdAsCorosync);
        }
    }
}
