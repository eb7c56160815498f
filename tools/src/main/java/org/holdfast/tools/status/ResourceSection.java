package org.holdfast.tools.status;

import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.tools.status.StatusView.Show;

/** The section with all resources. */
public final class ResourceSection {

    private ResourceSection() {}

    /**
     * Shows the resources.
     *
     * @param summary whether to say so when there is nothing to show
     * @return whether there was anything to show
     */
    public static boolean show(
            Cluster cluster, StatusLists out, StatusView view, boolean summary, boolean spacer) {
        boolean byNode = view.shows(Show.BY_NODE);
        boolean inactive = view.shows(Show.INACTIVE);
        if (byNode && !inactive) {
            return false;
        }
        OpenList list = new OpenList(out, spacer);
        String title = title(view);
        boolean any = false;
        if (view.shows(Show.BRIEF) && !byNode) {
            list.begin(title);
            any = BriefList.of(cluster.resources, view.resources()).show(out, view);
        }
        ResourceLists resources = new ResourceLists(out);
        for (Resource resource : cluster.resources) {
            if (!skips(resource, view)) {
                list.begin(title);
                any |= resources.show(resource, view);
            }
        }
        if (summary && !any) {
            list.begin(title);
            String kind = inactive ? "No resources" : "No active resources";
            out.item(byNode ? "No inactive resources" : kind);
        }
        list.end();
        return any;
    }

    /** Whether a resource is left out of the section. */
    static boolean skips(Resource resource, StatusView view) {
        boolean all = resource.isActive(true);
        boolean some = resource.isActive(false);
        if (resource.is(ResourceFlag.REMOVED) && !all) {
            return true;
        }
        if (view.shows(Show.BY_NODE)) {
            return all;
        }
        if (view.shows(Show.BRIEF) && resource instanceof Primitive) {
            return true;
        }
        if (!some && !view.shows(Show.INACTIVE)) {
            return true;
        }
        return some && !ResourceFilter.runsOnAny(resource, view.nodes());
    }

    private static String title(StatusView view) {
        if (view.shows(Show.BY_NODE)) {
            return "Inactive Resources";
        }
        return view.shows(Show.INACTIVE) ? "Full List of Resources" : "Active Resources";
    }
}
