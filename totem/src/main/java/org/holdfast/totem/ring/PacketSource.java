package org.holdfast.totem.ring;

import org.holdfast.wire.totem.Mcast;

/** Where a token visit takes the packets from that it sends. */
interface PacketSource {

    /** How many wait, about; 0 only when there is none. */
    int backlogPackets();

    /** The next one, unnumbered. */
    Mcast nextPacket();
}
