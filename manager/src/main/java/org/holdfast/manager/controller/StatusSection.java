package org.holdfast.manager.controller;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.cibsync.CibCompletion;
import org.holdfast.manager.cibsync.CibReplica;
import org.holdfast.manager.messages.NodeContext;

/** The DC's entries in the CIB: who is a member, who leads, whether there is quorum. */
final class StatusSection {

    private static final String VERSION = "3.0.2-holdfast";

    private final NodeContext node;
    private final CibReplica cib;
    private final CibWriter writer;
    private final Peers peers;
    private final JoinCoordinator join;
    private int underWay;

    StatusSection(
            NodeContext node, CibReplica cib, CibWriter writer, Peers peers, JoinCoordinator join) {
        this.node = node;
        this.cib = cib;
        this.writer = writer;
        this.peers = peers;
        this.join = join;
    }

    /** Whether something written for the next plan is not in the CIB yet. */
    boolean isWriting() {
        return underWay > 0;
    }

    /** Writes every node's state, the list of nodes, quorum and the DC. */
    void writeAll(CibCompletion then) {
        List<Element> nodes = new ArrayList<>();
        for (NodeId peer : peers.known()) {
            nodes.add(Element.of("node", "id", peer.toString(), "uname", peers.name(peer)));
        }
        modify("nodes", Element.of("nodes").withChildren(nodes), CibCompletion.IGNORED);
        Set<String> recorded = recordedStates();
        List<Element> states = new ArrayList<>();
        for (NodeId peer : peers.known()) {
            if (peers.isMember(peer) || recorded.contains(peer.toString())) {
                states.add(state(peer, "do_state_transition"));
            }
        }
        modify("status", Element.of("status").withChildren(states), CibCompletion.IGNORED);
        writeQuorum(then);
    }

    /** Writes the states of nodes whose membership changed. */
    void write(Iterable<NodeId> changed, CibCompletion then) {
        List<Element> states = new ArrayList<>();
        for (NodeId peer : changed) {
            states.add(state(peer, "peer_update_callback"));
        }
        if (!states.isEmpty()) {
            modify("status", Element.of("status").withChildren(states), then);
        }
    }

    /** Writes quorum and who leads. */
    void writeQuorum(CibCompletion then) {
        modify(
                "cib",
                Element.of(
                        "cib",
                        "crm_feature_set",
                        ControllerMessages.FEATURE_SET,
                        "have-quorum",
                        peers.isQuorate() ? "1" : "0",
                        "dc-uuid",
                        node.self().toString()),
                then);
    }

    /**
     * Writes the feature set and the properties by which tools see what cluster this is. The
     * feature set comes first: with one in the CIB that is newer than ours every other change is
     * refused.
     */
    void writeProperties() {
        if (!ControllerMessages.FEATURE_SET.equals(cib.current().get("crm_feature_set"))) {
            modify(
                    "cib",
                    Element.of("cib", "crm_feature_set", ControllerMessages.FEATURE_SET),
                    CibCompletion.IGNORED);
        }
        List<Element> pairs = new ArrayList<>();
        property(pairs, "dc-version", VERSION);
        property(pairs, "cluster-infrastructure", "corosync");
        property(pairs, "have-watchdog", "false");
        if (!node.config().clusterName().isEmpty()) {
            property(pairs, "cluster-name", node.config().clusterName());
        }
        if (pairs.isEmpty()) {
            return;
        }
        Element set =
                Element.of("cluster_property_set", "id", "cib-bootstrap-options")
                        .withChildren(pairs);
        modify(
                "crm_config",
                Element.of("crm_config").withChildren(List.of(set)),
                CibCompletion.IGNORED);
    }

    private void property(List<Element> pairs, String name, String value) {
        if (!value.equals(new ClusterProperties(cib.current()).get(name))) {
            pairs.add(
                    Element.of(
                            "nvpair",
                            "id",
                            "cib-bootstrap-options-" + name,
                            "name",
                            name,
                            "value",
                            value));
        }
    }

    /** Says that this node leaves as ordered: nobody is to worry about it. */
    void writeLeaving(CibCompletion then) {
        Element state =
                Element.of(
                        "node_state",
                        "id",
                        node.self().toString(),
                        "uname",
                        node.selfName(),
                        "join",
                        "down",
                        "expected",
                        "down",
                        "crm-debug-origin",
                        "do_dc_release");
        modify("status", Element.of("status").withChildren(List.of(state)), then);
    }

    /** Deletes what ran on a node that is known to be down. */
    void eraseHistory(NodeId peer) {
        underWay++;
        writer.deleteAll(
                "/cib/status/node_state[@id='" + peer + "']/lrm", (code, output) -> underWay--);
    }

    private Element state(NodeId peer, String origin) {
        boolean joined = join.isConfirmed(peer);
        Element.Builder state =
                Element.builder("node_state")
                        .attribute("id", peer.toString())
                        .attribute("uname", peers.name(peer))
                        .attribute("in_ccm", Long.toString(peers.memberSince(peer)))
                        .attribute("crmd", Long.toString(peers.onlineSince(peer)))
                        .attribute("crm-debug-origin", origin)
                        .attribute("join", joined ? "member" : "down");
        if (joined) {
            state.attribute("expected", "member");
        } else if (peers.isExpectedDown(peer)) {
            state.attribute("expected", "down");
        }
        return state.build();
    }

    private Set<String> recordedStates() {
        Set<String> ids = new LinkedHashSet<>();
        Element status = cib.current().first("status");
        if (status != null) {
            for (Element state : status.elements("node_state")) {
                ids.add(state.id());
            }
        }
        return ids;
    }

    private void modify(String section, Element data, CibCompletion then) {
        underWay++;
        writer.modify(
                section,
                data,
                (code, output) -> {
                    underWay--;
                    then.completed(code, output);
                });
    }
}
