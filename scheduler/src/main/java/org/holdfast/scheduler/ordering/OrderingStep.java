package org.holdfast.scheduler.ordering;

import static org.holdfast.scheduler.model.ActionFlag.ALWAYS_IN_GRAPH;
import static org.holdfast.scheduler.model.ActionFlag.OPTIONAL;
import static org.holdfast.scheduler.model.ActionFlag.RUNNABLE;

import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.RelatedAction;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * Lets flags spread along one ordering, rule by rule. The order of the rules is Pacemaker's, and
 * counts: each sees what those before it changed. For one use.
 */
final class OrderingStep {

    /** Orderings by which the stop of a blocked resource blocks what is at the other end. */
    private static final int IMPLYING =
            OrderingFlag.FIRST_IMPLIES_THEN
                    | OrderingFlag.THEN_IMPLIES_FIRST
                    | OrderingFlag.INTERMEDIATE_STOP;

    private final FlagPropagation propagation;
    private final Action first;
    private final Action then;

    /** Flags of each action as the other one's resource sees them. */
    private final int firstFlags;

    private final int thenFlags;
    private final RelatedAction input;
    private @Nullable Node node;
    private int changed = FlagPropagation.NOTHING;

    OrderingStep(
            FlagPropagation propagation,
            Action first,
            Action then,
            int firstFlags,
            int thenFlags,
            RelatedAction input) {
        this.propagation = propagation;
        this.first = first;
        this.then = then;
        this.firstFlags = firstFlags;
        this.thenFlags = thenFlags;
        this.input = input;
        this.node = then.node;
    }

    /** Answers bits of {@link FlagPropagation#FIRST} and {@link FlagPropagation#THEN}. */
    int apply() {
        if (has(OrderingFlag.FIRST_IMPLIES_SAME_NODE_THEN)) {
            input.flags &= ~OrderingFlag.FIRST_IMPLIES_SAME_NODE_THEN;
            input.flags |= OrderingFlag.FIRST_IMPLIES_THEN;
            node = first.node;
        }
        int firstOptional = firstFlags & OPTIONAL;
        requireThen(firstOptional);
        spread(then.resource, OrderingFlag.INTERMEDIATE_STOP, firstFlags, OPTIONAL | RUNNABLE);
        requireFirst(firstOptional);
        spread(then.resource, OrderingFlag.PROMOTED_THEN_IMPLIES_FIRST, firstOptional, OPTIONAL);
        countRunnable();
        followRemoteProbe();
        block();
        spread(then.resource, OrderingFlag.UNMIGRATABLE_THEN_BLOCKS, firstFlags, OPTIONAL);
        spread(then.resource, OrderingFlag.FIRST_ELSE_THEN, firstFlags, OPTIONAL);
        spread(then.resource, OrderingFlag.ORDERED, firstFlags, RUNNABLE);
        spread(then.resource, OrderingFlag.ASYMMETRIC, firstFlags, RUNNABLE);
        keepInGraph();
        blockByBlockedStop();
        return changed;
    }

    private boolean has(int bits) {
        return FlagPropagation.has(input, bits);
    }

    private boolean isFirstRunnable() {
        return (firstFlags & RUNNABLE) != 0;
    }

    /** Applies a rule as a resource's kind does, if the ordering has it. */
    private void spread(@Nullable Resource by, int rule, int flags, int filter) {
        if (by != null && has(rule)) {
            spreadAlways(by, rule, flags, filter);
        }
    }

    private void spreadAlways(Resource by, int rule, int flags, int filter) {
        changed |= propagation.spread(by, first, then, node, flags, filter, rule);
    }

    private void requireThen(int firstOptional) {
        spread(then.resource, OrderingFlag.FIRST_IMPLIES_THEN, firstOptional, OPTIONAL);
        if (then.resource == null
                && has(OrderingFlag.FIRST_IMPLIES_THEN)
                && firstOptional == 0
                && then.isOptional()) {
            then.clear(OPTIONAL);
            FlagRules.note(then, Effect.REQUIRED, first, OrderingFlag.FIRST_IMPLIES_THEN);
            changed |= FlagPropagation.THEN;
        }
    }

    private void requireFirst(int firstOptional) {
        spread(first.resource, OrderingFlag.THEN_IMPLIES_FIRST, firstFlags, OPTIONAL);
        if (first.resource == null
                && has(OrderingFlag.THEN_IMPLIES_FIRST)
                && firstOptional == 0
                && first.isRunnable()) {
            first.clear(RUNNABLE);
            FlagRules.note(first, Effect.BLOCKED, then, OrderingFlag.THEN_IMPLIES_FIRST);
            changed |= FlagPropagation.FIRST;
        }
    }

    private void countRunnable() {
        spread(then.resource, OrderingFlag.MIN_RUNNABLE, firstFlags, RUNNABLE);
        if (then.resource == null && has(OrderingFlag.MIN_RUNNABLE) && isFirstRunnable()) {
            then.runnableBefore++;
            if (then.runnableBefore >= then.requiredRunnableBefore && !then.isRunnable()) {
                then.set(RUNNABLE);
                propagation.note(then, Effect.POSSIBLE, new ActionReason.OfParts());
                changed |= FlagPropagation.THEN;
            }
        }
    }

    /** What waits for a probe on a remote node does not, if the resource is known to be active. */
    private void followRemoteProbe() {
        if (then.resource == null || !has(OrderingFlag.NESTED_REMOTE_PROBE)) {
            return;
        }
        if (!isFirstRunnable() && first.resource != null && !first.resource.active.isEmpty()) {
            input.flags = OrderingFlag.NONE;
        } else {
            spreadAlways(then.resource, OrderingFlag.UNRUNNABLE_FIRST_BLOCKS, firstFlags, RUNNABLE);
        }
    }

    private void block() {
        spread(then.resource, OrderingFlag.UNRUNNABLE_FIRST_BLOCKS, firstFlags, RUNNABLE);
        if (then.resource == null
                && has(OrderingFlag.UNRUNNABLE_FIRST_BLOCKS)
                && !isFirstRunnable()
                && then.isRunnable()) {
            blockThen();
        }
    }

    private void blockThen() {
        then.clear(RUNNABLE);
        FlagRules.note(then, Effect.BLOCKED, first, OrderingFlag.UNRUNNABLE_FIRST_BLOCKS);
        changed |= FlagPropagation.THEN;
    }

    private void keepInGraph() {
        if (first.isRunnable()
                && has(OrderingFlag.FIRST_IMPLIES_THEN_GRAPHED)
                && (firstFlags & OPTIONAL) == 0) {
            then.set(ALWAYS_IN_GRAPH);
        }
        if (has(OrderingFlag.THEN_IMPLIES_FIRST_GRAPHED) && (thenFlags & OPTIONAL) == 0) {
            first.set(ALWAYS_IN_GRAPH);
        }
    }

    /** What depends on the stop of a blocked resource cannot happen. */
    private void blockByBlockedStop() {
        if ((input.flags & IMPLYING) != 0
                && first.resource != null
                && !first.resource.is(ResourceFlag.MANAGED)
                && first.resource.is(ResourceFlag.BLOCKED)
                && !first.isRunnable()
                && first.task.equals(Tasks.STOP)
                && then.isRunnable()) {
            blockThen();
        }
    }
}
