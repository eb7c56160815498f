package org.holdfast.totem.ring;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.totem.RingId;

/** Writes the lines about new memberships that people look for in Corosync's log. */
final class MembershipLog {

    private final RingPort port;
    private final Steadiness steadiness;
    private final SortedSet<NodeId> announcedLeaves = new TreeSet<>();
    private final SortedSet<NodeId> deadProcesses = new TreeSet<>();

    MembershipLog(RingPort port, Steadiness steadiness) {
        this.port = port;
        this.steadiness = steadiness;
    }

    /** A node has said that it leaves. */
    void onLeave(NodeId node) {
        announcedLeaves.add(node);
    }

    /** Nobody listens on a node any more. */
    void onDeath(NodeId node) {
        deadProcesses.add(node);
    }

    void onMembership(RingId ringId, List<NodeId> joined, List<NodeId> left) {
        StringBuilder line =
                new StringBuilder("A new membership (" + ringId + ") was formed. Members");
        append(line, " joined:", joined);
        append(line, " left:", left);
        port.log(Level.NOTICE, line.toString());
        List<NodeId> silent =
                left.stream().filter(node -> !announcedLeaves.contains(node)).toList();
        if (!silent.isEmpty()) {
            StringBuilder second = new StringBuilder("Failed to receive the leave message.");
            append(second, " failed:", silent);
            port.log(Level.NOTICE, second.toString());
        }
        steadiness.onJoined(joined, port.nowNanos());
        for (NodeId node : left) {
            boolean restarted = announcedLeaves.contains(node) || deadProcesses.contains(node);
            if (steadiness.onLost(node, restarted, port.nowNanos())) {
                steadiness.heldOff(port.nowNanos()).stream()
                        .filter(held -> held.node().equals(node))
                        .forEach(held -> port.log(Level.NOTICE, held.text()));
            }
        }
        announcedLeaves.clear();
        deadProcesses.clear();
    }

    private static void append(StringBuilder line, String title, List<NodeId> nodes) {
        if (!nodes.isEmpty()) {
            line.append(title);
            nodes.forEach(node -> line.append(' ').append(node));
        }
    }
}
