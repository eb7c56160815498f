package org.holdfast.scheduler.ordering;

import static org.holdfast.scheduler.model.ActionFlag.MIGRATABLE;
import static org.holdfast.scheduler.model.ActionFlag.OPTIONAL;
import static org.holdfast.scheduler.model.ActionFlag.PSEUDO;
import static org.holdfast.scheduler.model.ActionFlag.RUNNABLE;

import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.Tasks;

/** What each kind of ordering does to the flags of the two actions that it orders. */
final class FlagRules {

    /** Orderings that change flags of plain actions; the others only say what comes first. */
    private static final int CHANGING =
            OrderingFlag.ASYMMETRIC
                    | OrderingFlag.THEN_IMPLIES_FIRST
                    | OrderingFlag.PROMOTED_THEN_IMPLIES_FIRST
                    | OrderingFlag.UNMIGRATABLE_THEN_BLOCKS
                    | OrderingFlag.FIRST_ELSE_THEN
                    | OrderingFlag.UNRUNNABLE_FIRST_BLOCKS
                    | OrderingFlag.FIRST_IMPLIES_THEN
                    | OrderingFlag.INTERMEDIATE_STOP;

    private FlagRules() {}

    /** Whether any rule is for orderings of this type. */
    static boolean concern(int type) {
        return (type & CHANGING) != 0;
    }

    /**
     * Applies the rules to two plain actions.
     *
     * @param flags flags of "first" as its resource sees them
     * @param filter which action flags may change
     * @param type bits of {@link OrderingFlag} that say which rules apply
     */
    static void apply(Action first, Action then, int flags, int filter, int type) {
        boolean thenWasRequired = !then.isOptional();
        boolean firstWasOptional = first.isOptional();
        boolean mayChangeOptional = has(filter, OPTIONAL);
        if (has(type, OrderingFlag.ASYMMETRIC)) {
            applyAsymmetric(first, then);
        }
        if (has(type, OrderingFlag.THEN_IMPLIES_FIRST) && thenWasRequired) {
            if (mayChangeOptional && !has(flags, OPTIONAL) && firstWasOptional) {
                clearBecause(first, OPTIONAL, then, OrderingFlag.THEN_IMPLIES_FIRST);
            }
            if (has(flags, MIGRATABLE) && !then.is(MIGRATABLE)) {
                clearBecause(first, MIGRATABLE, then, OrderingFlag.THEN_IMPLIES_FIRST);
            }
        }
        if (has(type, OrderingFlag.PROMOTED_THEN_IMPLIES_FIRST)
                && then.resource != null
                && then.resource.role == Role.PROMOTED
                && mayChangeOptional
                && !then.isOptional()) {
            clearBecause(first, OPTIONAL, then, OrderingFlag.PROMOTED_THEN_IMPLIES_FIRST);
            if (first.is(MIGRATABLE) && !then.is(MIGRATABLE)) {
                clearBecause(first, MIGRATABLE, then, OrderingFlag.PROMOTED_THEN_IMPLIES_FIRST);
            }
        }
        if (has(type, OrderingFlag.UNMIGRATABLE_THEN_BLOCKS) && mayChangeOptional) {
            if (!then.is(MIGRATABLE | RUNNABLE)) {
                clearBecause(first, RUNNABLE, then, OrderingFlag.UNMIGRATABLE_THEN_BLOCKS);
            }
            if (!then.isOptional()) {
                clearBecause(first, OPTIONAL, then, OrderingFlag.UNMIGRATABLE_THEN_BLOCKS);
            }
        }
        if (has(type, OrderingFlag.FIRST_ELSE_THEN) && mayChangeOptional && !first.isRunnable()) {
            clearBecause(then, MIGRATABLE, first, OrderingFlag.FIRST_ELSE_THEN);
            then.clear(PSEUDO);
        }
        if (has(type, OrderingFlag.UNRUNNABLE_FIRST_BLOCKS)
                && has(filter, RUNNABLE)
                && then.isRunnable()
                && !has(flags, RUNNABLE)) {
            clearBecause(then, RUNNABLE, first, OrderingFlag.UNRUNNABLE_FIRST_BLOCKS);
            clearBecause(then, MIGRATABLE, first, OrderingFlag.UNRUNNABLE_FIRST_BLOCKS);
        }
        if (has(type, OrderingFlag.FIRST_IMPLIES_THEN)
                && mayChangeOptional
                && then.isOptional()
                && !has(flags, OPTIONAL)
                && !first.is(MIGRATABLE)) {
            clearBecause(then, OPTIONAL, first, OrderingFlag.FIRST_IMPLIES_THEN);
        }
        if (has(type, OrderingFlag.INTERMEDIATE_STOP)) {
            applyRestart(first, then, filter);
        }
    }

