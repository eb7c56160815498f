package org.holdfast.wire.votequorum;

/** The bits of a node's votequorum flags (votequorum.h). */
public final class NodeFlags {

    /** The node has quorum. */
    public static final int QUORATE = 1;

    /** The node is about to leave. */
    public static final int LEAVING = 2;

    /** The node still waits for all. */
    public static final int WAITING_FOR_ALL = 4;

    /** The node has been alone since it started. */
    public static final int FIRST = 8;

    /** A quorum device is registered at the node. */
    public static final int DEVICE_REGISTERED = 16;

    /** The node's quorum device answers. */
    public static final int DEVICE_ALIVE = 32;

    /** The node's quorum device votes for it. */
    public static final int DEVICE_CASTS_VOTE = 64;

    /** The device's vote alone makes a partition quorate. */
    public static final int DEVICE_MASTER_WINS = 128;

    private NodeFlags() {}
}
