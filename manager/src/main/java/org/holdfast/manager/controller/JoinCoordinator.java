package org.holdfast.manager.controller;

import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/**
 * The DC's side of joining: offer, request, acceptance, confirmation, as Pacemaker's controllers do
 * it. A member counts only when it has come all the way in the present round.
 */
final class JoinCoordinator {

    private enum Phase {
        OFFERED,
        INTEGRATED,
        ACCEPTED,
        CONFIRMED
    }

    private final NodeContext node;
    private final ControllerMessages messages;
    private final Peers peers;
    private final SortedMap<NodeId, Phase> phases = new TreeMap<>();
    private long joinId;

    JoinCoordinator(NodeContext node, ControllerMessages messages, Peers peers) {
        this.node = node;
        this.messages = messages;
        this.peers = peers;
    }

    /** Offers a place to all members, or to those that have none. */
    void offer(boolean everybody) {
        phases.keySet().retainAll(peers.online());
        joinId++;
        for (NodeId member : peers.online()) {
            if (everybody || phases.get(member) != Phase.CONFIRMED) {
                phases.put(member, Phase.OFFERED);
                messages.send(
                        member,
                        message(ControllerMessages.JOIN_OFFER, member)
                                .attribute("dc-leaving", "false")
                                .attribute("crm_feature_set", ControllerMessages.FEATURE_SET)
                                .build());
            }
        }
    }

    private org.holdfast.cib.document.Element.Builder message(String task, NodeId target) {
        return messages.request(task, "dc", "crmd", target)
                .attribute("join_id", Long.toString(joinId));
    }

    /** Forgets all members: this node leads no more. */
    void clear() {
        phases.clear();
    }

    /** Whether some member is without a place. */
    boolean hasNewcomers() {
        for (NodeId member : peers.online()) {
            if (!phases.containsKey(member)) {
                return true;
            }
        }
        return false;
    }

    /** Members that left need no place. */
    void onMembership() {
        phases.keySet().retainAll(peers.online());
    }

    /** A member restarted its controller or knows no DC: it needs a new place. */
    boolean onAnnounce(NodeId member) {
        if (phases.get(member) == Phase.OFFERED) {
            return false;
        }
        phases.remove(member);
        return true;
    }

    /** A member asks for the place offered; false if that offer is out of date. */
    boolean onRequest(NodeId member, long id) {
        if (id != joinId || phases.get(member) != Phase.OFFERED) {
            return phases.containsKey(member);
        }
        phases.put(member, Phase.INTEGRATED);
        return true;
    }

    /** A member has put its history into the status section. */
    void onConfirm(NodeId member, long id) {
        if (id == joinId && phases.get(member) == Phase.ACCEPTED) {
            phases.put(member, Phase.CONFIRMED);
        }
    }

    boolean allIntegrated() {
        return !phases.containsValue(Phase.OFFERED);
    }

    boolean allConfirmed() {
        for (Phase phase : phases.values()) {
            if (phase != Phase.CONFIRMED) {
                return false;
            }
        }
        return true;
    }

    boolean isConfirmed(@Nullable NodeId member) {
        return member != null && phases.get(member) == Phase.CONFIRMED;
    }

    /** Accepts all that have asked. */
    void accept() {
        for (NodeId member : peers.online()) {
            if (phases.get(member) == Phase.INTEGRATED) {
                phases.put(member, Phase.ACCEPTED);
                messages.send(
                        member,
                        message(ControllerMessages.JOIN_ACK, member)
                                .attribute("dc-leaving", "false")
                                .attribute("join_ack_nack", "true")
                                .build());
            }
        }
    }

    /** Goes on without those that have not asked. They may announce themselves later. */
    void dropSilent() {
        for (NodeId member : peers.online()) {
            if (phases.get(member) == Phase.OFFERED) {
                phases.remove(member);
                node.log(
                        LogEvent.Level.WARNING,
                        Controller.LOG,
                        peers.name(member)
                                + " does not answer the offer to join; going on without");
            }
        }
    }
}
