package org.holdfast.transport.client;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A program's way to the configuration map, to quorum and to the control of the cluster layer on
 * its node: what libcmap, libquorum, libvotequorum and libcfg give.
 *
 * <pre>{@code
 * try (ClusterClient cluster = ClusterClient.connect(Path.of("/run/holdfast/cluster.sock"))) {
 *     cluster.set("example.greeting", "str", "hello");
 *     cluster.trackQuorum();
 *     while (true) {
 *         Quorum quorum = cluster.awaitQuorum();
 *         System.out.println(quorum.quorate() + " " + quorum.nodes());
 *     }
 * }
 * }</pre>
 *
 * <p>One thread at a time; calls wait for the daemon's answer.
 */
public final class ClusterClient implements Closeable {

    /** A key of the configuration map. */
    public record Key(String name, String type, String value) {}

    /**
     * Whether the partition of this node may act.
     *
     * @param quorate while the ring is being synchronised: as it was in the ring before
     * @param synchronising whether the ring is new and its quorum not yet decided; a quorum device
     *     gives its answer now
     * @param representative the node that formed the ring
     * @param ringNumber grows with every ring
     * @param nodes the ring's nodes, ascending
     */
    public record Quorum(
            boolean quorate,
            boolean synchronising,
            int representative,
            long ringNumber,
            List<Integer> nodes) {}

    /**
     * The votes.
     *
     * @param flags what applies, in corosync-quorumtool's words
     * @param members the nodes of this partition
     */
    public record Votes(
            boolean quorate,
            int expected,
            int highestExpected,
            int total,
            int needed,
            List<String> flags,
            List<Voter> members) {}

    /** A node's votes. */
    public record Voter(int node, int votes, String name) {}

    /** The daemon did not do what it was asked. */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        private final int code;

        Refused(int code, String text) {
            super(text);
            this.code = code;
        }

