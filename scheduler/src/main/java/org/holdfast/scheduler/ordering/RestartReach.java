package org.holdfast.scheduler.ordering;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.RelatedAction;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The actions from which a {@link RestartSearch} can come to a stop at all, whoever is probed.
 * Where nothing is active there are none, and the searches, one for each probed resource, end at
 * once instead of walking along the same orderings again and again.
 */
final class RestartReach {

    private final BitSet actionIds = new BitSet();

    /** By action number, where a search that comes to the action finds something. */
    private final List<@Nullable List<Action>> stops = new ArrayList<>();

    private RestartReach() {}

    /** Walks from the stops back along every ordering that some search could follow. */
    static RestartReach of(Cluster cluster) {
        RestartReach reach = new RestartReach();
        Deque<Action> pending = new ArrayDeque<>();
        for (Action action : cluster.actions) {
            if (action.resource instanceof Primitive primitive) {
                List<Action> stops = RestartSearch.stops(action, primitive);
                if (!stops.isEmpty()) {
                    reach.keep(action, stops);
                    reach.actionIds.set(action.id);
                    pending.add(action);
                }
            }
        }
        while (!pending.isEmpty()) {
            Action then = pending.remove();
            for (RelatedAction first : then.before) {
                if (!reach.includes(first.action) && mayLeadOn(first, then)) {
                    reach.actionIds.set(first.action.id);
                    pending.add(first.action);
                }
            }
        }
        return reach;
    }

    private void keep(Action action, List<Action> found) {
        while (stops.size() <= action.id) {
            stops.add(null);
        }
        stops.set(action.id, found);
    }

    /** The stops that a restart with this start has; see {@link RestartSearch#stops}. */
    List<Action> stopsOf(Action action) {
        List<Action> found = action.id < stops.size() ? stops.get(action.id) : null;
        return found == null ? List.of() : found;
    }

    boolean includes(Action action) {
        return actionIds.get(action.id);
    }

    /** Whether some search can step from the first action to the other. */
    private static boolean mayLeadOn(RelatedAction first, Action then) {
        if ((first.flags & OrderingFlag.FIRST_IMPLIES_THEN) != 0) {
            return true;
        }
        Resource resource = first.action.resource;
        Resource chained = then.resource;
        return resource != null
                && !(resource instanceof Primitive)
                && chained != null
                && (chained instanceof Primitive || chained instanceof Group)
                && chained.parent == resource;
    }
}
