package org.holdfast.scheduler.ordering;

import java.util.Arrays;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the flags of collectives' actions for as long as no action changed: to find them, all
 * instances have to be asked, and they are needed for every ordering of the action.
 */
final class FlagCache {

    private long version = 1;

    /** By action number: the version that the entry is of, and its flags and node. */
    private long[] versions = {};

    private int[] flags = {};
    private @Nullable Node[] nodes = {};

    /** To be called whenever flags of any action changed. */
    void invalidate() {
        version++;
    }

    /** Flags for an ordering, as {@link EffectiveFlags#forOrdering} finds them. */
    int of(Action action, @Nullable Node node) {
        if (action.resource == null || action.resource instanceof Primitive) {
            return action.flags;
        }
        // Only clones look at the node.
        Node asked = action.resource instanceof Clone ? node : null;
        int id = action.id;
        if (id >= versions.length) {
            int length = Math.max(id + 1, versions.length * 2);
            versions = Arrays.copyOf(versions, length);
            flags = Arrays.copyOf(flags, length);
            nodes = Arrays.copyOf(nodes, length);
        }
        if (versions[id] == version && nodes[id] == asked) {
            return flags[id];
        }
        int before = action.flags;
        int found = EffectiveFlags.forOrdering(action, node);
        if (action.flags != before) {
            invalidate();
        } else {
            versions[id] = version;
            flags[id] = found;
            nodes[id] = asked;
        }
        return found;
    }
}
