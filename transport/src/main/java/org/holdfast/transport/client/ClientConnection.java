package org.holdfast.transport.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.holdfast.linux.Errno;
import org.holdfast.linux.LinuxException;
import org.holdfast.linux.Poller;
import org.holdfast.linux.UnixStream;

/**
 * The daemon's end of a connection to a program on this node. Frames to the program are collected
 * until {@link #flush}. A program whose frames cannot be taken now, or that does not read what it
 * gets, is not read from, so that it waits; one that does not read for too long is cut off.
 *
 * <p>Belongs to the event loop's thread.
 */
public final class ClientConnection {

    private static final int KERNEL_BUFFER_BYTES = 1 << 20;

    /** A program with so much unread must read before it may send more. */
    private static final int UNREAD_BYTES_HIGH = 4 << 20;

    /** A program with so much unread is taken for hung. */
    private static final int UNREAD_BYTES_MAX = 256 << 20;

    private final UnixStream stream;
    private final Poller poller;
    private final Handler handler;
    private final int pid;
    private final FrameReader in = new FrameReader();
    private final FrameWriter out = new FrameWriter();
    private int watched = Poller.READ;
    private boolean refusedFrame;
    private boolean closed;

    /** What the frames are for. */
    public interface Handler {

        /** The program says hello. */
        void onHello(ClientConnection from, int version);

        /** The program wants to join a group. */
        void onJoin(ClientConnection from, byte[] group);

        /** The program wants to leave its group. */
        void onLeave(ClientConnection from);

        /** Whether a message of this size can be taken now. */
        boolean canTake(int payloadBytes);

        /**
         * A message could not be taken, or the program has too much unread; {@link
         * ClientConnection#retry} tries again.
         */
        void onRefused(ClientConnection from);

        /** A message to the program's group; only after {@link #canTake} said so. */
        void onMulticast(ClientConnection from, byte[] payload);

        /**
         * An operation is asked for; {@link ClientConnection#answer} must follow, in the order of
         * the requests.
         *
         * @param body what stands behind the frame's type
         */
        void onRequest(ClientConnection from, byte[] body);

        /** The program wants to hear of quorum. */
        void onTrackQuorum(ClientConnection from);

        /**
         * The program wants to hear of changes of keys.
         *
         * @param key a key, or the beginning of keys
         * @param what bits of {@link KeyChange}, 0 to hear no more
         */
        void onTrackKey(ClientConnection from, String key, int what);

        /** The connection has ended; nothing follows. */
        void onClosed(ClientConnection from, String reason);
    }

    private ClientConnection(UnixStream stream, Poller poller, Handler handler, int pid) {
        this.stream = stream;
        this.poller = poller;
        this.handler = handler;
        this.pid = pid;
    }

    /** Takes a new connection over. */
    static ClientConnection start(UnixStream stream, Poller poller, Handler handler)
            throws LinuxException {
        stream.setBuffers(KERNEL_BUFFER_BYTES);
        ClientConnection connection =
                new ClientConnection(stream, poller, handler, stream.peer().pid());
        poller.add(stream, Poller.READ, connection::onReady);
        return connection;
    }

    /** The program's process id as the kernel tells it. */
    public int pid() {
        return pid;
    }

    /** Whether the connection has ended. */
    public boolean isClosed() {
        return closed;
    }

    private void onReady(int events) {
        if ((events & Poller.WRITE) != 0) {
            flush();
        }
        if ((events & ~Poller.WRITE) != 0 && !closed) {
            read();
        }
    }

    private void read() {
        int count = in.readFrom(stream);
        if (count < 0) {
            close(count == -Errno.EPIPE ? "disconnected" : Errno.text(-count));
            return;
        }
        takeFrames();
    }

    /** Takes frames that could not be taken before. */
    public void retry() {
        if (refusedFrame && !closed) {
            takeFrames();
        }
    }

    private void takeFrames() {
        refusedFrame = false;
        while (!closed && !refusedFrame) {
            switch (in.state()) {
                case INCOMPLETE -> {
                    watch();
                    return;
                }
                case MALFORMED -> close("sent a malformed frame");
                case COMPLETE -> takeFrame();
            }
        }
        watch();
    }

