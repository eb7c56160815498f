package org.holdfast.transport.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program's membership in a process group of the cluster: total order, the same for all members,
 * as libcpg gives it.
 *
 * <pre>{@code
 * try (GroupClient group = GroupClient.connect(Path.of("/run/holdfast/cluster.sock"))) {
 *     group.join("example");
 *     group.multicast("hello".getBytes(UTF_8));
 *     GroupEvent event = group.await(-1);
 * }
 * }</pre>
 *
 * <p>One thread at a time. A program that sends more than the ring takes waits in {@link
 * #multicast}; what arrives meanwhile is kept for {@link #await}.
 */
public final class GroupClient implements AutoCloseable {

    private static final int READ_BYTES = 256 << 10;
    private static final int SEND_BYTES = 64 << 10;
    private static final int GROUP_BYTES_MAX = 128;
    private static final int PROCESS_BYTES = 12;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ArrayDeque<GroupEvent> events = new ArrayDeque<>();
    private ByteBuffer in = ByteBuffer.allocate(READ_BYTES);
    private ByteBuffer out = ByteBuffer.allocate(SEND_BYTES);
    private boolean welcomed;
    private int nodeId;
    private int payloadBytesMax;

    private GroupClient(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.selector = selector;
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    /**
     * Connects to the daemon on this machine.
     *
     * @param socket {@code /run/holdfast/cluster.sock}, or that below the daemon's root
     * @throws IOException if it does not run, this user may not, or it speaks another version
     */
    public static GroupClient connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        @Nullable GroupClient client = null;
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            GroupClient connecting = new GroupClient(channel, Selector.open());
            connecting.frame(FrameType.HELLO, 4).putInt(FrameType.VERSION);
            connecting.flush();
            while (!connecting.welcomed) {
                connecting.turn(-1);
                if (connecting.events.peek() instanceof GroupEvent.Refused refused) {
                    throw new IOException(refused.text());
                }
            }
            client = connecting;
            return client;
        } finally {
            if (client == null) {
                channel.close();
            }
        }
    }

    /** This node's id. */
    public int nodeId() {
        return nodeId;
    }

    /** The longest message in bytes. */
    public int payloadBytesMax() {
        return payloadBytesMax;
    }

    /**
     * Joins a group; a connection can be in one at a time. This program is a member when a {@link
     * GroupEvent.Configuration} says so.
     *
     * @param group 1 to 128 characters, each one byte
     */
    public void join(String group) throws IOException {
        byte[] name = group.getBytes(StandardCharsets.ISO_8859_1);
        if (name.length == 0 || name.length > GROUP_BYTES_MAX) {
            throw new IllegalArgumentException("a group's name has 1 to 128 bytes: " + group);
        }
        frame(FrameType.JOIN, name.length).put(name);
        flush();
    }

    /** Leaves the group; the last configuration tells of it. */
    public void leave() throws IOException {
        frame(FrameType.LEAVE, 0);
        flush();
    }

    /**
     * Sends to the group. The message is on its way at the next {@link #flush} or {@link #await},
     * or earlier.
     *
     * @param payload 0 to {@link #payloadBytesMax} bytes
     */
    public void multicast(byte[] payload) throws IOException {
        if (payload.length > payloadBytesMax) {
            throw new IllegalArgumentException(
                    payload.length + " bytes are more than " + payloadBytesMax);
        }
        if (out.position() > 0 && out.remaining() < payload.length + 5) {
            flush();
        }
        frame(FrameType.MULTICAST, payload.length).put(payload);
    }

    private ByteBuffer frame(int type, int bodyBytes) {
        if (out.remaining() < 5 + bodyBytes) {
            ByteBuffer larger = ByteBuffer.allocate(out.position() + 5 + bodyBytes);
            out.flip();
            out = larger.put(out);
        }
        return out.putInt(1 + bodyBytes).put((byte) type);
    }

    /** Hands over what was sent; waits while the ring takes no more. */
    public void flush() throws IOException {
        out.flip();
        while (channel.write(out) >= 0 && out.hasRemaining()) {
            // The daemon may itself wait for us to read.
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            turn(-1);
            key.interestOps(SelectionKey.OP_READ);
        }
        out.clear();
    }

    /**
     * The next event.
     *
     * @param timeoutMillis the longest wait; 0 to look only, -1 for ever
     * @return null if there was none in that time
     * @throws EOFException if the daemon has ended
     */
    public @Nullable GroupEvent await(long timeoutMillis) throws IOException {
        if (out.position() > 0) {
            flush();
        }
        if (events.isEmpty()) {
            turn(timeoutMillis);
        }
        return events.poll();
    }

    private void turn(long timeoutMillis) throws IOException {
        if (timeoutMillis == 0) {
            selector.selectNow();
        } else {
            selector.select(Math.max(0, timeoutMillis));
        }
        selector.selectedKeys().clear();
        int count = channel.read(in);
        if (count < 0) {
            throw new EOFException("the daemon has closed the connection");
        }
        if (count > 0) {
            in.flip();
            while (takeFrame()) {
                // Each is an event.
            }
            in.compact();
            makeRoom();
        }
    }

    private void makeRoom() {
        if (!in.hasRemaining()) {
            in.flip();
            in = ByteBuffer.allocate(2 * in.capacity()).put(in);
        }
    }

    private boolean takeFrame() throws IOException {
        if (in.remaining() < FrameType.LENGTH_BYTES + 1) {
            return false;
        }
        int length = in.getInt(in.position());
        // A configuration may be longer than a message.
        if (length < 1 || length > 4 * FrameType.FRAME_BYTES_MAX) {
            throw new IOException("the daemon sent a frame of " + length + " bytes");
        }
        if (in.remaining() < FrameType.LENGTH_BYTES + length) {
            return false;
        }
        ByteBuffer body = in.slice(in.position() + 5, length - 1);
        int type = in.get(in.position() + 4);
        in.position(in.position() + FrameType.LENGTH_BYTES + length);
        take(type, body);
        return true;
    }

    private void take(int type, ByteBuffer body) throws IOException {
        switch (type) {
            case FrameType.WELCOME -> {
                body.getInt();
                nodeId = body.getInt();
                payloadBytesMax = body.getInt();
                welcomed = true;
            }
            case FrameType.CONFIGURATION ->
                    events.add(
                            new GroupEvent.Configuration(
                                    new GroupView(
                                            body.getInt(),
                                            body.getLong(),
                                            processes(body),
                                            processes(body),
                                            processes(body))));
            case FrameType.MESSAGE ->
                    events.add(new GroupEvent.Message(body.getInt(), body.getInt(), rest(body)));
            case FrameType.REFUSED ->
                    events.add(
                            new GroupEvent.Refused(
                                    body.getInt(), new String(rest(body), StandardCharsets.UTF_8)));
            default -> throw new IOException("the daemon sent a frame of unknown type " + type);
        }
    }

    private static byte[] rest(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }

    private static List<GroupView.Process> processes(ByteBuffer body) throws IOException {
        int count = body.getInt();
        if (count < 0 || count > body.remaining() / PROCESS_BYTES) {
            throw new IOException("the daemon sent " + count + " processes in too few bytes");
        }
        List<GroupView.Process> processes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            processes.add(new GroupView.Process(body.getInt(), body.getInt(), body.getInt()));
        }
        return processes;
    }

    /** Ends the connection; a group that was joined is left by that. */
    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
