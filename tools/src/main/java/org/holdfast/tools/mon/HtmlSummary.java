package org.holdfast.tools.mon;

import org.holdfast.scheduler.model.Cluster;
import org.holdfast.tools.crm.frame.HtmlOutput;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.status.NodeLists;
import org.holdfast.tools.status.StatusView;

/** The summary section in HTML. */
final class HtmlSummary {

    private static final String BOLD = "bold";
    private static final String WARNING = "warning";

    private final Summary summary;
    private final Cluster cluster;
    private final HtmlOutput out;
    private boolean open;

    HtmlSummary(Summary summary, HtmlOutput out) {
        this.summary = summary;
        this.cluster = summary.cluster();
        this.out = out;
    }

    void show(SectionChoice sections, StatusView view, String now) {
        if (sections.shows(Section.STACK)) {
            XmlNode stack = labelled("Stack: ", summary.stack());
            if (summary.live().isLive()) {
                HtmlOutput.span(stack, null, " (");
                HtmlOutput.span(stack, null, "Pacemaker is running");
                HtmlOutput.span(stack, null, ")");
            }
        }
        if (cluster.dc == null || sections.shows(Section.DC)) {
            dc(item(), view);
        }
        if (sections.shows(Section.TIMES)) {
            XmlNode updated = labelled("Last updated: ", now);
            String node = summary.live().localNode();
            if (node != null) {
                HtmlOutput.span(updated, null, " on ");
                HtmlOutput.span(updated, null, node);
            }
            labelled("Last change: ", summary.lastChange());
        }
        if (sections.shows(Section.COUNTS)) {
            HtmlOutput.span(item(), null, summary.nodesConfigured());
            instances(item());
        }
        if (sections.shows(Section.OPTIONS)) {
            if (open) {
                out.endList();
            }
            // Without a summary before it this list is never closed, as in the real command
            out.beginList(null, null, "Config Options");
            out.listItem(null, summary.fencing());
            out.listItem(null, summary.symmetry());
            out.listItem(null, summary.noQuorumPolicy());
            management();
        }
        if (open) {
            out.endList();
        }
    }

    private XmlNode item() {
        if (!open) {
            out.beginList(null, null, "Cluster Summary");
            open = true;
        }
        return out.add("li");
    }

    private XmlNode labelled(String label, String text) {
        XmlNode item = item();
        HtmlOutput.span(item, BOLD, label);
        HtmlOutput.span(item, null, text);
        return item;
    }

    private void dc(XmlNode item, StatusView view) {
        HtmlOutput.span(item, BOLD, "Current DC: ");
        if (cluster.dc == null) {
            HtmlOutput.span(item, WARNING, "NONE");
            return;
        }
        String version = summary.dcVersion();
        HtmlOutput.span(
                item,
                null,
                NodeLists.displayName(cluster.dc, view)
                        + " (version "
                        + (version == null ? "unknown" : version)
                        + ") -");
        if (summary.mixed()) {
            HtmlOutput.span(item, WARNING, " MIXED-VERSION");
        }
        HtmlOutput.span(item, null, " partition");
        if (summary.hasQuorum()) {
            HtmlOutput.span(item, null, " with");
        } else {
            HtmlOutput.span(item, WARNING, " WITHOUT");
        }
        HtmlOutput.span(item, null, " quorum");
    }

    private void instances(XmlNode item) {
        int disabled = cluster.disabledCount;
        int blocked = cluster.blockedCount;
        String text = summary.instancesConfigured();
        if (disabled == 0 && blocked == 0) {
            HtmlOutput.span(item, null, text);
            return;
        }
        HtmlOutput.span(item, null, text + " (" + (disabled > 0 ? disabled : blocked) + " ");
        if (disabled > 0) {
            HtmlOutput.span(item, BOLD, "DISABLED");
            if (blocked == 0) {
                HtmlOutput.span(item, null, ")");
                return;
            }
            HtmlOutput.span(item, null, ", " + blocked + " ");
        }
        HtmlOutput.span(item, BOLD, "BLOCKED");
        HtmlOutput.span(item, null, " from further action due to failure)");
    }

    private void management() {
        if (cluster.options.maintenance()) {
            management(
                    "DISABLED",
                    " (the cluster will not attempt to start, stop, or recover services)");
        } else if (cluster.options.stopAll()) {
            management("STOPPED", " (the cluster will keep all resources stopped)");
        } else {
            out.listItem(null, "Resource management: enabled");
        }
    }

    private void management(String state, String explanation) {
        XmlNode item = out.add("li");
        HtmlOutput.span(item, null, "Resource management: ");
        HtmlOutput.span(item, BOLD, state);
        HtmlOutput.span(item, null, explanation);
    }
}
