package org.holdfast.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.holdfast.kernel.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A node's socket on the ring, bound to the node's own ring address. A message to all goes to each
 * peer in a datagram of its own (UDPU), or in one datagram to a group address (UDP).
 *
 * <p>Belongs to the thread of the event loop that registered it; no method blocks.
 */
public final class RingSocket implements AutoCloseable {

    /** Corosync's FRAME_SIZE_MAX and some room: larger datagrams are no frames of the ring. */
    private static final int DATAGRAM_BYTES_MAX = 65_536;

    /** What we ask the kernel for; it gives less if {@code net.core.rmem_max} says so. */
    private static final int KERNEL_BUFFER_BYTES = 4 << 20;

    private final DatagramChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);
    private final Counters counters = new Counters();
    private Map<NodeId, InetSocketAddress> peers = Map.of();
    private Set<InetAddress> listed = Set.of();
    private boolean dropUnlisted = true;
    private @Nullable DatagramChannel groupChannel;
    private @Nullable InetSocketAddress groupTarget;

    /** Takes datagrams. */
    @FunctionalInterface
    public interface Receiver {

        /** Takes one datagram, of which the array is its own. */
        void onDatagram(byte[] bytes);
    }

    /** What happened to datagrams, counted since the start; read by the loop's thread. */
    public static final class Counters {
        private long received;
        private long receivedBytes;
        private long dropped;
        private long sent;
        private long sentBytes;
        private long sendErrors;

        /** Datagrams given to the receiver. */
        public long received() {
            return received;
        }

        /** Bytes given to the receiver. */
        public long receivedBytes() {
            return receivedBytes;
        }

        /** Datagrams from addresses that are not in the node list. */
        public long dropped() {
            return dropped;
        }

        /** Datagrams that the kernel took. */
        public long sent() {
            return sent;
        }

        /** Bytes that the kernel took. */
        public long sentBytes() {
            return sentBytes;
        }

        /** Datagrams that the kernel did not take: no route, full buffer. */
        public long sendErrors() {
            return sendErrors;
        }
    }

    private RingSocket(DatagramChannel channel) {
        this.channel = channel;
    }

    /**
     * Binds to the node's ring address and to no other.
     *
     * @param own address and port
     * @throws IOException if the address is not this machine's, or the port is in use
     */
    public static RingSocket bind(InetSocketAddress own) throws IOException {
        DatagramChannel channel = open(own.getAddress());
        boolean done = false;
        try {
            channel.bind(own);
            done = true;
            return new RingSocket(channel);
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private static DatagramChannel open(InetAddress family) throws IOException {
        boolean six = family.getAddress().length == 16;
        DatagramChannel channel =
                DatagramChannel.open(
                        six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, KERNEL_BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, KERNEL_BUFFER_BYTES);
        return channel;
    }

    /**
     * Sends messages to all by a group address from now on, and receives what is sent to it. Call
     * it before {@link #register}.
     *
     * @throws IOException if the interface cannot do it
     */
    public void useGroup(GroupAddress group) throws IOException {
        int port = localAddress().getPort();
        InetSocketAddress target = new InetSocketAddress(group.address(), port);
        DatagramChannel receiving = open(group.address());
        groupChannel = receiving;
        groupTarget = target;
        receiving.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        receiving.bind(target);
        if (group.address().isMulticastAddress()) {
            receiving.join(group.address(), group.via());
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, group.via());
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, group.ttl());
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
        } else {
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
        }
    }

    /**
     * Sets the other nodes. Call it again when the node list changes.
     *
     * @param others address and port of every node but this one
     * @param dropUnlistedSenders whether datagrams from other addresses are dropped ({@code
     *     totem.block_unlisted_ips})
     */
    public void setPeers(Map<NodeId, InetSocketAddress> others, boolean dropUnlistedSenders) {
        peers = new LinkedHashMap<>(others);
        listed = new LinkedHashSet<>();
        peers.values().forEach(address -> listed.add(address.getAddress()));
        dropUnlisted = dropUnlistedSenders;
    }

    /** Sets the type-of-service byte's code point, 0 to 63 ({@code totem.ip_dscp}). */
    public void setCodePoint(int dscp) throws IOException {
        channel.setOption(StandardSocketOptions.IP_TOS, dscp << 2);
    }

    /** Makes a selector wake up when datagrams are there. */
    public void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ);
        if (groupChannel != null) {
            groupChannel.register(selector, SelectionKey.OP_READ);
        }
    }

    /**
     * Gives datagrams that have arrived to the receiver.
     *
     * @param max the most to take from each of the sockets in this call
     * @return whether some may be left
     */
    public boolean receive(int max, Receiver receiver) throws IOException {
        // Messages before tokens: a token that overtakes them asks for needless retransmissions.
        boolean groupLeft = groupChannel != null && receive(groupChannel, max, receiver);
        return receive(channel, max, receiver) || groupLeft;
    }

    private boolean receive(DatagramChannel from, int max, Receiver receiver) throws IOException {
        for (int taken = 0; taken < max; taken++) {
            buffer.clear();
            SocketAddress sender = from.receive(buffer);
            if (sender == null) {
                return false;
            }
            if (dropUnlisted && !isListed(sender)) {
                counters.dropped++;
                continue;
            }
            buffer.flip();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            counters.received++;
            counters.receivedBytes += bytes.length;
            receiver.onDatagram(bytes);
        }
        return true;
    }

    private boolean isListed(SocketAddress sender) {
        return sender instanceof InetSocketAddress address && listed.contains(address.getAddress());
    }

    /** Sends to one node; an unknown node or a full buffer counts as a lost datagram. */
    public void sendTo(NodeId node, byte[] bytes) {
        load(bytes);
        send(peers.get(node));
    }

    /** Sends to every other node. */
    public void sendToAll(byte[] bytes) {
        load(bytes);
        if (groupTarget != null) {
            send(groupTarget);
            return;
        }
        for (InetSocketAddress peer : peers.values()) {
            buffer.rewind();
            send(peer);
        }
    }

    private void load(byte[] bytes) {
        buffer.clear();
        buffer.put(bytes);
        buffer.flip();
    }

    private void send(@Nullable InetSocketAddress peer) {
        int size = buffer.remaining();
        try {
            if (peer != null && channel.send(buffer, peer) > 0) {
                counters.sent++;
                counters.sentBytes += size;
                return;
            }
        } catch (IOException unreachable) {
            // The ring's protocol repairs lost datagrams; the count tells the administrator.
        }
        counters.sendErrors++;
    }

    /** What happened so far. */
    public Counters counters() {
        return counters;
    }

    /** The bound address. */
    public InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (groupChannel != null) {
            groupChannel.close();
        }
    }
}
