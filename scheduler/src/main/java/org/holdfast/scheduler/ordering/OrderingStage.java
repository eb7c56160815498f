package org.holdfast.scheduler.ordering;

import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Ordering;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * Turns ordering constraints into relations between actions, lets flags spread along them, and
 * drops relations that cannot be kept.
 */
public final class OrderingStage {

    private OrderingStage() {}

    /** Runs the stage; all actions of resources, nodes and fencing must be there. */
    public static void run(Cluster cluster) {
        List<Ordering> orderings = cluster.orderings;
        for (int i = 0, count = orderings.size(); i < count; i++) {
            relate(orderings.get(i));
        }
        FlagPropagation propagation = new FlagPropagation(cluster);
        for (int i = cluster.actions.size() - 1; i >= 0; i--) {
            propagation.blockDependents(cluster.actions.get(i));
        }
        ProbesBeforeRestarts restarts = ProbeOrderings.add(cluster);
        for (int i = cluster.actions.size() - 1; i >= 0; i--) {
            propagation.update(cluster.actions.get(i));
        }
        restarts.settleRequired();
        cluster.heldOrderings = restarts;
        InvalidOrderings.disable(cluster, restarts);
    }

    private static void relate(Ordering ordering) {
        if (ordering.firstResource != null) {
            relateFrom(ordering.firstResource, ordering);
        } else if (ordering.thenResource != null) {
            relateTo(ordering.firstAction, ordering.thenResource, ordering);
        } else {
            Orderings.relate(
                    ordering.firstAction, ordering.thenAction, ordering.flags, ordering.constraint);
        }
    }

    private static void relateFrom(Resource resource, Ordering ordering) {
        Resource then = ordering.thenResource;
        List<Action> firsts =
                ordering.firstAction != null
                        ? List.of(ordering.firstAction)
                        : matching(resource, ordering.firstKey);
        if (firsts.isEmpty() && resource != then) {
            Action placeholder = placeholder(resource, ordering.firstKey);
            firsts = placeholder == null ? List.of() : List.of(placeholder);
        }
        if (then == null && ordering.thenAction == null) {
            return;
        }
        for (Action first : firsts) {
            if (then == null) {
                Orderings.relate(first, ordering.thenAction, ordering.flags, ordering.constraint);
            } else {
                relateTo(first, then, ordering);
            }
        }
    }

    /**
     * An optional action that cannot run: it keeps the other side from running when that depends on
     * something that is not there. What is down already needs none.
     */
    private static @Nullable Action placeholder(Resource resource, @Nullable String key) {
        OpKey.Parts parts = key == null ? null : OpKey.parse(key);
        if (parts == null) {
            return null;
        }
        Role role = resource.state(true);
        boolean done =
                (role == Role.STOPPED && parts.task().equals(Tasks.STOP))
                        || (role == Role.UNPROMOTED && parts.task().equals(Tasks.DEMOTE));
        if (done) {
            return null;
        }
        String ownKey = OpKey.of(resource.id, parts.task(), parts.intervalMillis());
        return ActionFactory.create(resource, ownKey, parts.task(), null, true);
    }

    private static void relateTo(@Nullable Action first, Resource resource, Ordering ordering) {
        List<Action> thens =
                ordering.thenAction != null
                        ? List.of(ordering.thenAction)
                        : matching(resource, ordering.thenKey);
        int flags = ordering.flags;
        if (first != null && first.resource == resource && first.is(ActionFlag.MIGRATION_ABORT)) {
            // The stop that ends a migration on its source does not restart the resource elsewhere.
            flags &= ~OrderingFlag.FIRST_IMPLIES_THEN;
        }
        for (Action then : thens) {
            if (first != null) {
                Orderings.relate(first, then, flags, ordering.constraint);
            } else if ((flags & OrderingFlag.FIRST_IMPLIES_THEN) != 0) {
                then.clear(ActionFlag.RUNNABLE);
                resource.cluster.reasonSink.action(
                        then,
                        ActionReason.Effect.BLOCKED,
                        new ActionReason.NothingToFollow(String.valueOf(ordering.firstKey)));
            }
        }
    }

    /**
     * Whether a key is a resource's own and has a task of one word. The task of any other key may
     * be read as its last word: the end of "lrm_delete" means "delete", too.
     */
    private static boolean isPlainKeyOf(String id, String key) {
        return key.startsWith(id)
                && key.startsWith("_", id.length())
                && key.indexOf('_', id.length() + 1) == key.lastIndexOf('_');
    }

    /** Actions with the key, or else the same task of this resource. */
    private static List<Action> matching(Resource resource, @Nullable String key) {
        if (key == null) {
            return List.of();
        }
        List<Action> found = ActionSearch.findWithKey(resource, key, null);
        if (!found.isEmpty() || isPlainKeyOf(resource.id, key)) {
            return found;
        }
        OpKey.Parts parts = OpKey.parse(key);
        return parts == null
                ? List.of()
                : ActionSearch.findWithKey(
                        resource,
                        OpKey.of(resource.id, parts.task(), parts.intervalMillis()),
                        null);
    }
}
