package org.holdfast.totem.ring;

import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.wire.totem.RingId;

/** What a ring does to the world below it. Calls take effect in order. */
public interface RingPort {

    /** The time of the present step. */
    long nowNanos();

    /** Sends a datagram to another node. */
    void sendTo(NodeId node, byte[] frame);

    /** Sends a datagram to all other nodes. */
    void sendToAll(byte[] frame);

    /** Sets a timer to an absolute time. */
    void setTimer(ClusterTimer timer, long deadlineNanos);

    /** Starts to make a ring id durable and answers the ticket. */
    long persist(RingId ringId);

    /** Logs a line. */
    void log(LogEvent.Level level, String text);
}
