package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.assignment.Availability;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.explain.Reference.Type;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.model.StateReason;
import org.holdfast.scheduler.operations.OpTargets;

/** Why scores changed. */
final class ScoreCauses {

    private static final int DEPTH_MAX = 4;

    private final Cluster cluster;
    private final ReasonRecorder reasons;
    private final Options options;
    private final FailureCauses failures;
    private final StateCauses states;
    private final NodeCauses nodes;

    ScoreCauses(Cluster cluster, ReasonRecorder reasons) {
        this.cluster = cluster;
        this.reasons = reasons;
        this.options = new Options(cluster);
        this.failures = new FailureCauses(cluster, reasons);
        this.states = new StateCauses(cluster, reasons);
        this.nodes = new NodeCauses(cluster, reasons);
    }

    /**
     * Why a score changed.
     *
     * @param fell whether it fell
     */
    Cause of(Resource resource, ScoreReason reason, Node node, boolean fell) {
        return of(resource, reason, node, fell, 0);
    }

    private Cause of(Resource resource, ScoreReason reason, Node node, boolean fell, int depth) {
        String kind = reason.getClass().getSimpleName();
        return switch (reason) {
            case ScoreReason.Location location -> location(location, node, fell);
            case ScoreReason.Stickiness _ ->
                    Cause.of(kind, "is active there (resource-stickiness)")
                            .naming(options.meta(resource, "resource-stickiness"))
                            .unless(
                                    new Change.MetaSet(
                                            resource.top(true).xml.id(),
                                            "resource-stickiness",
                                            "0"));
            case ScoreReason.Failure failure -> {
                Cause entry = failures.entry(resource, failure.entryId(), failure.node());
                yield entry == null ? Cause.of(kind, "an operation failed on " + node.name) : entry;
            }
            case ScoreReason.FailedThere there -> {
                Node where = cluster.nodeNamed(there.node());
                yield Cause.of(kind, "failed there, and on-fail says to go elsewhere")
                        .since(failures.on(resource, where == null ? node : where));
            }
            case ScoreReason.UnmanagedThere _ ->
                    Cause.of(kind, "is active there and may not be touched")
                            .since(states.unmanaged(resource));
            case ScoreReason.MultiplyActive _ -> states.multiplyActive(resource);
            case ScoreReason.Removed _ ->
                    Cause.of(kind, "is no longer configured")
                            .unless(new Change.PropertySet("stop-orphan-resources", "false"));
            case ScoreReason.FailLimit limit -> failLimit(limit, node);
            case ScoreReason.ExclusiveDiscovery _ ->
                    Cause.of(
                            kind,
                            "may run only where a constraint with resource-discovery=exclusive"
                                    + " says so");
            case ScoreReason.NodeHealth _ -> health(node);
            case ScoreReason.ShutdownLock lock ->
                    Cause.of(
                                    kind,
                                    "is locked to "
                                            + lock.lockNode()
                                            + ", where it was when that shut down"
                                            + " (shutdown-lock)")
                            .naming(Type.NODE, lock.lockNode())
                            .naming(options.property("shutdown-lock"))
                            .unless(new Change.PropertySet("shutdown-lock", "false"))
                            .unless(new Change.NodeOnline(lock.lockNode()));
            case ScoreReason.Ticket ticket -> ticket(ticket);
            case ScoreReason.PlacedWith with -> placedWith(with, fell, depth);
            case ScoreReason.Dependents dependents -> dependents(dependents, fell);
            case ScoreReason.TargetRole _ -> mustBeStopped(resource);
            case ScoreReason.Capacity _ -> capacity(resource, node);
            case ScoreReason.InstanceLimit limit -> instanceLimit(limit);
            case ScoreReason.InstanceUnavailable unavailable ->
                    instanceUnavailable(resource, unavailable, node);
            case ScoreReason.PromotionScore _ -> Cause.of(kind, "the agent's promotion score");
            case ScoreReason.NoRemoteNodes _ -> Cause.of(kind, "may not run on remote nodes");
            case ScoreReason.InsideContainer container ->
                    Cause.of(
                                    kind,
                                    "runs inside its own container only ("
                                            + container.container()
                                            + ")")
                            .naming(Type.RESOURCE, container.container());
        };
    }

    private Cause location(ScoreReason.Location location, Node node, boolean fell) {
        String id = location.constraintId();
        if (id.equals(cluster.options.nodeHealthStrategy())) {
            return health(node);
        }
        return Cause.of(
                        "Location",
                        (fell ? "avoids the node" : "prefers the node")
                                + " (location constraint "
                                + id
                                + ")")
                .naming(Type.CONSTRAINT, id)
                .unless(new Change.WithoutConstraint(id));
    }

