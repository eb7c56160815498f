package org.holdfast.manager.attributes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.holdfast.kernel.NodeId;

/** Changes that this node asked for, and which members have not taken them over yet. */
final class Confirmations {

    private record Waiting(Set<NodeId> missing, Runnable then) {}

    private final Map<Long, Waiting> open = new LinkedHashMap<>();

    /**
     * Waits for members.
     *
     * @param request this node's number of the change
     * @param from who has to confirm it
     * @param then runs when all have, or have gone
     */
    void expect(long request, Set<NodeId> from, Runnable then) {
        open.put(request, new Waiting(new TreeSet<>(from), then));
    }

    /** A member has taken a change over. */
    void confirmed(long request, NodeId member) {
        Waiting waiting = open.get(request);
        if (waiting != null && waiting.missing().remove(member)) {
            endIfComplete(request, waiting);
        }
    }

    /** Only these are members now; nobody waits for others. */
    void retain(Set<NodeId> members) {
        for (Map.Entry<Long, Waiting> one : List.copyOf(open.entrySet())) {
            one.getValue().missing().retainAll(members);
            endIfComplete(one.getKey(), one.getValue());
        }
    }

    private void endIfComplete(long request, Waiting waiting) {
        if (waiting.missing().isEmpty()) {
            open.remove(request);
            waiting.then().run();
        }
    }
}
