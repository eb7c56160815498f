package org.holdfast.scheduler.explain;

import java.util.List;
import org.holdfast.scheduler.explain.Reference.Type;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.NodeUnusable;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Tells the reasons that lie in nodes and in the cluster as a whole. */
final class NodeReasons {

    private final Options options;
    private final StateCauses states;
    private final NodeCauses nodes;
    private final ScoreCauses scores;

    NodeReasons(Cluster cluster, ReasonRecorder reasons) {
        this.options = new Options(cluster);
        this.states = new StateCauses(cluster, reasons);
        this.nodes = new NodeCauses(cluster, reasons);
        this.scores = new ScoreCauses(cluster, reasons);
    }

    @Nullable Cause of(Action action, ActionReason.OfNode why) {
        String kind = why.getClass().getSimpleName();
        return switch (why) {
            case ActionReason.NodeUnusable unusable -> unusable(action, unusable);
            case ActionReason.NoQuorum _ -> states.noQuorum();
            case ActionReason.NodeShutdown shutdown -> {
                Node node = shutdown.node();
                yield Cause.of(kind, "node " + node.name + " was asked to shut down")
                        .naming(Type.NODE, node.name)
                        .naming(options.attribute(node, "shutdown"))
                        .unless(new Change.WithoutNodeAttribute(node.name, "shutdown"));
            }
            case ActionReason.NodeUnclean unclean ->
                    Cause.of(kind, "node " + unclean.node().name + " is unclean")
                            .naming(Type.NODE, unclean.node().name)
                            .since(nodes.fencing(unclean.node()));
            case ActionReason.Unfencing unfencing ->
                    Cause.of(kind, "node " + unfencing.node().name + " must be unfenced")
                            .naming(Type.NODE, unfencing.node().name)
                            .since(nodes.fencing(unfencing.node()));
        };
    }

    private @Nullable Cause unusable(Action action, NodeUnusable unusable) {
        Node node = unusable.node();
        if (node == null) {
            Resource resource = action.resource;
            return resource == null
                    ? null
                    : Cause.of("NoPlace", "there is no node for " + Words.action(action))
                            .since(
                                    resource.assignedNode() == null
                                            ? scores.notRunning(resource, 1)
                                            : List.of());
        }
        Cause obstacle = nodes.obstacle(node);
        if (obstacle != null) {
            return obstacle;
        }
        Cause unfenceable = nodes.unfenceable(node);
        Cause cause =
                Cause.of(
                                "NodeUnusable",
                                unusable.state() == NodeUnusable.State.HOST_UNFENCED
                                        ? "the host of guest node "
                                                + node.name
                                                + " is lost and cannot be fenced"
                                        : "node " + node.name + " is not available")
                        .naming(Type.NODE, node.name);
        return unfenceable == null ? cause : cause.since(List.of(unfenceable));
    }
}
