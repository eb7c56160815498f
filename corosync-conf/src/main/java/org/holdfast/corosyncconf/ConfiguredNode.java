package org.holdfast.corosyncconf;

import org.holdfast.kernel.NodeId;

/**
 * A node of the nodelist.
 *
 * @param position its place in the list, from 0, as in the cmap key {@code nodelist.node.POSITION}
 * @param id its number, configured or derived from its IPv4 address
 * @param name its name, or its address if it has none
 * @param address {@code ring0_addr}: an address or a host name
 * @param votes its votes, 1 unless set
 * @param line the line of its section
 */
public record ConfiguredNode(
        int position, NodeId id, String name, String address, int votes, int line) {}
