package org.holdfast.manager.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.holdfast.manager.ManagerInput.GroupMembership;
import org.holdfast.manager.ManagerInput.QuorumChanged;
import org.jspecify.annotations.Nullable;

/** What this node knows of the cluster's nodes: who is in the ring, whose controller takes part. */
final class Peers {

    private final SortedMap<NodeId, String> names = new TreeMap<>();
    private final SortedMap<NodeId, Long> memberSince = new TreeMap<>();
    private final SortedMap<NodeId, Long> onlineSince = new TreeMap<>();
    private final SortedMap<NodeId, Integer> pids = new TreeMap<>();
    private final SortedSet<NodeId> leaving = new TreeSet<>();
    private final SortedSet<NodeId> announced = new TreeSet<>();
    private boolean quorate;
    private boolean quorumKnown;

    Peers(SortedMap<NodeId, String> configured) {
        names.putAll(configured);
    }

    /** Takes the ring's members; answers whether quorum changed. */
    boolean onQuorum(QuorumChanged change, long epochSeconds) {
        boolean changed = !quorumKnown || quorate != change.quorate();
        quorate = change.quorate();
        quorumKnown = true;
        memberSince.keySet().retainAll(change.members().keySet());
        change.members()
                .forEach((node, name) -> {
                    memberSince.putIfAbsent(node, epochSeconds);
                    if (!name.isEmpty()) {
                        names.put(node, name);
                    }
                });
        return changed;
    }

    /** Takes the controllers' group. */
    void onGroup(GroupMembership change, long epochSeconds) {
        for (GroupMember gone : change.left()) {
            onlineSince.remove(gone.node());
            pids.remove(gone.node());
            announced.remove(gone.node());
        }
        for (GroupMember member : change.members()) {
            Integer before = pids.put(member.node(), member.pid());
            if (before == null || before != member.pid()) {
                onlineSince.put(member.node(), epochSeconds);
                leaving.remove(member.node());
            }
        }
    }

    /** A controller said that it knows no DC. */
    void onAnnounce(NodeId node) {
        if (isOnline(node)) {
            announced.add(node);
        }
    }

    /** Whether every configured node is online and has said that it knows no DC. */
    boolean allAnnounced() {
        return announced.containsAll(names.keySet());
    }

    /** The ring's members, by id. */
    SortedSet<NodeId> ring() {
        return new TreeSet<>(memberSince.keySet());
    }

    /** Who came or went since the ring had these members. */
    SortedSet<NodeId> changedSince(SortedSet<NodeId> before) {
        SortedSet<NodeId> changed = ring();
        changed.removeAll(before);
        for (NodeId node : before) {
            if (!memberSince.containsKey(node)) {
                changed.add(node);
            }
        }
        return changed;
    }

    boolean isQuorate() {
        return quorate;
    }

    boolean isQuorumKnown() {
        return quorumKnown;
    }

    /** Nodes whose controller takes part, by id. */
    SortedSet<NodeId> online() {
        return new TreeSet<>(onlineSince.keySet());
    }

    boolean isOnline(NodeId node) {
        return onlineSince.containsKey(node);
    }

    boolean isMember(NodeId node) {
        return memberSince.containsKey(node) || isOnline(node);
    }

    /** Since when the node is in the ring, in epoch seconds; 0 if it is not. */
    long memberSince(NodeId node) {
        long ring = memberSince.getOrDefault(node, 0L);
        return ring != 0 ? ring : onlineSince(node);
    }

    /** Since when the node's controller takes part, in epoch seconds; 0 if it does not. */
    long onlineSince(NodeId node) {
        return onlineSince.getOrDefault(node, 0L);
    }

    /** Every node ever heard of or configured, by id. */
    List<NodeId> known() {
        return new ArrayList<>(names.keySet());
    }

    String name(NodeId node) {
        String name = names.get(node);
        return name == null ? node.toString() : name;
    }

    @Nullable NodeId byName(String name) {
        for (SortedMap.Entry<NodeId, String> entry : names.entrySet()) {
            if (entry.getValue().equalsIgnoreCase(name)) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** Every node as tools see it. */
    List<ControlAnswer.Peer> describe() {
        List<ControlAnswer.Peer> list = new ArrayList<>();
        names.forEach((node, name) ->
                list.add(
                        new ControlAnswer.Peer(
                                node.value(), name, isMember(node), isOnline(node))));
        return list;
    }

    void forget(NodeId node) {
        names.remove(node);
    }

    /** The node was told to stop: when it is gone, that is as it should be. */
    void expectDown(NodeId node) {
        leaving.add(node);
    }

    boolean isExpectedDown(NodeId node) {
        return leaving.contains(node);
    }
}
