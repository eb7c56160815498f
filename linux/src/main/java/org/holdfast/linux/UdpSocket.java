package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A UDP socket that never blocks. It sends many datagrams with one system call (UDP_SEGMENT where
 * the kernel and the route can, sendmmsg otherwise), and takes many with one (UDP_GRO, recvmmsg).
 * On the wire they are ordinary datagrams.
 *
 * <p>Belongs to one thread.
 */
public final class UdpSocket extends Descriptor {

    private final Arena arena = Arena.ofShared();
    private final HotCall calls = new HotCall(arena);
    private final MessageVector vector = new MessageVector(arena);
    private final boolean six;

    /** Cleared when a route turns out not to be able to. */
    private boolean segments = true;

    private UdpSocket(int fd, boolean six) {
        super(fd);
        this.six = six;
    }

    /**
     * Opens a socket of an address family.
     *
     * @param like an address of that family
     */
    public static UdpSocket open(InetAddress like) throws LinuxException {
        boolean six = SocketAddresses.isSix(like);
        int family = six ? SocketAddresses.AF_INET6 : SocketAddresses.AF_INET;
        UdpSocket socket =
                new UdpSocket(SocketOptions.socket(family, SocketOptions.SOCK_DGRAM), six);
        if (six) {
            socket.set(SocketOptions.IPPROTO_IPV6, SocketOptions.IPV6_V6ONLY, 1);
        }
        return socket;
    }

    private void set(int level, int option, int value) throws LinuxException {
        SocketOptions.set(fd(), level, option, value);
    }

    /**
     * Asks for buffers in the kernel; it gives less to processes without the right to more than
     * {@code net.core.rmem_max} and {@code wmem_max}.
     */
    public void setBuffers(int bytes) throws LinuxException {
        int level = SocketOptions.SOL_SOCKET;
        if (!SocketOptions.trySet(fd(), level, SocketOptions.SO_RCVBUFFORCE, bytes)) {
            set(level, SocketOptions.SO_RCVBUF, bytes);
        }
        if (!SocketOptions.trySet(fd(), level, SocketOptions.SO_SNDBUFFORCE, bytes)) {
            set(level, SocketOptions.SO_SNDBUF, bytes);
        }
    }

    /** Lets the kernel hand over datagrams of one sender together, where it can. */
    public void coalesce() {
        SocketOptions.trySet(fd(), SocketOptions.SOL_UDP, SocketOptions.UDP_GRO, 1);
    }

    /** Lets other sockets use the same address. */
    public void shareAddress() throws LinuxException {
        set(SocketOptions.SOL_SOCKET, SocketOptions.SO_REUSEADDR, 1);
    }

    /** Sets the type-of-service byte's code point, 0 to 63. */
    public void setCodePoint(int dscp) throws LinuxException {
        if (six) {
            set(SocketOptions.IPPROTO_IPV6, SocketOptions.IPV6_TCLASS, dscp << 2);
        } else {
            set(SocketOptions.IPPROTO_IP, SocketOptions.IP_TOS, dscp << 2);
        }
    }

    /** Allows sending to a network's broadcast address. */
    public void allowBroadcast() throws LinuxException {
        set(SocketOptions.SOL_SOCKET, SocketOptions.SO_BROADCAST, 1);
    }

