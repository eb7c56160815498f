package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.explain.Reference.Type;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;

/** Tells the reasons that lie in a resource's own way from what is to what shall be. */
final class ResourceReasons {

    private final Cluster cluster;
    private final Options options;
    private final StateCauses states;
    private final NodeCauses nodes;
    private final FailureCauses failures;
    private final ScoreCauses scores;

    ResourceReasons(Cluster cluster, ReasonRecorder reasons) {
        this.cluster = cluster;
        this.options = new Options(cluster);
        this.states = new StateCauses(cluster, reasons);
        this.nodes = new NodeCauses(cluster, reasons);
        this.failures = new FailureCauses(cluster, reasons);
        this.scores = new ScoreCauses(cluster, reasons);
    }

    Cause of(Resource resource, ActionReason.OfResource why) {
        String kind = why.getClass().getSimpleName();
        return switch (why) {
            case ActionReason.RoleChange change -> roleChange(resource, change);
            case ActionReason.Move move ->
                    Cause.of(
                                    kind,
                                    resource.id
                                            + " moves from "
                                            + move.from().name
                                            + " to "
                                            + move.to().name)
                            .since(scores.whyLeave(resource, move.from(), move.to()));
            case ActionReason.NoPlace _ ->
                    Cause.of(kind, "no node can run " + resource.id).since(notRunning(resource));
            case ActionReason.Recovery _ ->
                    Cause.of(kind, resource.id + " is recovered from a failure")
                            .since(recovery(resource));
            case ActionReason.Blocked _ ->
                    Cause.of(kind, resource.id + " is blocked").since(states.unmanaged(resource));
            case ActionReason.MultiplyActive _ -> states.multiplyActive(resource);
            case ActionReason.LiveMigration migration ->
                    Cause.of(
                                    kind,
                                    "it can be migrated live from "
                                            + migration.source().name
                                            + " to "
                                            + migration.target().name
                                            + " (allow-migrate)")
                            .naming(options.meta(resource, "allow-migrate"))
                            .since(
                                    scores.whyLeave(
                                            resource, migration.source(), migration.target()));
            case ActionReason.BrokenMigration broken -> brokenMigration(resource, broken);
            case ActionReason.DanglingSource dangling ->
                    Cause.of(
                                    kind,
                                    "after a migration that did not end well it may still be active on "
                                            + dangling.source().name)
                            .naming(Type.NODE, dangling.source().name)
                            .since(failures.of(resource));
            case ActionReason.MigrationSourceLost lost ->
                    Cause.of(
                                    kind,
                                    "it was being migrated away from "
                                            + lost.source().name
                                            + ", which is lost")
                            .naming(
                                    new Reference(
                                            Type.HISTORY, lost.entry().id(), lost.source().name))
                            .unless(new Change.NodeOnline(lost.source().name));
            case ActionReason.NoStart _ ->
                    Cause.of(kind, "it cannot be started where it should be promoted");
            case ActionReason.Unmanaged _ ->
                    Cause.of(kind, resource.id + " may not be touched")
                            .since(states.unmanaged(resource));
        };
    }

    private Cause roleChange(Resource resource, ActionReason.RoleChange change) {
        Node place = resource.assignedNode();
        if (change.to() == Role.STOPPED) {
            return Cause.of("RoleChange", resource.id + " is to be stopped")
                    .since(notRunning(resource));
        }
        String where = place == null ? "" : " on " + place.name;
        boolean promotion = change.from() == Role.PROMOTED || change.to() == Role.PROMOTED;
        Cause cause =
                Cause.of(
                        "RoleChange",
                        resource.id
                                + " is "
                                + Words.state(change.from())
                                + " and is to be "
                                + Words.state(change.to())
                                + where);
        if (!promotion) {
            return cause;
        }
        List<Cause> because = new ArrayList<>(states.of(resource));
        because.addAll(scores.promotion(resource));
        return cause.since(because);
    }

    private List<Cause> notRunning(Resource resource) {
        return scores.notRunning(resource, 1);
    }

    private List<Cause> recovery(Resource resource) {
        List<Cause> causes = new ArrayList<>(failures.of(resource));
        if (causes.isEmpty() && resource.launcher != null) {
            causes.addAll(failures.of(resource.launcher));
        }
        for (Resource launched : resource.launched) {
            causes.addAll(failures.of(launched));
        }
        if (causes.isEmpty()) {
            for (Node node : cluster.nodes) {
                if (node.remote != null
                        && (node.remote == resource || node.remote.launcher == resource)) {
                    causes.addAll(nodes.fencing(node));
                }
            }
        }
        return causes;
    }

    private Cause brokenMigration(Resource resource, ActionReason.BrokenMigration broken) {
        String from = broken.source() == null ? "" : " from " + broken.source().name;
        String to = broken.target() == null ? "" : " to " + broken.target().name;
        return Cause.of(
                        "BrokenMigration",
                        "a migration" + from + to + " was begun and cannot be completed")
                .since(failures.of(resource));
    }
}
