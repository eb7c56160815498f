package org.holdfast.totem.groups;

import java.util.ArrayDeque;
import java.util.Deque;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.groups.Packing;
import org.holdfast.wire.totem.Mcast;

/**
 * Messages that wait for the token, cut and packed when it comes.
 *
 * <p>A message that fits into a packet is never cut. The fragments of a longer one are numbered
 * from 1, as receivers expect that lost the thread.
 */
public final class OutgoingQueue {

    /** Longest message, addresses and headers included (MESSAGE_SIZE_MAX). */
    public static final int MESSAGE_BYTES_MAX = 1_048_576;

    private static final int FRAGMENT_BYTES_MIN = 128;
    private static final int PIECES_MAX = 512;
    private static final int FRAGMENT_NUMBERS = 255;
    private static final byte[] EMPTY = new byte[0];

    private final NodeId self;
    private final int packetBytes;
    private final Deque<Message> messages = new ArrayDeque<>();
    private final int[] lengths = new int[PIECES_MAX];
    private long waitingBytes;

    /** Bytes of the first message that have been sent. */
    private int sentBytes;

    /** Number of the first message's fragment that was sent last; 0 when none was. */
    private int fragment;

    /** The rest of the first message began in an older ring. */
    private boolean restFromOlderRing;

    private record Message(byte[] head, byte[] body) {
        int bytes() {
            return head.length + body.length;
        }

        void copy(int from, byte[] to, int at, int count) {
            int ofHead = Math.min(count, Math.max(0, head.length - from));
            System.arraycopy(head, Math.min(from, head.length), to, at, ofHead);
            System.arraycopy(
                    body, Math.max(0, from - head.length), to, at + ofHead, count - ofHead);
        }
    }

    /**
     * Makes an empty queue.
     *
     * @param packetBytes room in a ring packet for lengths and pieces
     */
    public OutgoingQueue(NodeId self, int packetBytes) {
        this.self = self;
        this.packetBytes = packetBytes;
    }

    /** Adds a message in two parts, which become the queue's. */
    public void add(byte[] head, byte[] body) {
        Message message = new Message(head, body);
        messages.add(message);
        waitingBytes += message.bytes() + 2;
    }

    /** Adds a message. */
    public void add(byte[] message) {
        add(message, EMPTY);
    }

    /** Bytes that wait. */
    public long waitingBytes() {
        return waitingBytes;
    }

    /** About how many packets the waiting messages make; 0 only when there are none. */
    public int backlogPackets() {
        return (int) ((waitingBytes + packetBytes - 1) / packetBytes);
    }

    /**
     * A new ring has come. Nodes that are new in it do not know the beginning of a message that is
     * partly sent: its rest goes alone, so that they lose nothing else with it.
     */
    public void ringChanged() {
        restFromOlderRing = sentBytes > 0;
    }

    /**
     * Everybody in the new ring understands when a partly sent message starts again: so all of them
     * get it, or none.
     */
    public void restartIfCut() {
        if (!restFromOlderRing) {
            return;
        }
        waitingBytes += sentBytes;
        sentBytes = 0;
        fragment = 0;
        restFromOlderRing = false;
    }

    /** Drops all messages of which nothing has been sent. */
    public void dropUnsent() {
        Message partlySent = sentBytes > 0 ? messages.peekFirst() : null;
        messages.clear();
        waitingBytes = 0;
        if (partlySent != null) {
            messages.add(partlySent);
            waitingBytes = partlySent.bytes() - sentBytes + 2;
        }
    }

    /**
     * Packs the next packet.
     *
     * @throws java.util.NoSuchElementException if nothing waits
     */
    public Mcast nextPacket() {
        int continuation = fragment;
        int pieces = 0;
        int used = 0;
        boolean cut = false;
        int start = sentBytes;
        for (Message message : messages) {
            int room = packetBytes - used - 2;
            int rest = message.bytes() - start;
            boolean begun = start > 0;
            if (pieces == PIECES_MAX || room <= 0) {
                break;
            }
            if (rest > room) {
                boolean worthCutting =
                        pieces == 0 || rest > packetBytes - 2 && room >= FRAGMENT_BYTES_MIN;
                if (!worthCutting) {
                    break;
                }
                rest = room;
                cut = true;
            }
            lengths[pieces++] = rest;
            used += rest + 2;
            if (cut || begun && restFromOlderRing) {
                break;
            }
            start = 0;
        }
        return pack(continuation, pieces, used, cut);
    }

    private Mcast pack(int continuation, int pieces, int used, boolean cut) {
        Mcast packet = Mcast.allocate(self, false, Packing.HEADER_BYTES + used);
        byte[] frame = packet.frame();
        int at = Mcast.HEADER_BYTES + Packing.HEADER_BYTES + 2 * pieces;
        for (int i = 0; i < pieces; i++) {
            Message message = messages.element();
            message.copy(sentBytes, frame, at, lengths[i]);
            at += lengths[i];
            sentBytes += lengths[i];
            if (sentBytes == message.bytes()) {
                messages.remove();
                sentBytes = 0;
                fragment = 0;
                restFromOlderRing = false;
                waitingBytes -= 2;
            }
        }
        waitingBytes -= used - 2L * pieces;
        if (cut) {
            fragment = fragment % FRAGMENT_NUMBERS + 1;
        }
        Packing.encodeHeader(
                frame, Mcast.HEADER_BYTES, cut ? fragment : 0, continuation, lengths, pieces);
        return packet;
    }
}