    /** Without a "first" that can run there is no "then", except where it would change nothing. */
    private static void applyAsymmetric(Action first, Action then) {
        Resource resource = then.resource;
        if (resource == null || first.isRunnable()) {
            return;
        }
        if (then.isOptional()) {
            Role role = resource.state(true);
            if (role == Role.STOPPED && then.task.equals(Tasks.STOP)) {
                return;
            }
            if (role.compareTo(Role.STARTED) >= 0
                    && then.task.equals(Tasks.START)
                    && resource.active.size() == 1
                    && resource.active.getFirst() == then.node) {
                return;
            }
        }
        clearBecause(then, OPTIONAL, first, OrderingFlag.ASYMMETRIC);
        clearBecause(then, RUNNABLE, first, OrderingFlag.ASYMMETRIC);
    }

    /** A start that must happen, or cannot, needs the stop before it. */
    private static void applyRestart(Action first, Action then, int filter) {
        Resource resource = then.resource;
        boolean required = has(filter, OPTIONAL) && !then.isOptional();
        boolean cannot =
                has(filter, RUNNABLE)
                        && !then.isRunnable()
                        && resource != null
                        && resource.is(ResourceFlag.MANAGED)
                        && first.resource == resource;
        if (!required && !cannot) {
            return;
        }
        if (first.isRunnable()) {
            clearBecause(first, OPTIONAL, then, OrderingFlag.INTERMEDIATE_STOP);
        }
        if (!then.isOptional()) {
            clearBecause(first, OPTIONAL, then, OrderingFlag.INTERMEDIATE_STOP);
        }
        if (!then.is(MIGRATABLE)) {
            clearBecause(first, MIGRATABLE, then, OrderingFlag.INTERMEDIATE_STOP);
        }
        if (!first.isOptional() && !first.isRunnable()) {
            clearBecause(then, RUNNABLE, first, OrderingFlag.INTERMEDIATE_STOP);
        }
    }

    /**
     * Clears a flag and, if that is another resource's doing and nothing was said yet, says why.
     */
    private static void clearBecause(Action action, int flag, Action cause, int rule) {
        if (action.is(flag)) {
            action.clear(flag);
            if (flag != MIGRATABLE) {
                note(action, flag == OPTIONAL ? Effect.REQUIRED : Effect.BLOCKED, cause, rule);
            }
            if (action.resource != cause.resource && action.reason == null) {
                action.reason = reason(cause, flag);
            }
        }
    }

    /** Tells those who listen that an ordering decided about an action. */
    static void note(Action action, Effect effect, Action cause, int rule) {
        Resource any = action.resource == null ? cause.resource : action.resource;
        if (any != null && any.cluster.reasonSink.wanted()) {
            any.cluster.reasonSink.action(action, effect, new ActionReason.Ordered(cause, rule));
        }
    }

    private static String reason(Action cause, int flag) {
        String change =
                switch (flag) {
                    case RUNNABLE -> "unrunnable ";
                    case MIGRATABLE -> "unmigrateable ";
                    default -> "required ";
                };
        return cause.resource == null
                ? change + cause.task
                : change + cause.resource.id + " " + cause.task;
    }

    private static boolean has(int flags, int bit) {
        return (flags & bit) != 0;
    }
}
