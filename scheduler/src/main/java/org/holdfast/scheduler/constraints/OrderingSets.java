package org.holdfast.scheduler.constraints;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.Booleans;
import org.holdfast.scheduler.constraints.OrderingKind.Symmetry;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Orderings.End;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** Orderings within and between the resource sets of an ordering constraint. */
final class OrderingSets {

    private final Cluster cluster;
    private final ResourceIndex index;

    OrderingSets(ConstraintContext context) {
        this.cluster = context.cluster();
        this.index = context.index();
    }

    /**
     * Orders the members of one set.
     *
     * @return false if a member does not exist, so that the constraint's other sets must be ignored
     */
    boolean within(ConstraintSet set, OrderingKind parentKind, @Nullable String parentSymmetrical) {
        Element element = set.element();
        String task = element.getOr("action", Tasks.START);
        OrderingKind kind = element.has("kind") ? OrderingKind.of(cluster, element) : parentKind;
        String sequentialText = element.get("sequential");
        boolean sequential = sequentialText == null || Booleans.isTrue(sequentialText);
        Symmetry symmetry = OrderingKind.symmetry(cluster, element, parentKind, parentSymmetrical);
        List<Resource> members = all(set);
        if (members == null) {
            return false;
        }
        if (members.size() == 1) {
            return true;
        }
        orderMembers(members, task, kind, sequential, kind.flags(task, symmetry));
        String inverse =
                symmetry == Symmetry.ASYMMETRIC ? null : OrderingKind.inverse(cluster, task);
        if (inverse == null || !sequential) {
            return true;
        }
        int flags = kind.flags(inverse, Symmetry.INVERSE);
        for (int i = 1; i < members.size(); i++) {
            Orderings.tasks(members.get(i), inverse, members.get(i - 1), inverse, flags);
        }
        return true;
    }

    private static void orderMembers(
            List<Resource> members, String task, OrderingKind kind, boolean sequential, int flags) {
        for (int i = 0; i < members.size(); i++) {
            Resource member = members.get(i);
            if (kind == OrderingKind.SERIALIZE) {
                for (Resource later : members.subList(i + 1, members.size())) {
                    Orderings.tasks(member, task, later, task, flags);
                }
            } else if (sequential && i > 0) {
                Orderings.tasks(members.get(i - 1), task, member, task, flags);
            }
        }
    }

    /** All members, or null if one does not exist. */
    private @Nullable List<Resource> all(ConstraintSet set) {
        List<Resource> members = new ArrayList<>();
        for (String id : set.members()) {
            Resource member = index.find(id);
            if (member == null) {
                cluster.configError("%s: No resource found for %s".formatted(set.id(), id));
                return null;
            }
            members.add(member);
        }
        return members;
    }

    /**
     * Orders one set before another.
     *
     * @return false if a member does not exist
     */
    boolean between(ConstraintSet first, ConstraintSet then, OrderingKind kind, Symmetry symmetry) {
        String firstTask = task(first, symmetry);
        String thenTask = task(then, symmetry);
        if (firstTask == null || thenTask == null) {
            return true;
        }
        boolean down = firstTask.equals(Tasks.STOP) || firstTask.equals(Tasks.DEMOTE);
        Boolean requireAll = Booleans.parse(first.element().get("require-all"));
        int flags = kind.flags(firstTask, symmetry);
        // On the way down nothing may stop before all that need it have
        if (Boolean.FALSE.equals(requireAll) && !down) {
            return afterAny(first, firstTask, then, thenTask, flags);
        }
        List<Resource> before = ends(first, symmetry == Symmetry.INVERSE);
        List<Resource> after = ends(then, symmetry != Symmetry.INVERSE);
        if (before == null || after == null) {
            return false;
        }
        for (Resource one : before) {
            for (Resource other : after) {
                Orderings.tasks(one, firstTask, other, thenTask, flags);
            }
        }
        return true;
    }

    private @Nullable String task(ConstraintSet set, Symmetry symmetry) {
        String task = set.element().getOr("action", Tasks.START);
        return symmetry == Symmetry.INVERSE ? OrderingKind.inverse(cluster, task) : task;
    }

    /**
     * The member at one end of a set that is explicitly sequential, all members of any other; null
     * if one does not exist.
     */
    private @Nullable List<Resource> ends(ConstraintSet set, boolean first) {
        List<String> ids = set.members();
        if (!set.sequentialOr(false) || ids.isEmpty()) {
            return all(set);
        }
        String id = first ? ids.getFirst() : ids.getLast();
        Resource end = index.find(id);
        if (end == null) {
            cluster.configError("%s: No resource found for %s".formatted(set.id(), id));
            return null;
        }
        return List.of(end);
    }

    /** The second set may begin once any member of the first is up. */
    private boolean afterAny(
            ConstraintSet first, String firstTask, ConstraintSet then, String thenTask, int flags) {
        Action any = ActionFactory.pseudo(cluster, Tasks.ONE_OR_MORE + ":" + first.id());
        any.requiredRunnableBefore = 1;
        List<Resource> before = all(first);
        List<Resource> after = before == null ? null : all(then);
        if (before == null || after == null) {
            return false;
        }
        for (Resource one : before) {
            Orderings.add(
                    cluster,
                    End.task(one, firstTask),
                    End.action(any),
                    OrderingFlag.MIN_RUNNABLE | OrderingFlag.FIRST_IMPLIES_THEN_GRAPHED);
        }
        for (Resource other : after) {
            Orderings.add(
                    cluster,
                    End.action(any),
                    End.task(other, thenTask),
                    flags | OrderingFlag.UNRUNNABLE_FIRST_BLOCKS);
        }
        return true;
    }
}
