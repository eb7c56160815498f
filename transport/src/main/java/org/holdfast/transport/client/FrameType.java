package org.holdfast.transport.client;

/** Types of the frames between a program and the daemon. */
public final class FrameType {

    /** Program: protocol version; the first frame. */
    public static final int HELLO = 1;

    /** Program: join this group. */
    public static final int JOIN = 2;

    /** Program: leave the group. */
    public static final int LEAVE = 3;

    /** Program: send to the group. */
    public static final int MULTICAST = 4;

    /** Program: an operation by number and its arguments, a list of texts. */
    public static final int REQUEST = 5;

    /** Program: tell now and at each change whether there is quorum. */
    public static final int TRACK_QUORUM = 6;

    /** Program: tell when keys of the configuration map change; what to tell, and a key. */
    public static final int TRACK_KEY = 7;

    /** Daemon: protocol version, node id, largest payload. */
    public static final int WELCOME = 16;

    /** Daemon: the group's members and what has changed. */
    public static final int CONFIGURATION = 17;

    /** Daemon: a message to the group, in the order that all members share. */
    public static final int MESSAGE = 18;

    /** Daemon: what was asked cannot be done; a code and a text. */
    public static final int REFUSED = 19;

    /** Daemon: the answer to a request, a code and a list of texts. */
    public static final int ANSWER = 20;

    /** Daemon: whether there is quorum, the ring and its nodes. */
    public static final int QUORUM = 21;

    /** Daemon: a key of the configuration map has changed. */
    public static final int KEY_CHANGED = 22;

    /** The version of the protocol that this program speaks. */
    public static final int VERSION = 1;

    /** Bytes of the length in front of a frame. */
    public static final int LENGTH_BYTES = 4;

    /** Largest frame: a message of the largest size and its header. */
    public static final int FRAME_BYTES_MAX = (1 << 20) + 64;

    private FrameType() {}
}
