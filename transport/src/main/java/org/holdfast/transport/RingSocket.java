package org.holdfast.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.kernel.NodeId;
import org.holdfast.linux.DatagramBatch;
import org.holdfast.linux.DatagramInbox;
import org.holdfast.linux.DatagramTarget;
import org.holdfast.linux.Errno;
import org.holdfast.linux.LinuxException;
import org.holdfast.linux.Poller;
import org.holdfast.linux.UdpSocket;
import org.jspecify.annotations.Nullable;

/**
 * A node's socket on the ring, bound to the node's own ring address. A message to all goes to each
 * peer in a datagram of its own (UDPU), or in one datagram to a group address (UDP).
 *
 * <p>Messages to all are collected, so that those of one token visit leave with one system call a
 * peer; {@link #sendTo} and {@link #flush} send what was collected. Belongs to the thread of the
 * event loop that registered it; no method blocks.
 */
public final class RingSocket implements AutoCloseable {

    /** What we ask the kernel for; without the right to it, it gives {@code net.core.rmem_max}. */
    private static final int KERNEL_BUFFER_BYTES = 8 << 20;

    private final UdpSocket socket;
    private final DatagramInbox inbox = new DatagramInbox();
    private final DatagramBatch toAll = new DatagramBatch();
    private final DatagramBatch toOne = new DatagramBatch();
    private final Counters counters = new Counters();
    private final Map<NodeId, Peer> peers = new LinkedHashMap<>();
    private final Set<NodeId> unreachable = new LinkedHashSet<>();
    private DatagramInbox.Senders listed = new DatagramInbox.Senders(List.of());
    private boolean dropUnlisted = true;
    private boolean readable;
    private boolean groupReadable;
    private @Nullable Poller poller;
    private @Nullable UdpSocket groupSocket;
    private @Nullable DatagramTarget groupTarget;

    /** Takes datagrams. */
    @FunctionalInterface
    public interface Receiver {

        /**
         * Takes datagrams that arrived together, in the order of their arrival.
         *
         * @param datagrams at least one; each array is the receiver's own
         */
        void onDatagrams(List<byte[]> datagrams);

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
    private record Peer(
            InetSocketAddress address, DatagramTarget target, @Nullable UdpSocket connected) {

        void close() {
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
        private long sendErrorsInRow;

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

        /** How often in a row the kernel did not take what was to be sent. */
        public long sendErrorsInRow() {
            return sendErrorsInRow;
        }

        /** Datagrams that the kernel did not take: no route, full buffer. */
        public long sendErrors() {
            return sendErrors;
        }
    }

    private RingSocket(UdpSocket socket) {
        this.socket = socket;
    }

    /**
     * Binds to the node's ring address and to no other.
     *
     * @param own address and port
     * @throws IOException if the address is not this machine's, or the port is in use
     */
    public static RingSocket bind(InetSocketAddress own) throws IOException {
        UdpSocket socket = open(own.getAddress());
        boolean done = false;
        try {
            socket.bind(own);
            // From here on: whoever tells the others of this process's death needs the address when
            // the kernel still has the socket. Another daemon, which does not say so, is refused.
            socket.shareAddress();
            done = true;
            return new RingSocket(socket);
        } finally {
            if (!done) {
                socket.close();
            }
        }
    }

    private static UdpSocket open(InetAddress family) throws IOException {
        UdpSocket socket = UdpSocket.open(family);
        socket.setBuffers(KERNEL_BUFFER_BYTES);
        socket.coalesce();
        return socket;
    }

    /**
     * Sends messages to all by a group address from now on, and receives what is sent to it. Call
     * it before {@link #register}.
     *
     * @throws IOException if the interface cannot do it
     */
    public void useGroup(GroupAddress group) throws IOException {
        InetSocketAddress target = new InetSocketAddress(group.address(), localAddress().getPort());
        UdpSocket receiving = open(group.address());
        groupSocket = receiving;
        groupTarget = DatagramTarget.of(target);
        receiving.shareAddress();
        receiving.bind(target);
        if (group.address().isMulticastAddress()) {
            int index = group.via().getIndex();
            receiving.joinMulticast(group.address(), index);
            socket.sendMulticastBy(index, group.ttl());
        } else {
            socket.allowBroadcast();
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
                if (poller != null && peer.connected() != null) {
                    poller.remove(peer.connected());
                }
                peer.close();
                peers.remove(node);
            }
        }
        for (Map.Entry<NodeId, InetSocketAddress> other : others.entrySet()) {
            if (!peers.containsKey(other.getKey())) {
                addPeer(other.getKey(), other.getValue());
            }
        }
        listed =
                new DatagramInbox.Senders(
                        others.values().stream().map(InetSocketAddress::getAddress).toList());
        dropUnlisted = dropUnlistedSenders;
    }

    private void addPeer(NodeId node, InetSocketAddress address) throws IOException {
        UdpSocket way = open(address.getAddress());
        boolean connected = false;
        try {
            way.bind(new InetSocketAddress(localAddress().getAddress(), 0));
            way.connect(address);
            if (poller != null) {
                registerPeer(node, way, poller);
            }
            connected = true;
        } catch (LinuxException noRoute) {
            // There may be one later; until the next change of the list errors go unnoticed.
        } finally {
            if (!connected) {
                way.close();
            }
        }
        peers.put(node, new Peer(address, DatagramTarget.of(address), connected ? way : null));
    }

