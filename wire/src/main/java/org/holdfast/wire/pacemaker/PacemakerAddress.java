package org.holdfast.wire.pacemaker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Names a daemon on a node in a {@link PacemakerFrame}.
 *
 * @param nodeId the node's number, or 0 where Pacemaker leaves it out (always for the sender)
 * @param pid the process, or 0
 * @param daemon which daemon, by Pacemaker 2.1's numbers; receivers only log it
 * @param nodeName the node's name, at most 255 bytes; "" for none
 */
public record PacemakerAddress(int nodeId, int pid, int daemon, String nodeName) {

    /** Number of the CIB manager. */
    public static final int CIB = 3;

    /** Number of the controller. */
    public static final int CONTROLLER = 4;

    /** Number of the attribute manager. */
    public static final int ATTRIBUTES = 5;

    /** Number of the fencer. */
    public static final int FENCER = 9;

    static final int NAME_BYTES = 256;

    /** Size of an address. */
    static final int BYTES = 20 + NAME_BYTES;

    /** The address that stands for all members of the group. */
    public static PacemakerAddress all(int daemon) {
        return new PacemakerAddress(0, 0, daemon, "");
    }

    void encode(ByteBuffer out) {
        byte[] name = nodeName.getBytes(StandardCharsets.UTF_8);
        if (name.length >= NAME_BYTES) {
            throw new IllegalArgumentException("node name too long: " + nodeName);
        }
        out.putInt(nodeId).putInt(pid).putInt(0).putInt(daemon).putInt(name.length);
        out.put(name);
        out.position(out.position() + NAME_BYTES - name.length);
    }

    static PacemakerAddress decode(ByteBuffer in) throws MalformedFrameException {
        int nodeId = in.getInt();
        int pid = in.getInt();
        in.getInt();
        int daemon = in.getInt();
        int size = in.getInt();
        if (size < 0 || size >= NAME_BYTES) {
            throw new MalformedFrameException("node name of " + size + " bytes");
        }
        byte[] name = new byte[NAME_BYTES];
        in.get(name);
        return new PacemakerAddress(
                nodeId, pid, daemon, new String(name, 0, size, StandardCharsets.UTF_8));
    }
}
