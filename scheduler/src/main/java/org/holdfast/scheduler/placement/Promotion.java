package org.holdfast.scheduler.placement;

import java.util.Comparator;
import java.util.List;
import org.holdfast.scheduler.assignment.Availability;
import org.holdfast.scheduler.assignment.Places;
import org.holdfast.scheduler.colocation.ColocationLists;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.ClusterOptions.NoQuorumPolicy;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.LocationConstraint;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoreReason.Ticket.State;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.model.StateReason;
import org.holdfast.scheduler.model.StateReason.PromotionVerdict.Verdict;
import org.holdfast.scheduler.model.TicketConstraint;
import org.holdfast.scheduler.placement.PromotionScores.PromotionScore;
import org.holdfast.scheduler.sorting.MergeSort;
import org.jspecify.annotations.Nullable;

/** Chooses which instances of a promotable clone are promoted, once all have their nodes. */
final class Promotion {

    private final PlacementContext context;
    private final PromotionScores scores;

    Promotion(PlacementContext context, PromotionScores scores) {
        this.context = context;
        this.scores = scores;
    }

    /**
     * Sets the next role of all instances. The {@code count} of the clone's allowed nodes then says
     * how many are promoted there.
     */
    void chooseRoles(Clone clone) {
        for (ScoredNode node : clone.allowed) {
            node.count = 0;
        }
        for (Resource instance : List.copyOf(clone.children)) {
            setPriority(instance, clone);
        }
        rank(clone);
        int promoted = 0;
        for (Resource instance : List.copyOf(clone.children)) {
            if (promoteOrNot(instance, clone, promoted)) {
                promoted++;
            }
        }
    }

    /**
     * The priority is the promotion score, changed by locations and colocations of the promoted
     * role.
     */
    private void setPriority(Resource instance, Clone clone) {
        if (instance.state(true) == Role.STARTED) {
            startedIsUnpromoted(instance);
        }
        List<ScoredNode> places = Places.allAssigned(instance);
        if (places.size() > 1) {
            context.cluster().configError("Cannot promote non-colocated child " + instance.id);
        }
        if (places.size() != 1) {
            return;
        }
        Node chosen = places.getFirst().node;
        Role next = instance.state(false);
        switch (next) {
            case STARTED, UNKNOWN -> {
                PromotionScore score = scores.of(instance, chosen);
                // Without any score, constraints alone can make an instance eligible
                instance.priority = score.isSet() ? score.score() : -1;
                note(instance, 0, new ScoreReason.PromotionScore());
            }
            case UNPROMOTED, STOPPED -> instance.priority = Score.MINUS_INFINITY;
            case PROMOTED -> {}
        }
        addLocations(instance, instance.locations, chosen);
        addLocations(instance, clone.locations, chosen);
        for (Colocation colocation : ColocationLists.thisWith(instance)) {
            int before = instance.priority;
            context.applier().apply(instance, colocation.primary(), colocation);
            if (before != instance.priority) {
                note(
                        instance,
                        before,
                        new ScoreReason.PlacedWith(colocation.id(), colocation.primary().id));
            }
        }
        instance.promotionPriority = next == Role.PROMOTED ? Score.INFINITY : instance.priority;
    }

    private static void note(Resource instance, int before, ScoreReason reason) {
        ReasonSink sink = instance.cluster.reasonSink;
        if (sink.wanted()) {
            sink.state(instance, new StateReason.PromotionStep(before, instance.priority, reason));
        }
    }

    private static void startedIsUnpromoted(Resource resource) {
        if (resource.role == Role.STARTED) {
            resource.role = Role.UNPROMOTED;
        }
        resource.children.forEach(Promotion::startedIsUnpromoted);
    }

    private static void addLocations(
            Resource instance, List<LocationConstraint> locations, Node chosen) {
        for (LocationConstraint location : locations.reversed()) {
            if (location.roleFilter() != Role.PROMOTED) {
                continue;
            }
            for (ScoredNode node : location.nodes()) {
                if (node.node == chosen) {
                    int before = instance.priority;
                    instance.priority = Score.add(before, node.score);
                    note(instance, before, new ScoreReason.Location(location.id()));
                    break;
                }
            }
        }
    }

    /** Puts instances into the order in which they may be promoted. Done once a run. */
    private void rank(Clone clone) {
        if (clone.promotionConstrained) {
            return;
        }
        clone.promotionConstrained = true;
        clone.set(ResourceFlag.UPDATING_NODES);
        for (Resource instance : clone.children) {
            addToCloneScore(instance, clone);
        }
        for (Colocation colocation : ColocationLists.withThis(clone)) {
            if (colocation.primaryRole() == Role.PROMOTED) {
                context.colocations().addDependentOfPromoted(colocation, clone);
            }
        }
        banWithoutTicket(clone);
        for (Resource instance : clone.children) {
            setPromotionPriority(instance, clone);
        }
        MergeSort.sort(clone.children, byPromotion());
        clone.clear(ResourceFlag.UPDATING_NODES);
    }

