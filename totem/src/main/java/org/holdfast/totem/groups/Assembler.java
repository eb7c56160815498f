package org.holdfast.totem.groups;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.groups.GroupAddress;
import org.holdfast.wire.groups.Packing;
import org.holdfast.wire.service.ServiceMessage;
import org.holdfast.wire.totem.Mcast;

/**
 * Takes ring packets apart and puts cut messages together, per sender.
 *
 * <p>While the sync step runs, its packets may come between the fragments of a message that was
 * begun before; so there are two sets of half-done messages.
 */
public final class Assembler {

    private static final int BYTES_MIN = 4096;
    private static final byte[] NOTHING = {};
    private static final int BYTES_MAX = OutgoingQueue.MESSAGE_BYTES_MAX + 65_536;

    private final Receiver receiver;
    private final SortedMap<NodeId, Half> ordinary = new TreeMap<>();
    private final SortedMap<NodeId, Half> duringSync = new TreeMap<>();
    private SortedMap<NodeId, Half> halves = ordinary;
    private long malformed;
    private long fragmentsLost;
    private long assembled;

    /** Takes whole messages. */
    @FunctionalInterface
    public interface Receiver {

        /**
         * A message in total order.
         *
         * @param bytes holds the message and never changes again
         */
        void onMessage(NodeId sender, byte[] bytes, int offset, int length);
    }

    /** The beginning of a message whose rest is still to come. */
    private static final class Half {
        /** In place of a fragment's number: what comes is dropped until a message ends. */
        static final int THROWN_AWAY = -1;

        private byte[] bytes = NOTHING;
        private int length;

        /** Number of the fragment that came last. */
        private int fragment;

        Half(int fragment) {
            this.fragment = fragment;
        }

        /**
         * Takes the first fragment.
         *
         * @param expectedBytes what the whole message says that it will have; a guess
         */
        void start(byte[] from, int offset, int count, int number, int expectedBytes) {
            bytes = new byte[Math.clamp(expectedBytes, Math.max(count, BYTES_MIN), BYTES_MAX)];
            append(from, offset, count, number);
        }

        void append(byte[] from, int offset, int count, int number) {
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
            }
            System.arraycopy(from, offset, bytes, length, count);
            length += count;
            fragment = number;
        }
    }

    /** Delivers to {@code receiver}. */
    public Assembler(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Uses the set for packets of the sync step from now on, or the other one again. */
    public void useSetOfSync(boolean syncRuns) {
        halves = syncRuns ? duringSync : ordinary;
    }

    /** A node has left: what it began will not be finished. */
    public void forget(NodeId node) {
        ordinary.remove(node);
        duringSync.remove(node);
    }

    /** Packets that were dropped because they made no sense. */
    public long malformed() {
        return malformed;
    }

    /** Fragments that were dropped because their beginning is unknown. */
    public long fragmentsLost() {
        return fragmentsLost;
    }

    /** Messages that were put together from fragments. */
    public long assembled() {
        return assembled;
    }

    /** Takes the next packet of the total order. */
    public void onPacket(Mcast packet) {
        switch (Packing.decode(packet.frame(), Mcast.HEADER_BYTES, packet.payloadBytes())) {
            case Packing.Result.Malformed _ -> malformed++;
            case Packing.Result.Valid valid -> takeApart(packet, valid.packing());
        }
    }

    private void takeApart(Mcast packet, Packing packing) {
        NodeId sender = packet.from();
        byte[] frame = packet.frame();
        int at = packing.firstPieceOffset();
        int pieces = packing.pieces();
        if (pieces == 0) {
            return;
        }
        if (isThrownAway(sender, packing)) {
            fragmentsLost++;
            return;
        }
        for (int piece = 0; piece < pieces; piece++) {
            int length = packing.pieceBytes(piece);
            boolean continues = piece == 0 && packing.continuation() != 0;
            boolean isCut = piece == pieces - 1 && packing.fragmented() != 0;
            if (continues) {
                onContinuation(sender, packing, frame, at, length, isCut);
            } else if (isCut) {
                Half half = new Half(0);
                half.start(frame, at, length, packing.fragmented(), sizeOf(frame, at, length));
                halves.put(sender, half);
            } else {
                receiver.onMessage(sender, frame, at, length);
            }
            at += length;
        }
    }

    /**
     * Whether a packet must not be used: it goes on with a message whose beginning this node never
     * saw, as one that came into the ring just now. Corosync then drops all that is in the packet,
     * and all following ones up to the next that ends with a whole message. All nodes that came at
     * once must lack the same, so ours do likewise, although they could save some of it.
     */
    private boolean isThrownAway(NodeId sender, Packing packing) {
        Half half = halves.get(sender);
        if (packing.continuation() == 0) {
            if (half != null) {
                // One of ours has started it again for all.
                fragmentsLost++;
                halves.remove(sender);
            }
            return false;
        }
        if (half != null && half.fragment == packing.continuation()) {
            return false;
        }
        if (packing.fragmented() == 0) {
            halves.remove(sender);
        } else {
            halves.put(sender, new Half(Half.THROWN_AWAY));
        }
        return true;
    }

    /** How long a message will be that begins like this, as far as one can tell; or 0. */
    private static int sizeOf(byte[] bytes, int offset, int length) {
        int body = GroupAddress.bodyOffset(bytes, offset, length);
        boolean known = body >= 0 && body + ServiceMessage.HEADER_BYTES <= offset + length;
        // A claim is bounded: it reserves a megabyte a sender at most.
        int size = known ? ServiceMessage.size(bytes, body) : 0;
        return size < 0 || size > BYTES_MAX ? 0 : size + body - offset;
    }

    private void onContinuation(
            NodeId sender, Packing packing, byte[] frame, int at, int length, boolean isCut) {
        Half half = halves.get(sender);
        boolean fits =
                half != null
                        && half.fragment == packing.continuation()
                        && half.length + length <= BYTES_MAX;
        if (half == null || !fits) {
            fragmentsLost++;
            halves.remove(sender);
            return;
        }
        half.append(frame, at, length, packing.fragmented());
        if (!isCut) {
            halves.remove(sender);
            assembled++;
            receiver.onMessage(sender, half.bytes, 0, half.length);
        }
    }
}