        /** The reason by the number that it has in Corosync ({@code cs_error_t}). */
        public int code() {
            return code;
        }
    }

    private static final int DONE = 1;
    private static final int VOTES_FIELDS = 8;
    private static final int CHANGE_FIELDS = 5;

    private final SocketChannel channel;
    private final DataInputStream in;
    private final ArrayDeque<Quorum> quorums = new ArrayDeque<>();
    private final ArrayDeque<KeyChange> changes = new ArrayDeque<>();
    private int nodeId;

    private ClusterClient(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(Channels.newInputStream(channel));
    }

    /**
     * Connects to the daemon on this machine.
     *
     * @param socket {@code /run/holdfast/cluster.sock}, or that below the daemon's root
     * @throws IOException if it does not run, this user may not, or it speaks another version
     */
    public static ClusterClient connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ClusterClient client = new ClusterClient(channel);
            client.send(FrameType.HELLO, ByteBuffer.allocate(4).putInt(FrameType.VERSION).array());
            ByteBuffer welcome = client.receive(FrameType.WELCOME);
            welcome.getInt();
            client.nodeId = welcome.getInt();
            connected = true;
            return client;
        } finally {
            if (!connected) {
                channel.close();
            }
        }
    }

    /** This node's id. */
    public int nodeId() {
        return nodeId;
    }

    // ---- configuration map
    // -----------------------------------------------------------------------

    /** A key's value; {@link Refused} with code 12 if there is no such key. */
    public Key get(String key) throws IOException {
        List<String> answer = ask(Operation.CMAP_GET, key);
        return new Key(key, answer.get(0), answer.get(1));
    }

    /** All keys that begin so, in order. */
    public List<Key> list(String prefix) throws IOException {
        List<String> answer = ask(Operation.CMAP_LIST, prefix);
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i + 2 < answer.size(); i += 3) {
            keys.add(new Key(answer.get(i), answer.get(i + 1), answer.get(i + 2)));
        }
        return keys;
    }

    /**
     * Sets a key.
     *
     * @param type {@code i8 u8 i16 u16 i32 u32 i64 u64 flt dbl str bin}
     */
    public void set(String key, String type, String value) throws IOException {
        ask(Operation.CMAP_SET, key, type, value);
    }

    /** Removes a key. */
    public void delete(String key) throws IOException {
        ask(Operation.CMAP_DELETE, key);
    }

    /**
     * From now on {@link #awaitChange} tells when this key changes.
     *
     * @param key a key; with {@link KeyChange#PREFIX} all keys that begin so
     * @param what the kinds of changes, bits of {@link KeyChange}; 0 ends it
     */
    public void trackKey(String key, int what) throws IOException {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        byte[] body = ByteBuffer.allocate(1 + name.length).put((byte) what).put(name).array();
        send(FrameType.TRACK_KEY, body);
    }

    /** Waits for the next change of a key that is tracked. */
    public KeyChange awaitChange() throws IOException {
        if (changes.isEmpty()) {
            changes.add(change(receive(FrameType.KEY_CHANGED)));
        }
        return changes.remove();
    }

    private static KeyChange change(ByteBuffer body) throws IOException {
        int kind = body.getInt();
        List<String> texts = TextList.decode(body);
        if (texts.size() != CHANGE_FIELDS) {
            throw new IOException("the daemon sent a change of " + texts.size() + " texts");
        }
        return new KeyChange(
                kind, texts.get(0), texts.get(1), texts.get(2), texts.get(3), texts.get(4));
    }

    // ---- quorum
    // ----------------------------------------------------------------------------------

    /** From now on {@link #awaitQuorum} tells of quorum: as it is, then each change. */
    public void trackQuorum() throws IOException {
        send(FrameType.TRACK_QUORUM, new byte[0]);
    }

    /** Waits for the next news of quorum. */
    public Quorum awaitQuorum() throws IOException {
        if (quorums.isEmpty()) {
            quorums.add(quorum(receive(FrameType.QUORUM)));
        }
        return quorums.remove();
    }

    /** The votes as they are. */
    public Votes votes() throws IOException {
        List<String> answer = ask(Operation.VOTES);
        List<Voter> members = new ArrayList<>();
        for (int i = VOTES_FIELDS; i + 2 < answer.size(); i += 3) {
            members.add(
                    new Voter(
                            Integer.parseUnsignedInt(answer.get(i)),
                            Integer.parseInt(answer.get(i + 1)),
                            answer.get(i + 2)));
        }
        return new Votes(
                answer.get(0).equals("yes"),
                Integer.parseInt(answer.get(1)),
                Integer.parseInt(answer.get(2)),
                Integer.parseInt(answer.get(3)),
                Integer.parseInt(answer.get(4)),
                answer.get(5).isEmpty() ? List.of() : List.of(answer.get(5).split(" ")),
                members);
    }

    /** Sets the expected votes on the whole ring. */
    public void setExpectedVotes(int votes) throws IOException {
        ask(Operation.SET_EXPECTED_VOTES, Integer.toString(votes));
    }

    /** Sets one node's votes on the whole ring; node 0 means this one. */
    public void setVotes(int node, int votes) throws IOException {
        ask(Operation.SET_VOTES, Integer.toUnsignedString(node), Integer.toString(votes));
    }

    // ---- quorum device
    // ---------------------------------------------------------------------------

    /** Registers this program as the node's quorum device; all nodes' devices have one name. */
    public void registerDevice(String name) throws IOException {
        ask(Operation.DEVICE_REGISTER, name);
    }

    /** Takes the device back. */
    public void unregisterDevice(String name) throws IOException {
        ask(Operation.DEVICE_UNREGISTER, name);
    }

    /** Gives the device another name, on all nodes. */
    public void renameDevice(String name, String newName) throws IOException {
        ask(Operation.DEVICE_RENAME, name, newName);
    }

    /** Gives the device's answer about a ring; it counts for {@code quorum.device.timeout}. */
    public void pollDevice(String name, boolean vote, Quorum ring) throws IOException {
        ask(
                Operation.DEVICE_POLL,
                name,
                vote ? "yes" : "no",
                Integer.toUnsignedString(ring.representative()),
                Long.toUnsignedString(ring.ringNumber()));
    }

    /** Whether the device's vote alone makes a partition quorate. */
    public void deviceMasterWins(String name, boolean allowed) throws IOException {
        ask(Operation.DEVICE_MASTER_WINS, name, allowed ? "yes" : "no");
    }

    // ---- control
    // ---------------------------------------------------------------------------------

    /** Makes all nodes read their configuration again. */
    public void reload() throws IOException {
        ask(Operation.RELOAD);
    }

    /** Makes a node's daemon end at once. */
    public void killNode(int node, String reason) throws IOException {
        ask(Operation.KILL_NODE, Integer.toUnsignedString(node), reason);
    }

    // ---- frames
    // ----------------------------------------------------------------------------------

    /**
     * Any operation.
     *
     * @throws Refused if the daemon did not do it
     */
    public List<String> ask(Operation operation, String... arguments) throws IOException {
        byte[] list = TextList.encode(List.of(arguments));
        send(
                FrameType.REQUEST,
                ByteBuffer.allocate(1 + list.length)
                        .put((byte) operation.number())
                        .put(list)
                        .array());
        ByteBuffer answer = receive(FrameType.ANSWER);
        int code = answer.getInt();
        List<String> texts = TextList.decode(answer);
        if (code != DONE) {
            throw new Refused(code, texts.isEmpty() ? "error " + code : texts.getFirst());
        }
        return texts;
    }

    private void send(int type, byte[] body) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(FrameType.LENGTH_BYTES + 1 + body.length);
        frame.putInt(1 + body.length).put((byte) type).put(body).flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /** The next frame of a type; news that come before are kept. */
    private ByteBuffer receive(int wanted) throws IOException {
        while (true) {
            int length = in.readInt();
            if (length < 1 || length > 64 * FrameType.FRAME_BYTES_MAX) {
                throw new IOException("the daemon sent a frame of " + length + " bytes");
            }
            int type = in.readUnsignedByte();
            byte[] body = in.readNBytes(length - 1);
            if (body.length < length - 1) {
                throw new EOFException("the daemon has closed the connection");
            }
            ByteBuffer buffer = ByteBuffer.wrap(body);
            if (type == wanted) {
                return buffer;
            } else if (type == FrameType.QUORUM) {
                quorums.add(quorum(buffer));
            } else if (type == FrameType.KEY_CHANGED) {
                changes.add(change(buffer));
            } else if (type == FrameType.REFUSED) {
                int code = buffer.getInt();
                throw new Refused(code, StandardCharsets.UTF_8.decode(buffer).toString());
            } else {
                throw new IOException("the daemon sent a frame of type " + type);
            }
        }
    }

    private static Quorum quorum(ByteBuffer body) throws IOException {
        int flags = body.getInt();
        int representative = body.getInt();
        long number = body.getLong();
        int count = body.getInt();
        if (count < 0 || count > body.remaining() / 4) {
            throw new IOException("the daemon sent " + count + " nodes in too few bytes");
        }
        List<Integer> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(body.getInt());
        }
        return new Quorum(
                (flags & 1) != 0, (flags & 2) != 0, representative, number, List.copyOf(nodes));
    }

    /** Ends the connection. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