    private static void addToCloneScore(Resource instance, Clone clone) {
        Node chosen = instance.promotionPriority < 0 ? null : Placement.placeOf(instance);
        ScoredNode node = chosen == null ? null : clone.allowed.get(chosen);
        if (node != null) {
            node.score = Score.add(instance.promotionPriority, node.score);
        }
    }

    private void banWithoutTicket(Clone clone) {
        for (TicketConstraint constraint : clone.tickets) {
            boolean missing = !constraint.ticket().granted || constraint.ticket().standby;
            if (constraint.role() == Role.PROMOTED && missing) {
                context.locations()
                        .banEverywhere(
                                clone,
                                new ScoreReason.Ticket(
                                        constraint.ticket().id, State.NOT_FOR_PROMOTION));
            }
        }
    }

    private static void setPromotionPriority(Resource instance, Clone clone) {
        Node chosen = Placement.placeOf(instance);
        if (!instance.isManaged() && instance.nextRole == Role.PROMOTED) {
            instance.promotionPriority = Score.INFINITY;
        } else if (chosen == null) {
            instance.promotionPriority = Score.MINUS_INFINITY;
        } else if (instance.promotionPriority >= 0) {
            instance.promotionPriority = clone.allowed.scoreOr(chosen, Score.MINUS_INFINITY);
        }
    }

    private Comparator<Resource> byPromotion() {
        InstanceOrder order = new InstanceOrder(context);
        return (a, b) -> {
            if (a.promotionPriority != b.promotionPriority) {
                return a.promotionPriority > b.promotionPriority ? -1 : 1;
            }
            int roles = b.state(true).compareTo(a.state(true));
            return roles != 0 ? roles : order.compare(a, b);
        };
    }

    private boolean promoteOrNot(Resource instance, Clone clone, int promotedSoFar) {
        context.lines().promotion(instance, Placement.placeOf(instance));
        boolean room = promotedSoFar < clone.promotedMax || !clone.isManaged();
        ScoredNode chosen =
                instance.promotionPriority >= 0 && room ? placeToPromote(instance, clone) : null;
        boolean frozen =
                instance.role.compareTo(Role.PROMOTED) < 0
                        && !context.cluster().quorate
                        && context.cluster().options.noQuorumPolicy() == NoQuorumPolicy.FREEZE;
        if (context.sink().wanted()) {
            Verdict verdict = Verdict.PROMOTED;
            if (chosen == null || frozen) {
                verdict =
                        instance.promotionPriority < 0
                                ? Verdict.NEGATIVE
                                : !room
                                        ? Verdict.NO_ROOM
                                        : frozen ? Verdict.FROZEN : Verdict.NO_PLACE;
            }
            context.sink()
                    .state(
                            instance,
                            new StateReason.PromotionVerdict(
                                    clone.id,
                                    instance.promotionPriority,
                                    clone.promotedMax,
                                    verdict));
        }
        if (chosen == null || frozen) {
            stayUnpromoted(instance);
            return false;
        }
        chosen.count++;
        promote(instance);
        return true;
    }

    /** The clone's entry of the node where an instance can be promoted, or null. */
    private static @Nullable ScoredNode placeToPromote(Resource instance, Clone clone) {
        for (Resource member : instance.children) {
            if (placeToPromote(member, clone) == null) {
                return null;
            }
        }
        Node node = Placement.placeOf(instance);
        if (node == null) {
            return null;
        }
        if (!instance.isManaged()) {
            if (instance.state(true) != Role.PROMOTED) {
                return null;
            }
        } else if (instance.priority < 0 || !Availability.willBeUp(node)) {
            return null;
        }
        ScoredNode entry = clone.allowed.get(node);
        if (entry == null || (entry.count >= clone.promotedNodeMax && instance.isManaged())) {
            return null;
        }
        return entry;
    }

    private static void stayUnpromoted(Resource resource) {
        boolean placed = !Places.allAssigned(resource).isEmpty();
        resource.nextRole = placed ? Role.UNPROMOTED : Role.STOPPED;
        resource.children.forEach(Promotion::stayUnpromoted);
    }

    private static void promote(Resource resource) {
        if (resource.nextRole == Role.UNKNOWN) {
            resource.nextRole = Role.PROMOTED;
        }
        resource.children.forEach(Promotion::promote);
    }
}
