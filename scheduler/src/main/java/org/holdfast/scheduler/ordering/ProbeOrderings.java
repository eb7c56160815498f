package org.holdfast.scheduler.ordering;

import static org.holdfast.scheduler.model.OrderingFlag.IF_FIRST_UNMIGRATABLE;
import static org.holdfast.scheduler.model.OrderingFlag.IF_ON_SAME_NODE;
import static org.holdfast.scheduler.model.OrderingFlag.ORDERED;
import static org.holdfast.scheduler.model.OrderingFlag.UNRUNNABLE_FIRST_BLOCKS;

import java.util.BitSet;
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

    private final RestartReach reach;
    private final ProbesBeforeRestarts restarts;

    private ProbeOrderings(Cluster cluster) {
        this.reach = RestartReach.of(cluster);
        this.restarts = new ProbesBeforeRestarts(cluster);
    }

    /** Adds all orderings but those that the answer holds back. */
    static ProbesBeforeRestarts add(Cluster cluster) {
        ProbeOrderings orderings = new ProbeOrderings(cluster);
        for (Resource resource : cluster.resources) {
            orderings.addForFollowers(resource);
        }
        for (Ordering ordering : cluster.orderings) {
            orderings.addForStop(ordering);
        }
        return orderings.restarts;
    }

    private void addForFollowers(Resource resource) {
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
        RestartSearch search = new RestartSearch(resource, reach);
        // Probes of one resource mostly have the same followers, which lead to the same actions.
        Map<Action, BitSet> known = new LinkedHashMap<>();
        for (Action probe : probes) {
            for (int i = probe.after.size() - 1; i >= 0; i--) {
                RelatedAction follower = probe.after.get(i);
                addForOtherStarts(probe, follower);
                BitSet restarted = known.get(follower.action);
                if (restarted == null) {
                    restarted = search.from(follower.action);
                    known.put(follower.action, restarted);
                }
                restarts.hold(probe, restarted);
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
    private void addForStop(Ordering ordering) {
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
                    restarts.settle(probe, action);
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
}