    /**
     * Makes datagrams to multicast groups leave by an interface and not come back.
     *
     * @param interfaceIndex the kernel's number of it
     * @param ttl how many routers they may cross
     */
    public void sendMulticastBy(int interfaceIndex, int ttl) throws LinuxException {
        if (six) {
            int level = SocketOptions.IPPROTO_IPV6;
            set(level, SocketOptions.IPV6_MULTICAST_IF, interfaceIndex);
            set(level, SocketOptions.IPV6_MULTICAST_HOPS, ttl);
            set(level, SocketOptions.IPV6_MULTICAST_LOOP, 0);
            return;
        }
        int level = SocketOptions.IPPROTO_IP;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment request = scratch.allocate(12, 4);
            request.set(ValueLayout.JAVA_INT, 8, interfaceIndex);
            SocketOptions.set(fd(), level, SocketOptions.IP_MULTICAST_IF, request);
        }
        set(level, SocketOptions.IP_MULTICAST_TTL, ttl);
        set(level, SocketOptions.IP_MULTICAST_LOOP, 0);
    }

    /** Receives what is sent to a multicast group on an interface. */
    public void joinMulticast(InetAddress group, int interfaceIndex) throws LinuxException {
        byte[] address = group.getAddress();
        boolean four = group instanceof Inet4Address;
        try (Arena scratch = Arena.ofConfined()) {
            // struct ip_mreqn: group, own address, index; struct ipv6_mreq: group, index.
            MemorySegment request = scratch.allocate(four ? 12 : 20, 4);
            MemorySegment.copy(address, 0, request, ValueLayout.JAVA_BYTE, 0, address.length);
            request.set(ValueLayout.JAVA_INT, four ? 8 : 16, interfaceIndex);
            SocketOptions.set(
                    fd(),
                    four ? SocketOptions.IPPROTO_IP : SocketOptions.IPPROTO_IPV6,
                    four ? SocketOptions.IP_ADD_MEMBERSHIP : SocketOptions.IPV6_ADD_MEMBERSHIP,
                    request);
        }
    }

    /** Takes an address of this machine; port 0 is any free one. */
    public void bind(InetSocketAddress own) throws LinuxException {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment address = scratch.allocate(SocketAddresses.BYTES_MAX, 8);
            SocketOptions.bind(fd(), address, SocketAddresses.write(address, own));
        }
    }

    /** Sets where {@link #send} goes; only then the kernel tells when nobody listens there. */
    public void connect(InetSocketAddress peer) throws LinuxException {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment address = scratch.allocate(SocketAddresses.BYTES_MAX, 8);
            SocketOptions.connect(fd(), address, SocketAddresses.write(address, peer));
        }
    }

    /** The bound address. */
    public InetSocketAddress localAddress() throws LinuxException {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment address = scratch.allocate(SocketAddresses.BYTES_MAX, 8);
            SocketOptions.localAddress(fd(), address);
            return SocketAddresses.read(address);
        }
    }

    /**
     * Sends the batch's datagrams, in order.
     *
     * @param to where to, or null for where the socket is connected
     * @return how many the kernel took; or, if it took none, the negative {@link Errno}
     */
    public int send(DatagramBatch batch, DatagramTarget to) {
        int done = 0;
        while (done < batch.size()) {
            int messages = vector.load(batch, done, to, segments);
            int taken = calls.sendmmsg(fd(), vector.messages(), messages, 0);
            if (taken < 0) {
                if (segments && mayBeSegmentation(-taken)) {
                    segments = false;
                    continue;
                }
                return done > 0 ? done : taken;
            }
            done += vector.datagramsIn(taken);
        }
        return done;
    }

    /** Errors of kernels, routes and devices that cannot cut a large buffer into datagrams. */
    private boolean mayBeSegmentation(int errno) {
        return vector.isSegmented()
                && (errno == Errno.EIO
                        || errno == Errno.EINVAL
                        || errno == Errno.EMSGSIZE
                        || errno == Errno.ENOPROTOOPT
                        || errno == Errno.EOPNOTSUPP);
    }

    /**
     * Takes datagrams that have arrived into the inbox, which loses what it held.
     *
     * @return how many, 0 if there are none, or a negative {@link Errno}
     */
    public int receive(DatagramInbox inbox) {
        int taken =
                calls.recvmmsg(fd(), inbox.prepare(), DatagramInbox.BUFFERS, DatagramInbox.FLAGS);
        if (taken < 0) {
            inbox.clear();
            return -taken == Errno.EAGAIN || -taken == Errno.EINTR ? 0 : taken;
        }
        return inbox.filled(taken);
    }

    @Override
    void release() {
        arena.close();
    }
}
