package org.holdfast.tools.status;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.failures.FailCounts.FailCount;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.HistoryIndex;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;

/** The section with fail counts by node. */
public final class FailCountList {

    private FailCountList() {}

    /** Shows fail counts of nodes that are online; whether the section was shown. */
    public static boolean show(Cluster cluster, StatusLists out, StatusView view, boolean spacer) {
        OpenList list = new OpenList(out, spacer);
        Element status = cluster.cib.first("status");
        if (status == null) {
            return false;
        }
        for (Element state : status.elements("node_state")) {
            Node node = cluster.nodeWithId(state.id());
            if (node == null || !node.online || !view.nodes().shows(node.name)) {
                continue;
            }
            list.begin("Migration Summary");
            showNode(cluster, out, view, node, state);
        }
        return list.end();
    }

    private static void showNode(
            Cluster cluster, StatusLists out, StatusView view, Node node, Element state) {
        OpenList list = new OpenList(out, false);
        for (Element history : HistoryIndex.resources(state)) {
            Resource resource = cluster.resourceInHistory(history.id());
            if (resource == null || isHidden(resource, view.resources())) {
                continue;
            }
            FailCount count = FailCounts.of(resource, node, FailCounts.Mode.ALL);
            if (count.count() > 0) {
                list.begin("Node: " + NodeLists.displayName(node, view));
                out.item(line(resource, history.id(), count));
            }
        }
        list.end();
    }

    /** Whether a resource's history is left out: a group counts by its own name only. */
    public static boolean isHidden(Resource resource, NameFilter wanted) {
        Resource top = resource.top(false);
        if (top instanceof Group) {
            return !wanted.shows(ResourceFilter.printableId(resource))
                    && !wanted.shows(ResourceFilter.printableId(top));
        }
        return ResourceFilter.hides(resource, wanted, true);
    }

    /** A resource's threshold and failures. */
    public static String line(Resource resource, String id, FailCount count) {
        String last =
                count.lastFailure() > 0
                        ? " last-failure='" + FailureList.date(count.lastFailure()) + "'"
                        : "";
        return id
                + ": migration-threshold="
                + resource.migrationThreshold
                + (count.count() > 0 ? " fail-count=" + count.count() : "")
                + last;
    }
}
