package org.holdfast.node;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import org.holdfast.corosyncconf.TotemSettings;
import org.holdfast.transport.GroupAddress;
import org.holdfast.transport.RingSocket;

/** Opens the ring's socket as the totem section wants it. */
final class RingSockets {

    private RingSockets() {}

    static RingSocket open(NodeConfiguration configuration) throws IOException {
        InetAddress own = configuration.ownAddress().getAddress();
        RingSocket socket;
        try {
            socket = RingSocket.bind(configuration.ownAddress());
        } catch (IOException e) {
            throw new IOException(
                    "cannot bind the ring address %s port %d: %s"
                            .formatted(
                                    own.getHostAddress(),
                                    configuration.ownAddress().getPort(),
                                    e.getMessage()),
                    e);
        }
        setPeers(socket, configuration);
        TotemSettings totem = configuration.conf().totem();
        if (totem.codePoint().isPresent()) {
            socket.setCodePoint(totem.codePoint().getAsInt());
        }
        if (totem.transport() == TotemSettings.Transport.UDP) {
            socket.useGroup(group(totem, own));
        }
        return socket;
    }

    static void setPeers(RingSocket socket, NodeConfiguration configuration) throws IOException {
        socket.setPeers(
                configuration.peers(),
                configuration.conf().totem().flag("block_unlisted_ips", true));
    }

    private static GroupAddress group(TotemSettings totem, InetAddress own) throws IOException {
        NetworkInterface via = NetworkInterface.getByInetAddress(own);
        if (via == null) {
            throw new IOException("no network interface has the address " + own.getHostAddress());
        }
        if (totem.interfaceText("broadcast").equals("yes")) {
            return new GroupAddress(broadcast(via, own), via, totem.ttl());
        }
        String configured = totem.interfaceText("mcastaddr");
        String address = configured.isEmpty() ? derived(totem.clusterName(), own) : configured;
        return new GroupAddress(InetAddress.getByName(address), via, totem.ttl());
    }

    /** The address that Corosync writes down for all nodes where the file names none. */
    static String groupName(NodeConfiguration configuration) {
        TotemSettings totem = configuration.conf().totem();
        return totem.interfaceText("broadcast").equals("yes")
                ? "255.255.255.255"
                : derived(totem.clusterName(), configuration.ownAddress().getAddress());
    }

    private static InetAddress broadcast(NetworkInterface via, InetAddress own) throws IOException {
        for (InterfaceAddress address : via.getInterfaceAddresses()) {
            if (address.getAddress().equals(own) && address.getBroadcast() != null) {
                return address.getBroadcast();
            }
        }
        throw new IOException("the address " + own.getHostAddress() + " has no broadcast address");
    }

    /** The group that Corosync makes from a cluster's name: 239.192.x.x, or ff15::x for IPv6. */
    static String derived(String clusterName, InetAddress own) {
        int id = 0;
        for (int i = 0; i < clusterName.length(); i++) {
            id = (id << 1) + (byte) clusterName.charAt(i);
        }
        id &= 0xFFFF;
        return own instanceof Inet4Address
                ? "239.192." + (id >> 8) + "." + id % 0xFF
                : "ff15::" + Integer.toHexString(id);
    }
}
