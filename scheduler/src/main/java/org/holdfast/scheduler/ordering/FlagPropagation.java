package org.holdfast.scheduler.ordering;

import static org.holdfast.scheduler.model.ActionFlag.OPTIONAL;
import static org.holdfast.scheduler.model.ActionFlag.RUNNABLE;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.RelatedAction;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.OpTargets;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * Lets flags spread along orderings until nothing changes. A change is followed at once, to what is
 * ordered after and before; where such a chain gets very long, its rest waits in a queue, so that
 * no configuration can exhaust the stack.
 *
 * <p>Belongs to one run.
 */
final class FlagPropagation {

    /** Bits of the answer to "what did an ordering change?". */
    static final int NOTHING = 0;

    static final int FIRST = 1;
    static final int THEN = 2;

    private static final int DEPTH_MAX = 400;
    private static final long UPDATES_MIN = 1_000_000;
    private static final long UPDATES_PER_ACTION = 2_000;

    private final Cluster cluster;
    private final Deque<Action> postponed = new ArrayDeque<>();
    private final InstancePropagation instances = new InstancePropagation(this);
    private final ColocationBlocking blocking = new ColocationBlocking(this);
    private final FlagCache cache = new FlagCache();
    private int depth;

    /** How many more updates there may be; contradictory constraints could go round for ever. */
    private long updatesLeft;

    FlagPropagation(Cluster cluster) {
        this.cluster = cluster;
        this.updatesLeft = UPDATES_MIN + UPDATES_PER_ACTION * (long) cluster.actions.size();
    }

    /** Brings an action, and all that depends on it, up to date with what is ordered before it. */
    void update(Action then) {
        if (depth >= DEPTH_MAX) {
            postponed.add(then);
            return;
        }
        depth++;
        updateFromInputs(then);
        depth--;
        while (depth == 0 && !postponed.isEmpty()) {
            depth++;
            updateFromInputs(postponed.remove());
            depth--;
        }
    }

    /** Stops dependents of colocations from reaching what the unrunnable action was to bring. */
    void blockDependents(Action action) {
        blocking.apply(action);
    }

    private void updateFromInputs(Action then) {
        if (--updatesLeft <= 0) {
            if (updatesLeft == 0) {
                cluster.error("Ordering constraints contradict each other near " + then);
            }
            return;
        }
        int flagsBefore = then.flags;
        int changed = NOTHING;
        if (then.requiredRunnableBefore > 0) {
            then.runnableBefore = 0;
            then.clear(RUNNABLE);
            note(then, Effect.BLOCKED, new ActionReason.TooFewBefore(then.requiredRunnableBefore));
            cache.invalidate();
        }
        List<RelatedAction> inputs = then.before;
        for (int i = inputs.size() - 1; i >= 0; i--) {
            RelatedAction input = inputs.get(i);
            changed = updateFromInput(input, then, changed);
        }
        if (then.requiredRunnableBefore > 0) {
            changed = flagsBefore == then.flags ? changed & ~THEN : changed | THEN;
        }
        if ((changed & THEN) != 0) {
            if ((flagsBefore & RUNNABLE) != 0 && !then.isRunnable()) {
                blocking.apply(then);
            }
            update(then);
            updateFollowers(then);
        }
    }

    void updateFollowers(Action action) {
        List<RelatedAction> followers = action.after;
        for (int i = followers.size() - 1; i >= 0; i--) {
            update(followers.get(i).action);
        }
    }

