package org.holdfast.totem.ring;

import org.holdfast.wire.totem.Mcast;

/** What the ring's user wants to send. */
record UserPackets(RingUser user) implements PacketSource {

    @Override
    public int backlogPackets() {
        return user.backlogPackets();
    }

    @Override
    public Mcast nextPacket() {
        return user.nextPacket();
    }
}
