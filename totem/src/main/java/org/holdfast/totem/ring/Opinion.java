package org.holdfast.totem.ring;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.totem.MembJoin;

/** Whom this node knows of, and whom of them it has given up: what its join messages say. */
final class Opinion {

    private final TreeSet<NodeId> processors = new TreeSet<>();
    private final TreeSet<NodeId> failed = new TreeSet<>();
    private boolean failedToReceive;

    List<NodeId> processors() {
        return List.copyOf(processors);
    }

    List<NodeId> failed() {
        return List.copyOf(failed);
    }

    /** Those that the next ring should have, ascending. */
    List<NodeId> candidates() {
        return processors.stream().filter(node -> !failed.contains(node)).toList();
    }

    boolean knows(NodeId node) {
        return processors.contains(node);
    }

    boolean hasFailed(NodeId node) {
        return failed.contains(node);
    }

    void add(NodeId node) {
        processors.add(node);
    }

    void addAll(Collection<NodeId> nodes) {
        processors.addAll(nodes);
    }

    void fail(NodeId node) {
        failed.add(node);
    }

    /** Whether this node has given itself up: the others go on without it. */
    boolean hasFailedToReceive() {
        return failedToReceive;
    }

    void markFailedToReceive(NodeId self) {
        failedToReceive = true;
        failed.add(self);
    }

    void clearFailedToReceive() {
        failedToReceive = false;
    }

    void failAll(Collection<NodeId> nodes) {
        failed.addAll(nodes);
    }

    /**
     * Takes over what another node says.
     *
     * @param members those whose word on others counts: the members of the last ring
     * @return whether that changed anything
     */
    boolean learn(MembJoin join, NodeId self, Collection<NodeId> members) {
        int before = processors.size() + failed.size();
        processors.addAll(join.processors());
        boolean givesUsUp = join.failed().contains(self);
        if (join.isLeave() || givesUsUp) {
            failed.add(join.from());
        }
        if (members.contains(join.from()) && !givesUsUp) {
            failed.addAll(join.failed());
        }
        return processors.size() + failed.size() != before;
    }

    /** Whether it stays short enough for a join message after learning of these, too. */
    boolean hasRoomFor(Collection<NodeId> otherProcessors, Collection<NodeId> otherFailed) {
        TreeSet<NodeId> all = new TreeSet<>(processors);
        all.addAll(failed);
        all.addAll(otherProcessors);
        all.addAll(otherFailed);
        return all.size() <= MembJoin.NODES_MAX;
    }

    /** Starts anew with these nodes and none of them failed. */
    void reset(Collection<NodeId> nodes) {
        processors.clear();
        processors.addAll(nodes);
        failed.clear();
    }

    boolean sameAs(Collection<NodeId> otherProcessors, Collection<NodeId> otherFailed) {
        return processors.size() == otherProcessors.size()
                && failed.size() == otherFailed.size()
                && covers(otherProcessors, otherFailed);
    }

    boolean covers(Collection<NodeId> otherProcessors, Collection<NodeId> otherFailed) {
        return processors.containsAll(otherProcessors) && failed.containsAll(otherFailed);
    }
}