    private int updateFromInput(RelatedAction input, Action then, int changedBefore) {
        Action first = input.action;
        Node firstNode = effectiveNode(first);
        Node thenNode = effectiveNode(then);
        if (has(input, OrderingFlag.IF_ON_SAME_NODE)
                && firstNode != null
                && thenNode != null
                && firstNode != thenNode) {
            input.flags = OrderingFlag.NONE;
            return changedBefore;
        }
        int changed = changedBefore & ~FIRST;
        Resource firstResource = first.resource;
        if (firstResource != null
                && has(input, OrderingFlag.THEN_CANCELS_FIRST)
                && !then.isOptional()) {
            first.set(OPTIONAL);
            FlagRules.note(first, Effect.NOT_REQUIRED, then, OrderingFlag.THEN_CANCELS_FIRST);
            cache.invalidate();
            if (first.task.equals(Tasks.RELOAD_AGENT)) {
                firstResource.clear(ResourceFlag.RELOAD);
            }
        }
        if (firstResource != null
                && then.resource != null
                && firstResource != then.resource
                && !then.resource.isInside(firstResource)) {
            first = endOf(first, firstResource);
        }
        if (first == input.action) {
            int firstFlags = cache.of(first, thenNode);
            int thenFlags = cache.of(then, firstNode);
            changed |= applyOrdering(first, then, firstFlags, thenFlags, input);
        } else if (Orderings.relate(first, then, input.flags, input.constraint)) {
            // What comes after a collective comes after the end of its action, not the beginning.
            changed |= THEN;
            input.flags = OrderingFlag.NONE;
        }
        if ((changed & FIRST) != 0) {
            updateFollowers(first);
            update(first);
        }
        return changed;
    }

    /** Where an action takes place; for a group's start, where all of its members go. */
    private static @Nullable Node effectiveNode(Action action) {
        if (action.resource instanceof Group group && action.task.equals(Tasks.START)) {
            return OpTargets.assignedNode(group);
        }
        return action.node;
    }

    /** The pseudo action that ends a collective's action, notifications included; or the action. */
    private static Action endOf(Action action, Resource resource) {
        if (resource instanceof Primitive) {
            return action;
        }
        Action end =
                ActionSearch.newestWithKey(resource, CollectiveKeys.endOf(action.key, resource));
        return end == null ? action : end;
    }

    private int applyOrdering(
            Action first, Action then, int firstFlags, int thenFlags, RelatedAction input) {
        int firstBefore = first.flags;
        int thenBefore = then.flags;
        int changed = new OrderingStep(this, first, then, firstFlags, thenFlags, input).apply();
        if (first.flags != firstBefore || then.flags != thenBefore) {
            cache.invalidate();
        }
        return changed;
    }

    /** For those who change flags of actions elsewhere. */
    void flagsChanged() {
        cache.invalidate();
    }

    void note(Action action, Effect effect, ActionReason reason) {
        if (cluster.reasonSink.wanted()) {
            cluster.reasonSink.action(action, effect, reason);
        }
    }

    /**
     * Applies a rule as a resource's kind does: collectives to themselves and their parts.
     *
     * @param by the resource whose kind decides
     * @return which of the actions changed
     */
    int spread(
            Resource by,
            Action first,
            Action then,
            @Nullable Node node,
            int flags,
            int filter,
            int type) {
        if (!FlagRules.concern(type) && (by instanceof Primitive || by instanceof Group)) {
            return NOTHING;
        }
        return switch (by) {
            case Primitive _ -> applyRules(first, then, flags, filter, type);
            case Group _ -> spreadToMembers(first, then, node, flags, filter, type);
            case Clone _ -> instances.spread(first, then, node, flags, filter, type);
            case Bundle _ -> instances.spread(first, then, node, flags, filter, type);
        };
    }

    private int spreadToMembers(
            Action first, Action then, @Nullable Node node, int flags, int filter, int type) {
        int changed = applyRules(first, then, flags, filter, type);
        if (then.resource == null) {
            return changed;
        }
        for (Resource member : then.resource.children) {
            Action memberAction = ActionSearch.newest(member, then.task, node);
            if (memberAction != null) {
                changed |= spread(member, first, memberAction, node, flags, filter, type);
            }
        }
        return changed;
    }

    int applyRules(Action first, Action then, int flags, int filter, int type) {
        int firstBefore = first.flags;
        int thenBefore = then.flags;
        FlagRules.apply(first, then, flags, filter, type);
        if (first.flags != firstBefore || then.flags != thenBefore) {
            cache.invalidate();
        }
        int changed = NOTHING;
        if (then.flags != thenBefore) {
            changed |= THEN;
            if (then.resource != null && then.resource.parent != null) {
                // A cloned group's start must hear of its stop.
                update(then);
            }
        }
        return first.flags == firstBefore ? changed : changed | FIRST;
    }

    static boolean has(RelatedAction input, int bits) {
        return (input.flags & bits) == bits;
    }
}