    private Cause health(Node node) {
        List<String> attributes = new ArrayList<>();
        node.attributes.forEach((name, value) -> {
            if (name.startsWith("#health")) {
                attributes.add(name + "=" + value);
            }
        });
        Cause cause =
                Cause.of(
                                "NodeHealth",
                                "the health of "
                                        + node.name
                                        + ": "
                                        + String.join(", ", attributes)
                                        + " (node-health-strategy="
                                        + cluster.options.nodeHealthStrategy()
                                        + ")")
                        .naming(options.property("node-health-strategy"))
                        .unless(new Change.PropertySet("node-health-strategy", "none"));
        for (String attribute : attributes) {
            String name = attribute.substring(0, attribute.indexOf('='));
            cause =
                    cause.naming(options.attribute(node, name))
                            .unless(new Change.WithoutNodeAttribute(node.name, name));
        }
        return cause;
    }

    private Cause failLimit(ScoreReason.FailLimit limit, Node node) {
        Resource failed = cluster.resource(limit.failedResource());
        if (failed == null) {
            return Cause.of("FailLimit", "failed there too often");
        }
        int count = FailCounts.of(failed, node, FailCounts.Mode.EFFECTIVE_LAUNCHED).count();
        String times =
                count >= Score.INFINITY
                        ? "its fail count there is INFINITY"
                        : "failed there " + count + (count == 1 ? " time" : " times");
        return Cause.of(
                        "FailLimit",
                        times
                                + ", and migration-threshold is "
                                + Score.text(failed.migrationThreshold))
                .naming(Type.RESOURCE, failed.xml.id())
                .naming(options.meta(failed, "migration-threshold"))
                .since(failures.on(failed, node))
                .unless(new Change.WithoutFailures(FailCounts.baseName(failed.id), node.name))
                .unless(
                        new Change.MetaSet(
                                failed.xml.id(),
                                "migration-threshold",
                                count >= Score.INFINITY ? "0" : Integer.toString(count + 1)));
    }

    private static Cause ticket(ScoreReason.Ticket ticket) {
        String name = "ticket " + ticket.ticket();
        String text =
                switch (ticket.state()) {
                    case LOST -> name + " was lost";
                    case NOT_GRANTED -> name + " is not granted";
                    case STANDBY -> name + " is in standby";
                    case NOT_FOR_PROMOTION -> name + ", needed for promotion, is not granted";
                };
        return Cause.of("Ticket", text)
                .naming(Type.TICKET, ticket.ticket())
                .unless(new Change.TicketGranted(ticket.ticket()));
    }

    private Cause placedWith(ScoreReason.PlacedWith with, boolean fell, int depth) {
        Resource primary = cluster.resource(with.primary());
        Node place = primary == null ? null : primary.assignedNode();
        boolean together = scoreOf(with.colocationId()) >= 0;
        String where;
        List<Cause> because = List.of();
        if (place != null) {
            where = fell == together ? "goes to " + place.name : "goes elsewhere";
            if (!fell) {
                where = together ? "goes here" : "goes to " + place.name;
            }
        } else if (primary != null && primary.children.isEmpty()) {
            where = "does not run";
            because = depth < DEPTH_MAX ? notRunning(primary, depth + 1) : List.of();
        } else {
            where = fell ? "is not here" : "is here";
        }
        String id = with.colocationId();
        Cause cause =
                Cause.of(
                                "PlacedWith",
                                (together
                                                ? fell ? "must be with " : "goes with "
                                                : fell
                                                        ? "must keep away from "
                                                        : "keeps away from ")
                                        + with.primary()
                                        + ", which "
                                        + where
                                        + " ("
                                        + colocation(id)
                                        + ")")
                        .naming(Type.RESOURCE, with.primary())
                        .since(because);
        return id.startsWith("#")
                ? cause
                : cause.naming(Type.CONSTRAINT, id).unless(new Change.WithoutConstraint(id));
    }

    private int scoreOf(String colocationId) {
        for (var colocation : cluster.colocations) {
            if (colocation.id().equals(colocationId)) {
                return colocation.score();
            }
        }
        return 0;
    }

    private static Cause dependents(ScoreReason.Dependents dependents, boolean fell) {
        String id = dependents.colocationId();
        Cause cause =
                Cause.of(
                                "Dependents",
                                dependents.dependent()
                                        + ", which goes with it ("
                                        + colocation(id)
                                        + "), "
                                        + (fell ? "avoids the node" : "prefers the node"))
                        .naming(Type.RESOURCE, dependents.dependent());
        return id.startsWith("#")
                ? cause
                : cause.naming(Type.CONSTRAINT, id).unless(new Change.WithoutConstraint(id));
    }

