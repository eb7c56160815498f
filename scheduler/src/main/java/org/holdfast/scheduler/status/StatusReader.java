package org.holdfast.scheduler.status;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.StateReason;
import org.holdfast.scheduler.model.TicketState;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.Tasks;

/** Reads the status section of a CIB whose configuration has been read. */
public final class StatusReader {

    private final Cluster cluster;
    private final HistoryReader history;

    private StatusReader(Cluster cluster) {
        this.cluster = cluster;
        this.history = new HistoryReader(cluster);
    }

    /** Reads node states, tickets and history. */
    public static void read(Cluster cluster) {
        Element status = cluster.cib.first("status");
        if (status != null) {
            new StatusReader(cluster).readSection(status);
        }
        cluster.haveStatus = true;
    }

    private void readSection(Element status) {
        NodeStates states = new NodeStates(cluster);
        for (Element child : status.elements()) {
            if (child.name().equals("tickets")) {
                child.elements("ticket_state").forEach(this::readTicket);
            } else if (child.name().equals("node_state")) {
                states.read(child);
            }
        }
        List<Element> nodeStates = status.elements("node_state");
        // A remote node's history counts once that of its connection's host is known.
        while (readHistories(nodeStates, false)) {
            continue;
        }
        readHistories(nodeStates, cluster.options.fencingEnabled());
        stopContainers();
        finishRemoteNodes();
    }

    private void readTicket(Element xml) {
        String id = xml.id();
        if (id.isEmpty()) {
            return;
        }
        TicketState ticket = cluster.tickets.computeIfAbsent(id, TicketState::new);
        xml.forEachAttribute((name, value) -> {
            if (!name.equals("id")) {
                ticket.attributes.put(name, value);
            }
        });
        ticket.granted = Values.isTrue(ticket.attributes.get("granted"));
        String last = ticket.attributes.get("last-granted");
        if (last != null) {
            ticket.lastGranted = Values.number(last, 0);
        }
        ticket.standby = Values.isTrue(ticket.attributes.get("standby"));
    }

    /** One pass; true if a history was read, so that others may have become readable. */
    private boolean readHistories(List<Element> states, boolean all) {
        boolean any = false;
        for (Element state : states) {
            if (state.get("id") == null || state.get("uname") == null) {
                continue;
            }
            Node node = NodeStates.nodeOf(cluster, state);
            if (node == null || node.unpacked || !(all || isReadable(node))) {
                continue;
            }
            if (node.isPacemakerRemote()) {
                RemoteStates.readOnline(node);
                RemoteStates.readAttributes(cluster, node, state);
            }
            node.unpacked = true;
            history.read(node, state);
            any = true;
        }
        return any;
    }

    private boolean isReadable(Node node) {
        Resource connection = node.remote;
        if (node.isPacemakerRemote()) {
            if (connection == null) {
                return false;
            }
            if (connection.launcher != null) {
                return connection.role == Role.STARTED && connection.launcher.role == Role.STARTED;
            }
            return cluster.options.shutdownLock() || connection.role == Role.STARTED;
        }
        // Without fencing, nodes that are up get the lower instance numbers.
        return cluster.options.fencingEnabled() || cluster.options.shutdownLock() || node.online;
    }

    private void stopContainers() {
        for (Resource container : cluster.stopNeeded.reversed()) {
            Node node = container.activeNode();
            if (node != null) {
                cluster.reasonSink.action(
                        ActionFactory.create(container, Tasks.STOP, node, false),
                        ActionReason.Effect.REQUIRED,
                        new ActionReason.InsideFailed(node));
            }
        }
        cluster.stopNeeded.clear();
    }

    private void finishRemoteNodes() {
        for (Node node : cluster.nodes) {
            if (!node.isPacemakerRemote()) {
                continue;
            }
            if (node.shutdown && node.remote != null) {
                node.remote.nextRole = Role.STOPPED;
                cluster.reasonSink.state(node.remote, new StateReason.RemoteShutdown(node));
            }
            if (!node.unpacked) {
                RemoteStates.readOnline(node);
            }
        }
    }
}
