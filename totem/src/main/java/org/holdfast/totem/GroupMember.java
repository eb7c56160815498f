package org.holdfast.totem;

import org.holdfast.kernel.NodeId;

/**
 * One process in a group.
 *
 * @param node the node it runs on
 * @param pid its process id there, as the node announced it
 */
public record GroupMember(NodeId node, int pid) implements Comparable<GroupMember> {

    /** Orders by node, then by process id. */
    @Override
    public int compareTo(GroupMember other) {
        int byNode = node.compareTo(other.node);
        return byNode != 0 ? byNode : Integer.compareUnsigned(pid, other.pid);
    }
}
