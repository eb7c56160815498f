package org.holdfast.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
    private final Map<NodeId, Peer> peers = new LinkedHashMap<>();
    private final Set<NodeId> unreachable = new LinkedHashSet<>();
    private Set<InetAddress> listed = Set.of();
    private @Nullable Selector selector;
    private boolean dropUnlisted = true;
    private @Nullable DatagramChannel groupChannel;
    private @Nullable InetSocketAddress groupTarget;

    /** Takes datagrams. */
    @FunctionalInterface
    public interface Receiver {

        /** Takes one datagram, of which the array is its own. */
        void onDatagram(byte[] bytes);

        /**
         * A node's host answered that nobody listens on the ring's port there.
         *
         * @param node whose process seems to have ended
         */
        default void onUnreachable(NodeId node) {}
    }

    /**
     * A way to one peer: connected where there is a route, because only then the kernel tells when
     * the peer's host answers that nobody listens there.
     */
    private record Peer(InetSocketAddress address, @Nullable DatagramChannel connected) {

        void close() throws IOException {
            if (connected != null) {
                connected.close();
            }
        }
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
     * @throws IOException if the system has no sockets left
     */
    public void setPeers(Map<NodeId, InetSocketAddress> others, boolean dropUnlistedSenders)
            throws IOException {
        for (NodeId node : List.copyOf(peers.keySet())) {
            Peer peer = peers.get(node);
            if (peer != null && !peer.address().equals(others.get(node))) {
                peer.close();
                peers.remove(node);
            }
        }
        for (Map.Entry<NodeId, InetSocketAddress> other : others.entrySet()) {
            if (!peers.containsKey(other.getKey())) {
                addPeer(other.getKey(), other.getValue());
            }
        }
        listed = new LinkedHashSet<>();
        others.values().forEach(address -> listed.add(address.getAddress()));
        dropUnlisted = dropUnlistedSenders;
    }

    private void addPeer(NodeId node, InetSocketAddress address) throws IOException {
        DatagramChannel way = open(address.getAddress());
        boolean connected = false;
        try {
            way.bind(new InetSocketAddress(localAddress().getAddress(), 0));
            way.connect(address);
            if (selector != null) {
                registerPeer(node, way, selector);
            }
            connected = true;
        } catch (IOException noRoute) {
            // There may be one later; until the next change of the list errors go unnoticed.
        } finally {
            if (!connected) {
                way.close();
            }
        }
        peers.put(node, new Peer(address, connected ? way : null));
    }

    /** Sets the type-of-service byte's code point, 0 to 63 ({@code totem.ip_dscp}). */
    public void setCodePoint(int dscp) throws IOException {
        channel.setOption(StandardSocketOptions.IP_TOS, dscp << 2);
        for (Peer peer : peers.values()) {
            if (peer.connected() != null) {
                peer.connected().setOption(StandardSocketOptions.IP_TOS, dscp << 2);
            }
        }
    }

    /**
     * Makes a selector wake up when datagrams are there. A key with a {@link Runnable} attached
     * wants it to be run when it is selected.
     */
    public void register(Selector wakened) throws IOException {
        selector = wakened;
        channel.register(wakened, SelectionKey.OP_READ);
        if (groupChannel != null) {
            groupChannel.register(wakened, SelectionKey.OP_READ);
        }
        for (Map.Entry<NodeId, Peer> peer : peers.entrySet()) {
            DatagramChannel way = peer.getValue().connected();
            if (way != null) {
                registerPeer(peer.getKey(), way, wakened);
            }
        }
    }

    private void registerPeer(NodeId node, DatagramChannel way, Selector wakened)
            throws IOException {
        Runnable check = () -> noteErrors(node, way);
        way.register(wakened, SelectionKey.OP_READ, check);
    }

    /** Peers answer to the ring's port; what comes back on their own way is errors. */
    private void noteErrors(NodeId node, DatagramChannel way) {
        try {
            do {
                buffer.clear();
            } while (way.read(buffer) > 0);
        } catch (PortUnreachableException refused) {
            unreachable.add(node);
        } catch (IOException other) {
            // The protocol finds out by itself when a node does not answer.
        }
    }

    /**
     * Gives datagrams that have arrived to the receiver.
     *
     * @param max the most to take from each of the sockets in this call
     * @return whether some may be left
     */
    public boolean receive(int max, Receiver receiver) throws IOException {
        if (!unreachable.isEmpty()) {
            List<NodeId> nodes = List.copyOf(unreachable);
            unreachable.clear();
            nodes.forEach(receiver::onUnreachable);
        }
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
        send(node, peers.get(node));
    }

    /** Sends to every other node. */
    public void sendToAll(byte[] bytes) {
        load(bytes);
        if (groupTarget != null) {
            sendToGroup(groupTarget);
            return;
        }
        for (Map.Entry<NodeId, Peer> peer : peers.entrySet()) {
            buffer.rewind();
            send(peer.getKey(), peer.getValue());
        }
    }

    private void load(byte[] bytes) {
        buffer.clear();
        buffer.put(bytes);
        buffer.flip();
    }

    private void send(NodeId node, @Nullable Peer peer) {
        int size = buffer.remaining();
        boolean sent = false;
        try {
            sent = peer != null && write(node, peer);
        } catch (IOException unsent) {
            // The ring's protocol repairs lost datagrams; the count tells the administrator.
        }
        count(sent, size);
    }

    private boolean write(NodeId node, Peer peer) throws IOException {
        DatagramChannel way = peer.connected();
        if (way == null) {
            return channel.send(buffer, peer.address()) > 0;
        }
        try {
            return way.write(buffer) > 0;
        } catch (PortUnreachableException refused) {
            // The answer to an earlier datagram; this one has not been sent yet.
            unreachable.add(node);
            return way.write(buffer) > 0;
        }
    }

    private void sendToGroup(InetSocketAddress target) {
        int size = buffer.remaining();
        boolean sent = false;
        try {
            sent = channel.send(buffer, target) > 0;
        } catch (IOException unsent) {
            // As above.
        }
        count(sent, size);
    }

    private void count(boolean sent, int size) {
        if (sent) {
            counters.sent++;
            counters.sentBytes += size;
        } else {
            counters.sendErrors++;
        }
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
        for (Peer peer : peers.values()) {
            peer.close();
        }
    }
}
