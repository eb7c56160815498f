package org.holdfast.tools.status;

import org.holdfast.scheduler.model.Cluster;
import org.holdfast.tools.crm.frame.XmlOutput;

/** The whole status as {@code crm_simulate} shows it. */
public final class ClusterStatus {

    private ClusterStatus() {}

    /** Shows nodes and resources, and attributes and fail counts if wanted. */
    public static void show(
            Cluster cluster,
            StatusLists out,
            StatusView view,
            boolean attributes,
            boolean failCounts) {
        boolean any = new NodeLists(out).show(cluster, view, false);
        any |= ResourceSection.show(cluster, out, view, true, any);
        if (attributes) {
            any |= AttributeList.show(cluster, out, view, any);
        }
        if (failCounts) {
            any |= FailCountList.show(cluster, out, view, any);
            FailureList.show(cluster, out, view, any);
        }
    }

    /** As {@link #show}, in XML. */
    public static void show(
            Cluster cluster,
            XmlOutput out,
            StatusView view,
            boolean attributes,
            boolean failCounts) {
        StatusXml xml = new StatusXml(out);
        xml.nodes(cluster, view);
        xml.resources(cluster, view);
        if (attributes) {
            xml.attributes(cluster, view);
        }
        if (failCounts) {
            xml.failCounts(cluster, view);
            xml.failures(cluster, view);
        }
    }
}
