package org.holdfast.totem.ring;

import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.RingId;

/** What a ring serves: it takes packets from it and gives it messages and configurations. */
public interface RingUser {

    /** A message in total order. */
    void deliver(Mcast message);

    /**
     * The members that came along from the old ring, in which alone the following recovered
     * messages are delivered.
     *
     * @param members those that came along, ascending
     * @param left those that did not
     * @param ringId the new ring
     */
    void transitional(List<NodeId> members, List<NodeId> left, RingId ringId);

    /**
     * A new ring is in force. What is sent from now on by {@link #nextPacket} belongs to it.
     *
     * @param members all its members, ascending
     * @param joined those that were not in the old ring
     */
    void regular(List<NodeId> members, List<NodeId> joined, RingId ringId);

    /** Whether the ring in force can do without further nodes. */
    boolean hasQuorum();

    /** Whether all members ask for a held token as early as this program does. */
    boolean allAskEarly();

    /** Whether all members leave a quiet ring's token to the node that sent the last message. */
    boolean senderHolds();

    /** How many packets wait to be sent, about. */
    int backlogPackets();

    /** The next packet to send, unnumbered; called only while {@link #backlogPackets} is not 0. */
    Mcast nextPacket();
}
