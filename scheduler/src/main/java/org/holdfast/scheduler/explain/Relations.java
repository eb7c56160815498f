package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.RelatedAction;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * How two actions are related: by which constraint, or by what their resources are to each other.
 */
final class Relations {

    private Relations() {}

    /** Whether an action comes after another. */
    static boolean isAfter(Action action, Action cause) {
        return action.before.stream().anyMatch(input -> input.action == cause);
    }

    /** Why two actions are ordered, in a few words. */
    static String relation(Action action, Action cause, @Nullable String constraint) {
        if (constraint != null) {
            return "ordering " + constraint;
        }
        Resource one = action.resource;
        Resource other = cause.resource;
        if (one == null || other == null) {
            return cause.task.equals(Tasks.STONITH) || action.task.equals(Tasks.STONITH)
                    ? "fencing"
                    : "by the state of the node";
        }
        if (one == other) {
            return "one step of the same resource follows the other";
        }
        if (one.parent != null && one.parent == other.parent) {
            return "members of "
                    + one.parent.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                    + " "
                    + one.parent.id
                    + " follow each other";
        }
        if (one.isInside(other) || other.isInside(one)) {
            Resource outer = one.isInside(other) ? other : one;
            return "part of " + outer.id;
        }
        if (one.launcher == other || other.launcher == one) {
            return "one runs inside the other";
        }
        if (action.node != null && action.node.remote != null
                || cause.node != null && cause.node.remote != null) {
            return "connection to a remote node";
        }
        return "they depend on each other";
    }

    /** The ordering constraint between two actions, or between what they are parts of. */
    static @Nullable String constraintBetween(Action one, Action other) {
        for (Action then : withOuter(one)) {
            for (Action first : withOuter(other)) {
                String id = constraintOf(then, first);
                if (id == null) {
                    id = constraintOf(first, then);
                }
                if (id != null) {
                    return id;
                }
            }
        }
        return null;
    }

    private static @Nullable String constraintOf(Action then, Action first) {
        for (RelatedAction input : then.before) {
            if (input.constraint != null
                    && (input.action == first
                            || (input.action.resource == first.resource
                                    && first.resource != null
                                    && Tasks.atomic(input.action.task)
                                            .equals(Tasks.atomic(first.task))))) {
                return input.constraint;
            }
        }
        return null;
    }

    private static List<Action> withOuter(Action action) {
        List<Action> all = new ArrayList<>();
        all.add(action);
        Resource resource = action.resource;
        if (resource == null) {
            return all;
        }
        for (Resource at = resource.parent; at != null; at = at.parent) {
            for (Action outer : at.actions) {
                if (Tasks.atomic(outer.task).equals(Tasks.atomic(action.task))) {
                    all.add(outer);
                }
            }
        }
        return all;
    }
}
