package org.holdfast.controlapi;

import org.holdfast.controlapi.ControlAnswer.Done;

/**
 * Requests that the cluster layer answers (the parts that Corosync calls quorum, cfg, cpg and
 * cmap).
 *
 * @param <A> the type of the answer
 */
public sealed interface ClusterRequest<A extends ControlAnswer> extends ControlRequest<A> {

    /** Asks for quorum, ring and votes (corosync-quorumtool -s). */
    record QuorumQuery() implements ClusterRequest<ControlAnswer.QuorumStatus> {}

    /**
     * Changes the number of expected votes while running (corosync-quorumtool -e).
     *
     * @param votes from 1
     */
    record SetExpectedVotes(int votes) implements ClusterRequest<Done> {}

    /**
     * Changes a node's votes while running (corosync-quorumtool -v).
     *
     * @param node its id, unsigned; 0 means the node that answers
     * @param votes from 0
     */
    record SetVotes(int node, int votes) implements ClusterRequest<Done> {}

    /** Makes the local node forget its quorum device (corosync-quorumtool -f). */
    record UnregisterDevice() implements ClusterRequest<Done> {}

    /** Asks how the links to the other nodes do (corosync-cfgtool -s and -n). */
    record LinkQuery() implements ClusterRequest<ControlAnswer.LinkStatus> {}

    /** Asks for the process groups and their members (corosync-cpgtool). */
    record GroupQuery() implements ClusterRequest<ControlAnswer.Groups> {}

    /**
     * Asks for the keys of the configuration map that begin with a prefix; the empty string means
     * all (corosync-cmapctl).
     */
    record CmapQuery(String prefix) implements ClusterRequest<ControlAnswer.CmapEntries> {}

    /** Sets a key of the configuration map. */
    record CmapSet(CmapEntry entry) implements ClusterRequest<Done> {}

    /** Removes a key of the configuration map. */
    record CmapDelete(String key) implements ClusterRequest<Done> {}

    /**
     * Makes a node of the ring end (corosync-cfgtool -k).
     *
     * @param node its id, unsigned
     * @param reason what its log shall say
     */
    record KillNode(int node, String reason) implements ClusterRequest<Done> {}

    /** Makes every node read its configuration file again (corosync-cfgtool -R). */
    record ReloadConfiguration() implements ClusterRequest<Done> {}
}
