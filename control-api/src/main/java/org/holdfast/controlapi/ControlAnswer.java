package org.holdfast.controlapi;

import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** What a node answers to a {@link ControlRequest}. Immutable. */
public sealed interface ControlAnswer {

    /** Why a request was refused. */
    enum Reason {
        /** The asked part does not run here, or ends. */
        NOT_CONNECTED,
        /** No answer in time. */
        TIMEOUT,
        /** The partition has no quorum. */
        NO_QUORUM,
        /** The caller may not do that. */
        PERMISSION_DENIED,
        /** What the request names is not there. */
        NOT_FOUND,
        /** The request makes no sense. */
        INVALID,
        /** It was tried and failed. */
        FAILED
    }

    /**
     * Not done.
     *
     * @param reason for programs
     * @param message for people: who, what, which value
     */
    record Refused(Reason reason, String message) implements ControlAnswer {}

    /** Done, or, where the request only starts something, accepted. */
    record Done() implements ControlAnswer {}

    /**
     * Outcome of a CIB operation.
     *
     * @param returnCode 0, or the code that a CIB reply carries: a negative errno, or the negative
     *     of one of Pacemaker's own codes (201 and up)
     * @param output what was asked for: the element found by a query, or the CIB after a dry run;
     *     null if there is none
     */
    record CibResult(int returnCode, @Nullable Element output) implements ControlAnswer {}

    /**
     * The controller's view.
     *
     * @param localNode this node's name
     * @param dc the DC's name, or null while there is none
     * @param state the state of this node's controller by Pacemaker's name ({@code S_IDLE}, {@code
     *     S_NOT_DC}...)
     * @param idle whether this partition's DC is known to have nothing to do
     * @param peers every node that the controller remembers
     */
    record ControllerStatus(
            String localNode, @Nullable String dc, String state, boolean idle, List<Peer> peers)
            implements ControlAnswer {}

    /**
     * A node as the controller sees it.
     *
     * @param id the node id, unsigned
     * @param name its name
     * @param member whether it is in this node's partition
     * @param managed whether its controller takes part (has joined the process group)
     */
    record Peer(int id, String name, boolean member, boolean managed) {}

    /**
     * Values of a transient attribute.
     *
     * @param byNode value by node name, in the order of the names; the empty string where the
     *     attribute was removed, or, for the one node that was asked about, never set
     */
    record AttributeValues(Map<String, String> byNode) implements ControlAnswer {}

    /**
     * Past and pending fencing.
     *
     * @param events newest first
     */
    record FencingHistoryAnswer(List<FencingEvent> events) implements ControlAnswer {}

    /**
     * One fencing operation.
     *
     * @param target the node fenced
     * @param action {@code off}, {@code reboot} or {@code on}
     * @param device the device used, or null while it is not known
     * @param origin the node that asked for it
     * @param client the program that asked
     * @param delegate the node that carried it out, or null
     * @param state {@code pending}, {@code success} or {@code failed}
     * @param completedEpochSeconds when it ended; 0 while pending
     */
    record FencingEvent(
            String target,
            String action,
            @Nullable String device,
            String origin,
            String client,
            @Nullable String delegate,
            String state,
            long completedEpochSeconds) {}

    /**
     * Quorum as votequorum sees it.
     *
     * @param localNode this node's id, unsigned
     * @param ring the ring's identity
     * @param quorate whether this partition may act
     * @param provider the quorum provider ({@code corosync_votequorum}), or the empty string
     * @param nodeVotes votes of this node
     * @param expectedVotes expected votes
     * @param highestExpected the highest number of votes that was expected
     * @param totalVotes votes present
     * @param quorumVotes votes needed
     * @param flags what applies, in the tool's words: {@code Quorate}, {@code 2Node}, {@code
     *     WaitForAll}, {@code LastManStanding}, {@code AutoTieBreaker}...
     * @param device the quorum device, or null if none is registered here
     * @param members the nodes of this partition, by id
     */
    record QuorumStatus(
            int localNode,
            Ring ring,
            boolean quorate,
            String provider,
            int nodeVotes,
            int expectedVotes,
            int highestExpected,
            int totalVotes,
            int quorumVotes,
            List<String> flags,
            @Nullable QuorumDevice device,
            List<QuorumMember> members)
            implements ControlAnswer {}

    /**
     * A ring's identity.
     *
     * @param representative the node that formed it, unsigned
     * @param sequence grows with every membership
     */
    record Ring(int representative, long sequence) {

        /** As the tools print it: both in hexadecimal. */
        @Override
        public String toString() {
            return Integer.toHexString(representative) + "." + Long.toHexString(sequence);
        }
    }

    /**
     * A member of this node's partition.
     *
     * @param id the node id, unsigned
     * @param votes its votes
     * @param name its name from the node list, or its address
     * @param address its address on the first link
     * @param device how its quorum device does, in the tool's words ({@code A,V,NMW}: alive, votes,
     *     no master), or the empty string if none is registered there
     */
    record QuorumMember(int id, int votes, String name, String address, String device) {}

    /**
     * The quorum device.
     *
     * @param name the name under which it registered
     * @param votes the votes that it has to give
     * @param castsVote whether it gives them to this node
     */
    record QuorumDevice(String name, int votes, boolean castsVote) {}

    /**
     * The links of this node.
     *
     * @param localNode this node's id, unsigned
     * @param transport {@code udp}, {@code udpu} or {@code knet}
     * @param links by number
     */
    record LinkStatus(int localNode, String transport, List<Link> links) implements ControlAnswer {}

    /**
     * One link of this node.
     *
     * @param number from 0
     * @param address this node's own address on it
     * @param peers the other nodes on it, by id; the local node is among them
     */
    record Link(int number, String address, List<LinkPeer> peers) {}

    /**
     * Another node on a link.
     *
     * @param id the node id, unsigned
     * @param address its address on the link
     * @param enabled whether the link is configured to be used
     * @param connected whether the node is reached by it
     * @param mtu usable bytes of a datagram; 0 if the transport does not measure it
     */
    record LinkPeer(int id, String address, boolean enabled, boolean connected, int mtu) {}

    /** The process groups that have members, by name. */
    record Groups(List<Group> groups) implements ControlAnswer {}

    /**
     * A process group.
     *
     * @param name its name, one character a byte; Pacemaker's end with a zero
     * @param members its members
     */
    record Group(String name, List<GroupMember> members) {}

    /**
     * A process in a group.
     *
     * @param node the node id, unsigned
     * @param pid the process id there
     */
    record GroupMember(int node, int pid) {}

    /** Keys of the configuration map, sorted. */
    record CmapEntries(List<CmapEntry> entries) implements ControlAnswer {}

    /**
     * Who answers.
     *
     * @param clusterName from the configuration; the empty string if it names none
     * @param nodeName this node's name
     * @param version Holdfast's version
     * @param pid the daemon's process id
     * @param startedEpochSeconds when it started
     */
    record DaemonStatus(
            String clusterName, String nodeName, String version, long pid, long startedEpochSeconds)
            implements ControlAnswer {}
}
