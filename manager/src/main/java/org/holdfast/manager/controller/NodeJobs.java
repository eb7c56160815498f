package org.holdfast.manager.controller;

import java.util.Map;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * How many resource actions each node is busy with, and which synapses wait until it has room. A
 * plan may start thousands of actions at once; a node that ran them all together would have all of
 * them time out.
 */
final class NodeJobs {

    private static final class Load {
        int jobs;
        final TreeMap<Integer, Synapse> waiting = new TreeMap<>();
    }

    private final Map<NodeId, Load> loads = new TreeMap<>();
    private int limit = 1;

    /**
     * Forgets everything, for a new transition.
     *
     * @param perNode how many actions a node may have at once, at least 1
     */
    void reset(int perNode) {
        loads.clear();
        limit = Math.max(1, perNode);
    }

    /** Whether every node that a synapse needs has room; if not, it is kept until there is. */
    boolean admits(Synapse synapse) {
        for (GraphAction action : synapse.actions) {
            NodeId busy = nodeOf(action);
            if (busy != null && load(busy).jobs >= limit) {
                load(busy).waiting.put(synapse.id, synapse);
                return false;
            }
        }
        return true;
    }

    void started(GraphAction action) {
        NodeId where = nodeOf(action);
        if (where != null) {
            load(where).jobs++;
        }
    }

    void ended(GraphAction action) {
        NodeId where = nodeOf(action);
        if (where != null) {
            load(where).jobs--;
        }
    }

    /** Moves as many synapses as there is room for; answers whether there was any. */
    boolean release(Map<Integer, Synapse> ready) {
        boolean any = false;
        for (Load load : loads.values()) {
            for (int room = limit - load.jobs; room > 0 && !load.waiting.isEmpty(); room--) {
                Synapse next = load.waiting.pollFirstEntry().getValue();
                ready.put(next.id, next);
                any = true;
            }
        }
        return any;
    }

    private Load load(NodeId node) {
        return loads.computeIfAbsent(node, _ -> new Load());
    }

    /** Only what agents do counts. */
    private static @Nullable NodeId nodeOf(GraphAction action) {
        return action.kind == GraphAction.Kind.RESOURCE ? action.target() : null;
    }
}
