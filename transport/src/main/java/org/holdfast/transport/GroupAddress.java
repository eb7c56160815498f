package org.holdfast.transport;

import java.net.InetAddress;
import java.net.NetworkInterface;

/**
 * The address that reaches all nodes at once (transport {@code udp}).
 *
 * @param address a multicast address, or the link's broadcast address
 * @param via the network interface of the ring
 * @param ttl time to live of multicast datagrams, 0 to 255
 */
public record GroupAddress(InetAddress address, NetworkInterface via, int ttl) {}
