package org.holdfast.scheduler.fencing;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.FenceActions;
import org.holdfast.scheduler.operations.OpTargets;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Orderings.End;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** Fences unclean nodes and shuts down those that ask for it, the DC last. */
public final class FencingStage {

    private final Cluster cluster;
    private final List<Action> fencings = new ArrayList<>();
    private final List<Action> shutdowns = new ArrayList<>();
    private @Nullable Action dcDown;
    private boolean integrityLost;

    private FencingStage(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Runs the stage; the actions of all resources must be there. */
    public static void run(Cluster cluster) {
        RemoteOrder.add(cluster);
        new FencingStage(cluster).run();
    }

    private void run() {
        boolean anyManaged = isAnyManaged(cluster.resources);
        for (Node node : cluster.nodes) {
            if (node.isGuest()) {
                if (node.remoteReset && anyManaged && FenceActions.canFence(cluster, node)) {
                    GuestFencing.fence(cluster, node);
                }
            } else {
                takeDown(node, anyManaged);
            }
        }
        if (integrityLost && !cluster.options.fencingEnabled()) {
            cluster.configWarning(
                    "Resource functionality and data integrity cannot be guaranteed (configure,"
                            + " enable, and test fencing to correct this)");
        }
        orderDcLast();
    }

    private static boolean isAnyManaged(List<Resource> resources) {
        for (Resource resource : resources) {
            if (resource.is(ResourceFlag.MANAGED) || isAnyManaged(resource.children)) {
                return true;
            }
        }
        return false;
    }

    private void takeDown(Node node, boolean anyManaged) {
        boolean dc = node == cluster.dc;
        if (anyManaged && node.unclean && FenceActions.canFence(cluster, node)) {
            Action fencing =
                    FenceActions.operation(cluster, node, null, false, "node is unclean", false);
            note(fencing, new ActionReason.NodeUnclean(node));
            cluster.warn("Scheduling node " + node + " for fencing");
            FencingOrder.add(cluster, fencing, node);
            if (dc) {
                dcDown = fencing;
            } else {
                if (!cluster.options.concurrentFencing() && !fencings.isEmpty()) {
                    Orderings.relate(fencings.getLast(), fencing, OrderingFlag.ORDERED);
                }
                fencings.add(fencing);
            }
            return;
        }
        if (!node.isPacemakerRemote() && node.online && node.shutdown) {
            Action shutdown = shutDown(node);
            if (dc) {
                dcDown = shutdown;
            } else {
                shutdowns.add(shutdown);
            }
        }
        if (node.unclean) {
            integrityLost = true;
            cluster.configWarning("Node " + node + " is unclean but cannot be fenced");
        }
    }

    private Action shutDown(Node node) {
        String key = Tasks.DO_SHUTDOWN + "-" + node.name;
        Action shutdown = ActionFactory.create(cluster, key, Tasks.DO_SHUTDOWN, node, false);
        note(shutdown, new ActionReason.NodeShutdown(node));
        for (int i = cluster.actions.size() - 1; i >= 0; i--) {
            Action stop = cluster.actions.get(i);
            if (stop.node == node && stop.task.equals(Tasks.STOP) && stop.resource != null) {
                orderStop(stop, stop.resource, node, shutdown);
            }
        }
        shutdown.meta.put("op_no_wait", "true");
        return shutdown;
    }

    private void note(Action action, ActionReason reason) {
        cluster.reasonSink.action(action, ActionReason.Effect.REQUIRED, reason);
    }

    /** A node goes down after its resources; those in maintenance are left as they are. */
    private void orderStop(Action stop, Resource resource, Node node, Action shutdown) {
        if (resource.is(ResourceFlag.MAINTENANCE)
                || node.maintenance
                || (!resource.is(ResourceFlag.MANAGED) && !resource.is(ResourceFlag.BLOCKED))) {
            return;
        }
        stop.clear(ActionFlag.OPTIONAL);
        note(stop, new ActionReason.NodeShutdown(node));
        Orderings.add(
                cluster,
                End.action(stop),
                End.action(shutdown),
                OrderingFlag.ORDERED | OrderingFlag.UNRUNNABLE_FIRST_BLOCKS);
    }

    private void orderDcLast() {
        Action last = dcDown;
        if (last == null) {
            return;
        }
        if (last.task.equals(Tasks.DO_SHUTDOWN)) {
            Orderings.relateAll(shutdowns, last);
        }
        if (cluster.options.concurrentFencing()) {
            Orderings.relateAll(fencings, last);
        } else if (!fencings.isEmpty()) {
            Orderings.relate(fencings.getLast(), last, OrderingFlag.ORDERED);
        }
    }

    /** Fencing of guest nodes, which is the recovery of what launched them. */
    private static final class GuestFencing {

        static void fence(Cluster cluster, Node node) {
            Resource launcher = OpTargets.launcherOf(node);
            Action stop = null;
            String kind = Tasks.OFF;
            if (launcher != null) {
                stop = ActionSearch.newest(launcher, Tasks.STOP, null);
                if (ActionSearch.newest(launcher, Tasks.START, null) != null) {
                    kind = Tasks.REBOOT;
                }
            }
            Action fencing =
                    FenceActions.operation(cluster, node, kind, false, "guest is unclean", false);
            fencing.set(ActionFlag.PSEUDO | ActionFlag.RUNNABLE);
            cluster.reasonSink.action(
                    fencing, ActionReason.Effect.REQUIRED, new ActionReason.NodeUnclean(node));
            int implied = OrderingFlag.UNRUNNABLE_FIRST_BLOCKS | OrderingFlag.FIRST_IMPLIES_THEN;
            if (stop != null && stop.isPseudo() && stop.node != null) {
                // The launcher's host is fenced itself.
                Action host = FenceActions.operation(cluster, stop.node, null, false, null, false);
                Orderings.relate(host, fencing, implied);
            } else if (stop != null) {
                Orderings.relate(stop, fencing, implied);
            } else if (node.remote != null) {
                Orderings.relate(
                        ActionSearch.newest(node.remote, Tasks.STOP, null),
                        fencing,
                        OrderingFlag.ORDERED);
            }
            FencingOrder.add(cluster, fencing, node);
        }
    }
}
