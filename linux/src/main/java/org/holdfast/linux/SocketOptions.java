package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Numbers of the kernel's socket interface, and the calls that are made once a socket. */
final class SocketOptions {

    static final int AF_UNIX = 1;
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_NONBLOCK_CLOEXEC = 0x800 | 0x80000;

    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_BROADCAST = 6;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_PEERCRED = 17;
    static final int SO_SNDBUFFORCE = 32;
    static final int SO_RCVBUFFORCE = 33;

    static final int IPPROTO_IP = 0;
    static final int IP_TOS = 1;
    static final int IP_MULTICAST_IF = 32;
    static final int IP_MULTICAST_TTL = 33;
    static final int IP_MULTICAST_LOOP = 34;
    static final int IP_ADD_MEMBERSHIP = 35;

    static final int SO_PEERGROUPS = 59;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_MULTICAST_IF = 17;
    static final int IPV6_MULTICAST_HOPS = 18;
    static final int IPV6_MULTICAST_LOOP = 19;
    static final int IPV6_ADD_MEMBERSHIP = 20;
    static final int IPV6_V6ONLY = 26;
    static final int IPV6_TCLASS = 67;

    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int UDP_GRO = 104;

    private static final Libc.Function SOCKET = Libc.intFunction("socket");
    private static final Libc.Function BIND = Libc.intFunction("bind");
    private static final Libc.Function CONNECT = Libc.intFunction("connect");
    private static final Libc.Function GETSOCKNAME = Libc.intFunction("getsockname");
    private static final Libc.Function SETSOCKOPT = Libc.intFunction("setsockopt");
    private static final Libc.Function GETSOCKOPT = Libc.intFunction("getsockopt");

    private SocketOptions() {}

    static int socket(int family, int type) throws LinuxException {
        return (int) SOCKET.check(family, type | SOCK_NONBLOCK_CLOEXEC, 0);
    }

    static void bind(int fd, MemorySegment address, int bytes) throws LinuxException {
        BIND.check(fd, address, bytes);
    }

    static void connect(int fd, MemorySegment address, int bytes) throws LinuxException {
        CONNECT.check(fd, address, bytes);
    }

    static void localAddress(int fd, MemorySegment into) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) into.byteSize());
            GETSOCKNAME.check(fd, into, length);
        }
    }

    static void set(int fd, int level, int option, int value) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            set(fd, level, option, arena.allocateFrom(ValueLayout.JAVA_INT, value));
        }
    }

    static void set(int fd, int level, int option, MemorySegment value) throws LinuxException {
        SETSOCKOPT.check(fd, level, option, value, (int) value.byteSize());
    }

    /** Sets an option that this kernel may lack; answers whether it is set. */
    static boolean trySet(int fd, int level, int option, int value) {
        try {
            set(fd, level, option, value);
            return true;
        } catch (LinuxException refused) {
            return false;
        }
    }

    /** Gets an option of any length; answers how many bytes it has. */
    static int getSome(int fd, int level, int option, MemorySegment into) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) into.byteSize());
            GETSOCKOPT.check(fd, level, option, into, length);
            return length.get(ValueLayout.JAVA_INT, 0);
        }
    }

    static void get(int fd, int level, int option, MemorySegment into) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) into.byteSize());
            GETSOCKOPT.check(fd, level, option, into, length);
        }
    }
}