    /** Sets the type-of-service byte's code point, 0 to 63 ({@code totem.ip_dscp}). */
    public void setCodePoint(int dscp) throws IOException {
        socket.setCodePoint(dscp);
        for (Peer peer : peers.values()) {
            if (peer.connected() != null) {
                peer.connected().setCodePoint(dscp);
            }
        }
    }

    /** Makes a poller wake up when datagrams are there. */
    public void register(Poller wakened) throws IOException {
        poller = wakened;
        wakened.add(socket, Poller.READ, _ -> readable = true);
        if (groupSocket != null) {
            wakened.add(groupSocket, Poller.READ, _ -> groupReadable = true);
        }
        for (Map.Entry<NodeId, Peer> peer : peers.entrySet()) {
            UdpSocket way = peer.getValue().connected();
            if (way != null) {
                registerPeer(peer.getKey(), way, wakened);
            }
        }
    }

    private void registerPeer(NodeId node, UdpSocket way, Poller wakened) throws IOException {
        wakened.add(way, Poller.READ, _ -> noteErrors(node, way));
    }

    /** Peers answer to the ring's port; what comes back on their own way is errors. */
    private void noteErrors(NodeId node, UdpSocket way) {
        int outcome;
        do {
            outcome = way.receive(inbox);
        } while (outcome > 0);
        if (outcome == -Errno.ECONNREFUSED) {
            unreachable.add(node);
        }
    }

    /**
     * Gives datagrams that have arrived to the receiver. Messages that came with one look at the
     * sockets are given together.
     *
     * @return whether some may be left
     */
    public boolean receive(Receiver receiver) throws IOException {
        if (!unreachable.isEmpty()) {
            List<NodeId> nodes = List.copyOf(unreachable);
            unreachable.clear();
            nodes.forEach(receiver::onUnreachable);
        }
        // Messages before tokens: a token that overtakes them asks for needless retransmissions.
        if (groupReadable && groupSocket != null) {
            groupReadable = receive(groupSocket, receiver);
        }
        if (readable) {
            readable = receive(socket, receiver);
        }
        return readable || groupReadable;
    }

    private boolean receive(UdpSocket from, Receiver receiver) throws IOException {
        int outcome = from.receive(inbox);
        if (outcome < 0) {
            throw new IOException("receiving from the ring: " + Errno.text(-outcome));
        }
        List<byte[]> datagrams = new ArrayList<>();
        while (inbox.next()) {
            if (dropUnlisted && !inbox.isFrom(listed)) {
                counters.dropped++;
                continue;
            }
            byte[] bytes = inbox.copy();
            counters.received++;
            counters.receivedBytes += bytes.length;
            datagrams.add(bytes);
        }
        boolean more = inbox.wasFull();
        if (!datagrams.isEmpty()) {
            receiver.onDatagrams(datagrams);
        }
        return more;
    }

    /**
     * Sends to one node what was collected for all and then this; an unknown node or a full buffer
     * counts as a lost datagram.
     */
    public void sendTo(NodeId node, byte[] bytes) {
        Peer target = peers.get(node);
        if (target != null && groupTarget == null && toAll.size() > 0 && toAll.add(bytes)) {
            sendWithLast(node, target);
            return;
        }
        flush();
        toOne.clear();
        toOne.add(bytes);
        if (target == null) {
            count(toOne, 0);
        } else {
            send(node, target, toOne);
        }
    }

    /** The batch's last datagram is for one peer only; there all of it leaves with one call. */
    private void sendWithLast(NodeId node, Peer target) {
        toAll.hideLast();
        for (Map.Entry<NodeId, Peer> peer : peers.entrySet()) {
            if (peer.getValue() != target) {
                send(peer.getKey(), peer.getValue(), toAll);
            }
        }
        toAll.showLast();
        send(node, target, toAll);
        toAll.clear();
    }

    /** Sends to every other node, at {@link #flush} at the latest. */
    public void sendToAll(byte[] bytes) {
        if (!toAll.add(bytes)) {
            flush();
            toAll.add(bytes);
        }
    }

    /** Sends what was collected. */
    public void flush() {
        if (toAll.size() == 0) {
            return;
        }
        if (groupTarget != null) {
            count(toAll, socket.send(toAll, groupTarget));
        } else {
            for (Map.Entry<NodeId, Peer> peer : peers.entrySet()) {
                send(peer.getKey(), peer.getValue(), toAll);
            }
        }
        toAll.clear();
    }

    private void send(NodeId node, Peer peer, DatagramBatch batch) {
        UdpSocket way = peer.connected();
        if (way == null) {
            count(batch, socket.send(batch, peer.target()));
            return;
        }
        int sent = way.send(batch, DatagramTarget.CONNECTED);
        if (sent == -Errno.ECONNREFUSED) {
            // The answer to an earlier datagram; these have not been sent yet.
            unreachable.add(node);
            sent = way.send(batch, DatagramTarget.CONNECTED);
        }
        count(batch, sent);
    }

    /** The ring's protocol repairs lost datagrams; the count tells the administrator. */
    private void count(DatagramBatch batch, int outcome) {
        int sent = Math.max(0, outcome);
        counters.sent += sent;
        counters.sentBytes += batch.bytes(sent);
        counters.sendErrors += batch.size() - sent;
        counters.sendErrorsInRow = sent < batch.size() ? counters.sendErrorsInRow + 1 : 0;
    }

    /** What happened so far. */
    public Counters counters() {
        return counters;
    }

    /** The bound address. */
    public InetSocketAddress localAddress() throws IOException {
        return socket.localAddress();
    }

    @Override
    public void close() {
        socket.close();
        if (groupSocket != null) {
            groupSocket.close();
        }
        peers.values().forEach(Peer::close);
    }
}
