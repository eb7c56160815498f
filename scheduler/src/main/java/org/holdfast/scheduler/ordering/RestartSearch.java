package org.holdfast.scheduler.ordering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.RelatedAction;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stops and demotions of other resources that come about if a probed resource has to
 * start: along orderings by which a required action requires the next one.
 */
final class RestartSearch {

    private final Resource probed;
    private final RestartReach reach;
    private final List<Frame> stack = new ArrayList<>();
    private BitSet found = new BitSet();

    /** An action whose followers are being visited. */
    private static final class Frame {
        final Action action;
        private boolean searched;
        private @Nullable Resource compatible;

        Frame(Action action) {
            this.action = action;
        }

        /** The instance that the probed resource depends on, found when first asked for. */
        @Nullable Resource compatible(Resource probed, Resource collective) {
            if (!searched) {
                compatible =
                        PlacementSeam.compatibleInstance(probed, collective, Role.UNKNOWN, false);
                searched = true;
            }
            return compatible;
        }
    }

    private int[] positions = new int[16];

    RestartSearch(Resource probed, RestartReach reach) {
        this.probed = probed;
        this.reach = reach;
    }

    /** The numbers of the actions that are found. */
    BitSet from(Action start) {
        found = new BitSet();
        if (!reach.includes(start)) {
            return found;
        }
        int visit = probed.cluster.takeVisit();
        enter(start, visit);
        while (!stack.isEmpty()) {
            int top = stack.size() - 1;
            Frame frame = stack.get(top);
            if (--positions[top] < 0) {
                stack.remove(top);
                continue;
            }
            RelatedAction next = frame.action.after.get(positions[top]);
            if (next.action.visit != visit && reach.includes(next.action) && leadsOn(frame, next)) {
                enter(next.action, visit);
            }
        }
        return found;
    }

    private void enter(Action action, int visit) {
        action.visit = visit;
        Resource resource = action.resource;
        if (resource instanceof Primitive && resource != probed) {
            for (Action stop : reach.stopsOf(action)) {
                found.set(stop.id);
            }
        }
        int at = stack.size();
        if (at == positions.length) {
            positions = Arrays.copyOf(positions, at * 2);
        }
        positions[at] = action.after.size();
        stack.add(new Frame(action));
    }

    /** The real stops that a restart with this start, or the demotions with this promotion, has. */
    static List<Action> stops(Action action, Resource resource) {
        String down =
                switch (action.task) {
                    case Tasks.START -> Tasks.STOP;
                    case Tasks.PROMOTE -> Tasks.DEMOTE;
                    default -> "";
                };
        if (down.isEmpty()) {
            return List.of();
        }
        return ActionSearch.find(resource, down, null).stream()
                .filter(stop -> !stop.isPseudo())
                .toList();
    }

    private boolean leadsOn(Frame frame, RelatedAction next) {
        if ((next.flags & OrderingFlag.FIRST_IMPLIES_THEN) != 0) {
            return true;
        }
        Resource resource = frame.action.resource;
        Resource chained = next.action.resource;
        if (resource == null
                || resource instanceof Primitive
                || probed.parent == resource
                || chained == null) {
            return false;
        }
        boolean chainedIsPart = chained instanceof Primitive || chained instanceof Group;
        if (!chainedIsPart || chained.parent != resource) {
            return false;
        }
        return resource instanceof Group
                || !CollectiveKeys.isInterleaved(resource)
                || frame.compatible(probed, resource) == chained;
    }
}
