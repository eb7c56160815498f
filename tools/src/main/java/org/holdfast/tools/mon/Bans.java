package org.holdfast.tools.mon;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.LocationConstraint;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.tools.status.NameFilter;
import org.holdfast.tools.status.NodeLists;
import org.holdfast.tools.status.ResourceFilter;
import org.holdfast.tools.status.StatusView;
import org.jspecify.annotations.Nullable;

/** Location constraints with negative scores. */
final class Bans {

    private Bans() {}

    /** A constraint that keeps its resource from a node. */
    record Ban(LocationConstraint constraint, ScoredNode node) {

        String text(StatusView view) {
            return constraint.id()
                    + "\tprevents "
                    + constraint.resource().id
                    + " from running "
                    + (constraint.roleFilter() == Role.PROMOTED ? "in Promoted role " : "")
                    + "on "
                    + NodeLists.displayName(node.node, view);
        }
    }

    /**
     * The bans of a cluster whose constraints have been read, the latest first.
     *
     * @param prefix only constraints whose ids begin with this; null for all
     */
    static List<Ban> of(Cluster cluster, @Nullable String prefix, NameFilter resources) {
        List<Ban> bans = new ArrayList<>();
        for (LocationConstraint constraint : cluster.locations.reversed()) {
            boolean wanted =
                    resources.shows(ResourceFilter.printableId(constraint.resource()))
                            || resources.shows(
                                    ResourceFilter.printableId(constraint.resource().top(false)));
            if (!wanted || (prefix != null && !constraint.id().startsWith(prefix))) {
                continue;
            }
            for (ScoredNode node : constraint.nodes().reversed()) {
                if (node.score < 0) {
                    bans.add(new Ban(constraint, node));
                }
            }
        }
        return bans;
    }
}