    private void takeFrame() {
        int body = in.bodyBytes();
        switch (in.type()) {
            case FrameType.HELLO -> {
                if (body == 4) {
                    handler.onHello(this, in.int32(0));
                } else {
                    close("said hello in an unknown way");
                }
            }
            case FrameType.JOIN -> handler.onJoin(this, in.copy(0, body));
            case FrameType.LEAVE -> handler.onLeave(this);
            case FrameType.MULTICAST -> {
                if (out.waitingBytes() > UNREAD_BYTES_HIGH || !handler.canTake(body)) {
                    refusedFrame = true;
                    handler.onRefused(this);
                    return;
                }
                handler.onMulticast(this, in.copy(0, body));
            }
            case FrameType.REQUEST -> {
                if (out.waitingBytes() > UNREAD_BYTES_HIGH) {
                    refusedFrame = true;
                    handler.onRefused(this);
                    return;
                }
                handler.onRequest(this, in.copy(0, body));
            }
            case FrameType.TRACK_QUORUM -> handler.onTrackQuorum(this);
            case FrameType.TRACK_KEY -> {
                byte[] asked = in.copy(0, body);
                if (body < 1 || (asked[0] & ~KeyChange.ALL) != 0) {
                    close("asked for changes in an unknown way");
                } else {
                    String key = new String(asked, 1, body - 1, StandardCharsets.UTF_8);
                    handler.onTrackKey(this, key, asked[0]);
                }
            }
            default -> close("sent a frame of unknown type " + in.type());
        }
        if (!closed) {
            in.next();
        }
    }

    private FrameWriter frame(int type, int bodyBytes) {
        return out.frame(type, bodyBytes);
    }

    /** Says who we are. */
    public void welcome(int nodeId, int payloadBytesMax) {
        frame(FrameType.WELCOME, 12)
                .putInt(FrameType.VERSION)
                .putInt(nodeId)
                .putInt(payloadBytesMax);
    }

    /** Gives a message, which is copied. */
    public void message(int node, int senderPid, byte[] bytes, int offset, int length) {
        frame(FrameType.MESSAGE, 8 + length)
                .putInt(node)
                .putInt(senderPid)
                .putBytes(bytes, offset, length);
    }

    /** Gives the group's members. */
    public void configuration(GroupView view) {
        view.writeTo(out);
    }

    /**
     * Answers a request.
     *
     * @param code 1 if it was done, else the number of the reason
     */
    public void answer(int code, List<String> texts) {
        byte[] list = TextList.encode(texts);
        frame(FrameType.ANSWER, 4 + list.length).putInt(code).putBytes(list, 0, list.length);
    }

    /**
     * Tells whether there is quorum.
     *
     * @param synchronising whether the ring is new and its quorum not yet decided
     */
    public void quorum(
            boolean quorate,
            boolean synchronising,
            int representative,
            long ringNumber,
            List<Integer> nodes) {
        FrameWriter writer = frame(FrameType.QUORUM, 20 + 4 * nodes.size());
        writer.putInt((quorate ? 1 : 0) | (synchronising ? 2 : 0));
        writer.putInt(representative).putLong(ringNumber);
        writer.putInt(nodes.size());
        nodes.forEach(writer::putInt);
    }

    /** Tells that a key has changed. */
    public void keyChanged(KeyChange change) {
        byte[] list =
                TextList.encode(
                        List.of(
                                change.key(),
                                change.type(),
                                change.value(),
                                change.oldType(),
                                change.oldValue()));
        frame(FrameType.KEY_CHANGED, 4 + list.length)
                .putInt(change.kind())
                .putBytes(list, 0, list.length);
    }

    /** Bytes that the program has not yet read. */
    public int unreadBytes() {
        return out.waitingBytes();
    }

    /** Says that something cannot be done. */
    public void refused(int code, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        frame(FrameType.REFUSED, 4 + bytes.length).putInt(code).putBytes(bytes, 0, bytes.length);
    }

    /** Writes what waits, as far as there is room. */
    public void flush() {
        while (!closed && out.waitingBytes() > 0) {
            int count = out.writeTo(stream);
            if (count < 0) {
                close(Errno.text(-count));
                return;
            }
            if (count == 0) {
                break;
            }
        }
        if (out.waitingBytes() > UNREAD_BYTES_MAX) {
            close("does not read what it is sent");
        }
        watch();
    }

    private void watch() {
        int wanted = (refusedFrame ? 0 : Poller.READ) | (out.waitingBytes() > 0 ? Poller.WRITE : 0);
        if (closed || wanted == watched) {
            return;
        }
        try {
            poller.change(stream, wanted);
            watched = wanted;
        } catch (LinuxException e) {
            close(Errno.text(e.errno()));
        }
    }

    /** Ends the connection. */
    public void close(String reason) {
        if (closed) {
            return;
        }
        closed = true;
        if (out.waitingBytes() > 0) {
            // The last words, as far as there is room; whether anybody reads them is open.
            out.writeTo(stream);
        }
        try {
            poller.remove(stream);
        } catch (LinuxException alreadyGone) {
            // Closing takes it out as well.
        }
        stream.close();
        handler.onClosed(this, reason);
    }
}
