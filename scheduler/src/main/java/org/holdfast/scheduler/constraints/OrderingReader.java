package org.holdfast.scheduler.constraints;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.Booleans;
import org.holdfast.scheduler.constraints.IdReferences.Place;
import org.holdfast.scheduler.constraints.OrderingKind.Symmetry;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Orderings.End;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code rsc_order} constraints (Pacemaker Explained, "Specifying the Order in which
 * Resources Should Start/Stop").
 */
final class OrderingReader {

    private final Cluster cluster;
    private final ResourceIndex index;
    private final SetExpansion expansion;
    private final IdReferences references;
    private final OrderingSets sets;

    OrderingReader(ConstraintContext context) {
        this.cluster = context.cluster();
        this.index = context.index();
        this.expansion = context.expansion();
        this.references = context.references();
        this.sets = new OrderingSets(context);
    }

    void read(Element written) {
        cluster.constraintBeingRead = written.id();
        readOrderings(written);
        cluster.constraintBeingRead = null;
    }

    private void readOrderings(Element written) {
        OrderingKind kind = OrderingKind.of(cluster, written);
        Symmetry symmetry = OrderingKind.symmetry(cluster, written, kind, null);
        Element constraint = expand(written);
        if (constraint == null) {
            return;
        }
        Place at = Place.firstChild(constraint, "resource_set");
        if (at == null) {
            readPlain(written);
        }
        ConstraintSet last = null;
        while (at != null) {
            at = references.resolve(at);
            ConstraintSet set = at == null ? null : ConstraintSet.of(at.element());
            if (at == null || set == null || !sets.within(set, kind, written.get("symmetrical"))) {
                return;
            }
            if (last != null) {
                boolean read =
                        sets.between(last, set, kind, symmetry)
                                && (symmetry != Symmetry.SYMMETRIC
                                        || sets.between(set, last, kind, Symmetry.INVERSE));
                if (!read) {
                    return;
                }
            }
            last = set;
            at = at.next("resource_set");
        }
    }

    private @Nullable Element expand(Element written) {
        Element expanded = expansion.expandSets(written);
        if (expanded != null) {
            return expanded;
        }
        String first = written.get("first");
        String then = written.get("then");
        if (first == null || then == null) {
            return written;
        }
        for (String side : List.of(first, then)) {
            if (!expansion.isKnown(side)) {
                cluster.configError(
                        "Ignoring constraint '%s' because '%s' is not a valid resource or tag"
                                .formatted(written.getOr("id", ""), side));
                return null;
            }
        }
        if (!expansion.isTag(first) && !expansion.isTag(then)) {
            return written;
        }
        Element half =
                expansion.toSet(written, "first", true, "first-action", "action").constraint();
        return expansion.toSet(half, "then", true, "then-action", "action").constraint();
    }

    private void readPlain(Element constraint) {
        Resource first = side(constraint, "first");
        Resource then = first == null ? null : side(constraint, "then");
        if (first == null || then == null) {
            return;
        }
        String firstTask = constraint.getOr("first-action", Tasks.START);
        String thenTask = constraint.getOr("then-action", firstTask);
        OrderingKind kind = OrderingKind.of(cluster, constraint);
        Symmetry symmetry = OrderingKind.symmetry(cluster, constraint, kind, null);
        int flags = kind.flags(firstTask, symmetry);
        int instancesMin = instancesMin(first, constraint);
        if (instancesMin > 0) {
            afterInstances(constraint, first, firstTask, then, thenTask, flags, instancesMin);
        } else {
            Orderings.tasks(first, firstTask, then, thenTask, flags);
        }
        if (symmetry == Symmetry.SYMMETRIC) {
            String firstInverse = OrderingKind.inverse(cluster, firstTask);
            String thenInverse = OrderingKind.inverse(cluster, thenTask);
            if (firstInverse == null || thenInverse == null) {
                cluster.configWarning(
                        "Cannot invert constraint '%s' (please specify inverse manually)"
                                .formatted(constraint.getOr("id", "")));
                return;
            }
            Orderings.tasks(
                    then,
                    thenInverse,
                    first,
                    firstInverse,
                    kind.flags(firstInverse, Symmetry.INVERSE));
        }
    }

    private @Nullable Resource side(Element constraint, String attribute) {
        String id = constraint.get(attribute);
        Resource resource = index.find(id);
        if (resource == null) {
            cluster.configError(
                    id == null
                            ? "Ignoring constraint '%s' without %s"
                                    .formatted(constraint.getOr("id", ""), attribute)
                            : "Ignoring constraint '%s' because resource '%s' does not exist"
                                    .formatted(constraint.getOr("id", ""), id));
        }
        return resource;
    }

    /**
     * How many instances of a clone must be up before what follows it may come up; 0 for the clone
     * as a whole.
     */
    private static int instancesMin(Resource first, Element constraint) {
        if (!(first instanceof Clone)) {
            return 0;
        }
        String configured = first.meta("clone-min");
        if (configured != null) {
            try {
                return Math.max(0, Integer.parseInt(configured.strip()));
            } catch (NumberFormatException e) {
                return 0;
            }
        }
        if (!constraint.has("require-all")) {
            return 0;
        }
        first.cluster.configWarningOnce(
                "Support for require-all in ordering constraints is deprecated and will be removed"
                        + " in a future release (use clone-min clone meta-attribute instead)");
        return Booleans.isTrue(constraint.get("require-all")) ? 0 : 1;
    }

    private void afterInstances(
            Element constraint,
            Resource first,
            String firstTask,
            Resource then,
            String thenTask,
            int flags,
            int instancesMin) {
        Action enough =
                ActionFactory.pseudo(
                        cluster, Tasks.CLONE_ONE_OR_MORE + ":" + constraint.getOr("id", ""));
        enough.requiredRunnableBefore = instancesMin;
        for (Resource instance : new ArrayList<>(first.children)) {
            Orderings.add(
                    cluster,
                    End.task(instance, firstTask),
                    End.action(enough),
                    OrderingFlag.MIN_RUNNABLE | OrderingFlag.FIRST_IMPLIES_THEN_GRAPHED);
        }
        Orderings.add(
                cluster,
                End.action(enough),
                End.task(then, thenTask),
                flags | OrderingFlag.UNRUNNABLE_FIRST_BLOCKS);
    }
}
