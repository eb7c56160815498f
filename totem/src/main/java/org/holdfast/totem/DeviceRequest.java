package org.holdfast.totem;

import org.holdfast.wire.totem.RingId;

/**
 * What the quorum device of this node asks of votequorum: the calls of libvotequorum. Names are at
 * most 254 bytes long.
 */
public sealed interface DeviceRequest {

    /** Who asks. */
    String name();

    /** The device is there. It has no say before its first {@link Poll}. */
    record Register(String name) implements DeviceRequest {}

    /** The device is gone, and its votes with it. */
    record Unregister(String name) implements DeviceRequest {}

    /** The device has another name now. */
    record Rename(String name, String newName) implements DeviceRequest {}

    /**
     * The device's present answer. It counts until {@code device.timeout} has passed.
     *
     * @param vote whether it gives its votes to this node's partition
     * @param ringId the ring that it judged; an answer about another one is refused
     */
    record Poll(String name, boolean vote, RingId ringId) implements DeviceRequest {}

    /** Whether its vote alone makes a partition quorate. */
    record MasterWins(String name, boolean allowed) implements DeviceRequest {}
}