    static String colocation(String id) {
        return switch (id) {
            case "#group-members" -> "members of a group stay together";
            case "#resource-with-container" -> "it runs where that is";
            case "#ip-with-container" -> "an address stays with its container";
            default -> "colocation " + id;
        };
    }

    private Cause mustBeStopped(Resource resource) {
        List<Cause> facts = states.of(resource);
        Cause cause = Cause.of("TargetRole", "is to be stopped").since(facts);
        if (facts.isEmpty()) {
            return Cause.of("TargetRole", "is to be stopped by what else is planned");
        }
        return cause;
    }

    private Cause capacity(Resource resource, Node node) {
        List<String> lacking = new ArrayList<>();
        List<Change> remedies = new ArrayList<>();
        resource.utilization.forEach((name, value) -> {
            long need = Values.number(value, 0);
            long free = Values.number(node.utilization.getOrDefault(name, "0"), 0);
            if (need > free) {
                lacking.add(name + ": needs " + need + ", free " + Math.max(0, free));
                long total = total(node, name) + need - free;
                remedies.add(new Change.Utilization(true, node.name, name, Long.toString(total)));
                remedies.add(
                        new Change.Utilization(
                                false, resource.xml.id(), name, Long.toString(Math.max(0, free))));
            }
        });
        remedies.add(new Change.PropertySet("placement-strategy", "default"));
        String text =
                lacking.isEmpty()
                        ? "the node has too little capacity left for it and what goes with it"
                        : "the node has too little capacity left ("
                                + String.join("; ", lacking)
                                + ")";
        return new Cause("Capacity", text, List.of(), List.of(), remedies)
                .naming(Type.NODE, node.name);
    }

    private long total(Node node, String name) {
        long used = 0;
        for (Resource resource : node.assigned) {
            used += Values.number(resource.utilization.getOrDefault(name, "0"), 0);
        }
        return used + Values.number(node.utilization.getOrDefault(name, "0"), 0);
    }

    /** Why an instance is, or is not, promoted; empty if that was no question. */
    List<Cause> promotion(Resource instance) {
        List<Cause> steps = new ArrayList<>();
        List<Cause> causes = new ArrayList<>();
        for (Resource at = instance; at != null; at = at.parent) {
            for (StateReason reason : reasons.statesOf(at)) {
                if (reason instanceof StateReason.PromotionStep step) {
                    add(steps, promotionStep(at, step));
                } else if (reason instanceof StateReason.PromotionVerdict verdict) {
                    causes.add(promotionVerdict(verdict).since(List.copyOf(steps)));
                }
            }
        }
        return causes;
    }

    private Cause promotionStep(Resource instance, StateReason.PromotionStep step) {
        boolean fell = step.after() < step.before();
        if (step.reason() instanceof ScoreReason.PromotionScore) {
            return Cause.of(
                    "PromotionScore",
                    step.after() < 0
                            ? "its agent has set no promotion score"
                            : "its agent gives it a promotion score of "
                                    + Score.text(step.after()));
        }
        Node place = instance.assignedNode();
        Node node = place == null ? cluster.nodes.getFirst() : place;
        Cause cause = of(instance, step.reason(), node, fell);
        return new Cause(
                cause.kind(),
                "to be promoted it "
                        + cause.text()
                        + ": "
                        + Score.text(step.before())
                        + " becomes "
                        + Score.text(step.after()),
                cause.references(),
                cause.because(),
                cause.remedies());
    }

    private Cause promotionVerdict(StateReason.PromotionVerdict verdict) {
        String score = "promotion score " + Score.text(verdict.score());
        String text =
                switch (verdict.verdict()) {
                    case PROMOTED -> "it is to be promoted: " + score;
                    case NEGATIVE -> "it is not to be promoted: " + score;
                    case NO_ROOM ->
                            "it is not to be promoted: others with a higher "
                                    + "promotion score are (its own is "
                                    + Score.text(verdict.score())
                                    + ", promoted-max is "
                                    + verdict.promotedMax()
                                    + ")";
                    case NO_PLACE -> "it cannot be promoted where it is";
                    case FROZEN -> "without quorum nothing is promoted (no-quorum-policy=freeze)";
                };
        Cause cause = Cause.of("Promotion", text).naming(Type.RESOURCE, verdict.collective());
        Resource clone = cluster.resource(verdict.collective());
        return clone == null || verdict.verdict() != StateReason.PromotionVerdict.Verdict.NO_ROOM
                ? cause
                : cause.naming(options.meta(clone, "promoted-max"))
                        .unless(
                                new Change.MetaSet(
                                        clone.xml.id(),
                                        "promoted-max",
                                        Integer.toString(verdict.promotedMax() + 1)));
    }

