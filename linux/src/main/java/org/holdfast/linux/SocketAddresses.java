package org.holdfast.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Internet addresses as the kernel lays them out (struct sockaddr_in and sockaddr_in6). */
final class SocketAddresses {

    /** Bytes of the longer of the two. */
    static final int BYTES_MAX = 28;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private static final int FOUR_BYTES = 16;
    private static final int AT_FOUR = 4;
    private static final int AT_SIX = 8;
    private static final int AT_SCOPE = 24;

    private SocketAddresses() {}

    static boolean isSix(InetAddress address) {
        return address.getAddress().length == 16;
    }

    /** Writes an address; answers how many bytes it takes. */
    static int write(MemorySegment into, InetSocketAddress from) {
        byte[] address = from.getAddress().getAddress();
        boolean six = address.length == 16;
        into.asSlice(0, BYTES_MAX).fill((byte) 0);
        into.set(ValueLayout.JAVA_SHORT, 0, (short) (six ? AF_INET6 : AF_INET));
        into.set(ValueLayout.JAVA_BYTE, 2, (byte) (from.getPort() >> 8));
        into.set(ValueLayout.JAVA_BYTE, 3, (byte) from.getPort());
        MemorySegment.copy(
                address, 0, into, ValueLayout.JAVA_BYTE, six ? AT_SIX : AT_FOUR, address.length);
        if (from.getAddress() instanceof Inet6Address scoped) {
            into.set(ValueLayout.JAVA_INT, AT_SCOPE, scoped.getScopeId());
        }
        return six ? BYTES_MAX : FOUR_BYTES;
    }

    /** Reads an address with its port. */
    static InetSocketAddress read(MemorySegment from) {
        boolean six = from.get(ValueLayout.JAVA_SHORT, 0) == AF_INET6;
        byte[] address = new byte[six ? 16 : 4];
        MemorySegment.copy(
                from, ValueLayout.JAVA_BYTE, six ? AT_SIX : AT_FOUR, address, 0, address.length);
        int port =
                (from.get(ValueLayout.JAVA_BYTE, 2) & 0xFF) << 8
                        | from.get(ValueLayout.JAVA_BYTE, 3) & 0xFF;
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }

    /** Whether an address at {@code from} is one of these, whatever its port. */
    static boolean isOneOf(MemorySegment from, byte[][] addresses) {
        boolean six = from.get(ValueLayout.JAVA_SHORT, 0) == AF_INET6;
        int at = six ? AT_SIX : AT_FOUR;
        int length = six ? 16 : 4;
        for (byte[] address : addresses) {
            boolean same = address.length == length;
            for (int i = 0; same && i < length; i++) {
                same = from.get(ValueLayout.JAVA_BYTE, at + i) == address[i];
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    /** The addresses' bytes, for {@link #isOneOf}. */
    static byte[][] bytes(Iterable<InetAddress> addresses) {
        byte[][] all = {};
        for (InetAddress address : addresses) {
            all = Arrays.copyOf(all, all.length + 1);
            all[all.length - 1] = address.getAddress();
        }
        return all;
    }
}
