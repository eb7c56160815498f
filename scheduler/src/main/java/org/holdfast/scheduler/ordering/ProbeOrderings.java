package org.holdfast.scheduler.ordering;

import static org.holdfast.scheduler.model.OrderingFlag.IF_FIRST_UNMIGRATABLE;
import static org.holdfast.scheduler.model.OrderingFlag.IF_ON_SAME_NODE;
import static org.holdfast.scheduler.model.OrderingFlag.ORDERED;
import static org.holdfast.scheduler.model.OrderingFlag.UNRUNNABLE_FIRST_BLOCKS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Ordering;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.RelatedAction;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * Orders probes before what must know their result: before the start of other instances, before
 * stops that depend on the probed resource having stopped, and before stops that a start which
 * follows the probe would bring about.
 */
final class ProbeOrderings {

    private ProbeOrderings() {}

    static void add(Cluster cluster) {
        for (Resource resource : cluster.resources) {
            addForFollowers(resource);
        }
        for (Ordering ordering : cluster.orderings) {
            addForStop(ordering);
        }
    }

    private static void addForFollowers(Resource resource) {
        if (!(resource instanceof Primitive)) {
            for (Resource child : resource.children) {
                addForFollowers(child);
            }
            return;
        }
        List<Action> probes = ActionSearch.find(resource, Tasks.MONITOR, null);
        if (probes.isEmpty()) {
            return;
        }
        RestartSearch search = new RestartSearch(resource);
        // Probes of one resource mostly have the same followers, which lead to the same actions.
        Map<Action, List<Action>> known = new LinkedHashMap<>();
        for (Action probe : probes) {
            for (int i = probe.after.size() - 1; i >= 0; i--) {
                RelatedAction follower = probe.after.get(i);
                addForOtherStarts(probe, follower);
                List<Action> restarted = known.get(follower.action);
                if (restarted == null) {
                    restarted = search.from(follower.action);
                    known.put(follower.action, restarted);
                }
                for (Action stop : restarted) {
                    Orderings.relate(probe, stop, ORDERED);
                }
            }
        }
    }

    /**
     * If one instance's state cannot be found out, no other instance that is not active may start.
     */
    private static void addForOtherStarts(Action probe, RelatedAction follower) {
        Resource collective = follower.action.resource;
        if (collective == null
                || collective instanceof Primitive
                || collective instanceof Group
                || probe.isRunnable()
                || (follower.flags & UNRUNNABLE_FIRST_BLOCKS) != 0
                || probe.resource == null
                || probe.resource.top(false) != collective
                || !follower.action.task.equals(Tasks.START)) {
            return;
        }
        List<RelatedAction> next = follower.action.after;
        for (int i = next.size() - 1; i >= 0; i--) {
            Action then = next.get(i).action;
            if (then.resource != null
                    && then.resource.active.isEmpty()
                    && then.resource.top(false) == collective
                    && then.task.equals(Tasks.START)) {
                Orderings.relate(probe, then, ORDERED | UNRUNNABLE_FIRST_BLOCKS);
            }
        }
    }

    /**
     * What waits for a resource's stop waits for its probes: they may find that it must be stopped.
     */
    private static void addForStop(Ordering ordering) {
        Resource first = ordering.firstResource;
        Resource then = ordering.thenResource;
        if (ordering.flags == OrderingFlag.NONE || first == null || first == then) {
            return;
        }
        if (!isStop(ordering.firstAction, ordering.firstKey)
                || (ordering.thenAction == null && ordering.thenKey == null)) {
            return;
        }
        if (then != null
                && first.launcher == then
                && isStop(ordering.thenAction, ordering.thenKey)) {
            return; // What was launched goes down with its launcher.
        }
        List<Action> probes = ActionSearch.find(first, Tasks.MONITOR, null);
        if (probes.isEmpty()) {
            return;
        }
        List<Action> thens;
        if (ordering.thenAction != null) {
            thens = List.of(ordering.thenAction);
        } else if (then != null && ordering.thenKey != null) {
            thens = ActionSearch.findWithKey(then, ordering.thenKey, null);
        } else {
            return;
        }
        int flags = flagsFor(ordering.flags);
        for (Action probe : probes) {
            for (Action action : thens) {
                if (mustWait(probe, action)) {
                    Orderings.relate(probe, action, flags);
                }
            }
        }
    }

    private static boolean isStop(@Nullable Action action, @Nullable String key) {
        return action != null
                ? action.task.equals(Tasks.STOP)
                : key != null && key.endsWith("_stop_0");
    }

    /** Conditions of the stop's ordering hold for the probe's, too. */
    private static int flagsFor(int flags) {
        if (flags == OrderingFlag.IF_REQUIRED_ON_SAME_NODE
                || flags == OrderingFlag.IF_ON_SAME_NODE_OR_TARGET) {
            return flags;
        }
        return ORDERED | (flags & (IF_FIRST_UNMIGRATABLE | IF_ON_SAME_NODE));
    }

    private static boolean mustWait(Action probe, Action then) {
        if (then.task.equals(Tasks.STONITH)
                && probe.node == then.node
                && Tasks.ON.equalsIgnoreCase(then.meta.get("stonith_action"))) {
            return false; // A node is unfenced first, probed afterwards.
        }
        return !then.task.equals(Tasks.DO_SHUTDOWN)
                || probe.node == null
                || then.node == null
                || probe.node == then.node;
    }

    /**
     * Finds the stops and demotions of other resources that come about if a probed resource has to
     * start: along orderings by which a required action requires the next one.
     */
    private static final class RestartSearch {

        private final Resource probed;
        private final List<Frame> stack = new ArrayList<>();
        private List<Action> found = new ArrayList<>();

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
                            PlacementSeam.compatibleInstance(
                                    probed, collective, Role.UNKNOWN, false);
                    searched = true;
                }
                return compatible;
            }
        }

        private int[] positions = new int[16];

        RestartSearch(Resource probed) {
            this.probed = probed;
        }

        List<Action> from(Action start) {
            int visit = probed.cluster.takeVisit();
            found = new ArrayList<>();
            enter(start, visit);
            while (!stack.isEmpty()) {
                int top = stack.size() - 1;
                Frame frame = stack.get(top);
                if (--positions[top] < 0) {
                    stack.remove(top);
                    continue;
                }
                RelatedAction next = frame.action.after.get(positions[top]);
                if (next.action.visit != visit && leadsOn(frame, next)) {
                    enter(next.action, visit);
                }
            }
            return found;
        }

        private void enter(Action action, int visit) {
            action.visit = visit;
            Resource resource = action.resource;
            if (resource instanceof Primitive && resource != probed) {
                String down =
                        switch (action.task) {
                            case Tasks.START -> Tasks.STOP;
                            case Tasks.PROMOTE -> Tasks.DEMOTE;
                            default -> "";
                        };
                if (!down.isEmpty()) {
                    for (Action stop : ActionSearch.find(resource, down, null)) {
                        if (!stop.isPseudo()) {
                            found.add(stop);
                        }
                    }
                }
            }
            int at = stack.size();
            if (at == positions.length) {
                positions = Arrays.copyOf(positions, at * 2);
            }
            positions[at] = action.after.size();
            stack.add(new Frame(action));
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
}