    private Cause instanceUnavailable(
            Resource resource, ScoreReason.InstanceUnavailable unavailable, Node node) {
        Resource collective = cluster.resource(unavailable.collective());
        String text = "the node cannot have an instance of " + unavailable.collective();
        if (collective != null) {
            for (Resource other : collective.children) {
                if (other != resource
                        && !resource.isInside(other)
                        && OpTargets.assignedNode(other) == node) {
                    text =
                            other.id
                                    + " goes there, and one node has no more of "
                                    + unavailable.collective();
                    break;
                }
            }
        }
        return Cause.of("InstanceUnavailable", text)
                .naming(Type.RESOURCE, unavailable.collective());
    }

    private Cause instanceLimit(ScoreReason.InstanceLimit limit) {
        Resource clone = cluster.resource(limit.collective());
        Cause cause =
                Cause.of(
                                "InstanceLimit",
                                limit.collective() + " has as many instances as it may have")
                        .naming(Type.RESOURCE, limit.collective());
        return clone == null
                ? cause
                : cause.naming(options.meta(clone, "clone-max"))
                        .unless(
                                new Change.MetaSet(
                                        clone.xml.id(),
                                        "clone-max",
                                        Integer.toString(cluster.nodes.size())));
    }

    /** Why a resource leaves a node for another. */
    List<Cause> whyLeave(Resource resource, Node from, Node to) {
        List<Cause> causes = new ArrayList<>();
        Cause obstacle = nodes.obstacle(from);
        if (obstacle != null) {
            causes.add(obstacle);
            return causes;
        }
        int here = resource.allowed.scoreOr(from, Score.MINUS_INFINITY);
        int there = resource.allowed.scoreOr(to, 0);
        Cause last = null;
        for (ReasonRecorder.Entry entry : reasons.wayTo(resource, from, here)) {
            if (entry.after() < entry.before()) {
                last = of(resource, entry.reason(), from, true);
                if (entry.after() <= Score.MINUS_INFINITY) {
                    break;
                }
            }
        }
        if (last != null && here < 0) {
            causes.add(
                    new Cause(
                            last.kind(),
                            from.name + " is not possible: " + last.text(),
                            last.references(),
                            last.because(),
                            last.remedies()));
            return causes;
        }
        Cause first = null;
        for (ReasonRecorder.Entry entry : reasons.wayTo(resource, to, there)) {
            if (entry.after() > entry.before()) {
                first = of(resource, entry.reason(), to, false);
            }
        }
        String comparison =
                to.name
                        + " has the higher score ("
                        + Score.text(there)
                        + " against "
                        + Score.text(here)
                        + ")";
        causes.add(
                first == null
                        ? Cause.of("HigherScore", comparison)
                        : new Cause(
                                "HigherScore",
                                comparison,
                                List.of(),
                                List.of(
                                        new Cause(
                                                first.kind(),
                                                "on " + to.name + " it " + first.text(),
                                                first.references(),
                                                first.because(),
                                                first.remedies())),
                                List.of()));
        return causes;
    }

    /** The main reasons why a resource runs nowhere. */
    List<Cause> notRunning(Resource resource, int depth) {
        List<Cause> causes = new ArrayList<>(states.of(resource));
        for (Node node : cluster.nodes) {
            Cause obstacle = nodes.obstacle(node);
            ScoredNode allowed = resource.allowed.get(node);
            if (obstacle != null) {
                add(causes, obstacle);
            } else if (allowed != null && !Availability.isOpen(allowed)) {
                List<ReasonRecorder.Entry> way = reasons.wayTo(resource, node, allowed.score);
                if (!way.isEmpty()) {
                    ReasonRecorder.Entry last = decisive(way);
                    Cause cause = of(resource, last.reason(), node, true, depth);
                    add(
                            causes,
                            new Cause(
                                    cause.kind(),
                                    resource.id + " on " + node.name + ": " + cause.text(),
                                    cause.references(),
                                    cause.because(),
                                    cause.remedies()));
                }
            }
        }
        return causes.size() > 4 ? causes.subList(0, 4) : causes;
    }

    /** The change that made a score negative for good. */
    private static ReasonRecorder.Entry decisive(List<ReasonRecorder.Entry> way) {
        for (ReasonRecorder.Entry entry : way) {
            if (entry.after() <= Score.MINUS_INFINITY) {
                return entry;
            }
        }
        return way.getLast();
    }

    private static void add(List<Cause> causes, Cause cause) {
        if (causes.stream().noneMatch(known -> known.text().equals(cause.text()))) {
            causes.add(cause);
        }
    }
}
