package org.holdfast.scheduler.assignment;

import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/** Whether nodes can take resources. */
public final class Availability {

    private Availability() {}

    /** Online, clean, and neither shutting down nor in standby or maintenance. */
    public static boolean isUp(@Nullable Node node) {
        return node != null
                && node.online
                && !node.shutdown
                && !node.unclean
                && !node.standby
                && !node.maintenance;
    }

    /** Up and not banned. */
    public static boolean isOpen(@Nullable ScoredNode node) {
        return node != null && node.score >= 0 && isUp(node.node);
    }

    /** Up and, as the cluster as a whole sees it, not banned. */
    public static boolean isOpen(@Nullable Node node) {
        return node != null && node.baseScore >= 0 && isUp(node);
    }

    /** Up, and if it is a guest, its container will run. */
    public static boolean willBeUp(Node node) {
        if (!isUp(node)) {
            return false;
        }
        Resource connection = node.remote;
        if (!node.isGuest() || connection == null || connection.launcher == null) {
            return true;
        }
        return Places.assigned(connection.launcher) != null;
    }

    /** Whether a table has a node that is up and not banned. */
    public static boolean any(NodeTable nodes) {
        for (ScoredNode node : nodes) {
            if (isOpen(node)) {
                return true;
            }
        }
        return false;
    }
}
