package org.holdfast.tools.mon;

import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.tools.status.AttributeList;
import org.holdfast.tools.status.FailCountList;
import org.holdfast.tools.status.FailureList;
import org.holdfast.tools.status.NodeLists;
import org.holdfast.tools.status.ResourceSection;
import org.holdfast.tools.status.StatusLists;
import org.holdfast.tools.status.StatusView;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's state in crm_mon's words.
 *
 * @param cluster the state
 * @param cib the CIB that it was read from
 * @param time now, as ctime(3) writes it
 * @param localNode the node that answers, or null for a file
 * @param sections what to show
 * @param view how to show it
 */
public record MonReport(
        Cluster cluster,
        Element cib,
        String time,
        @Nullable String localNode,
        Set<Section> sections,
        StatusView view) {

    /** Shows it. */
    public void show(StatusLists out) {
        boolean any = showSummary(out);
        if (sections.contains(Section.MAINT_MODE)) {
            any |= showMaintenance(out);
        }
        if (sections.contains(Section.NODES) && !view.nodes().isNone()) {
            any |= new NodeLists(out).show(cluster, view, any);
        }
        if (sections.contains(Section.RESOURCES)) {
            any |= ResourceSection.show(cluster, out, view, true, any);
        }
        if (sections.contains(Section.ATTRIBUTES)) {
            any |= AttributeList.show(cluster, out, view, any);
        }
        if (sections.contains(Section.FAILCOUNTS) || sections.contains(Section.OPERATIONS)) {
            any |= FailCountList.show(cluster, out, view, any);
        }
        if (sections.contains(Section.FAILURES) && !cluster.failed.isEmpty()) {
            FailureList.show(cluster, out, view, any);
        }
    }

    private boolean showSummary(StatusLists out) {
        boolean begun = false;
        for (Section section : sections) {
            switch (section) {
                case STACK, DC, TIMES, COUNTS, OPTIONS -> {
                    if (!begun) {
                        out.begin("Cluster Summary");
                        begun = true;
                    }
                    showSummary(out, section);
                }
                case MAINT_MODE,
                        NODES,
                        RESOURCES,
                        ATTRIBUTES,
                        FAILCOUNTS,
                        OPERATIONS,
                        FAILURES,
                        FENCE_FAILED,
                        FENCE_PENDING,
                        FENCE_SUCCEEDED,
                        TICKETS,
                        BANS -> {}
            }
        }
        if (begun) {
            out.end();
        }
        return begun;
    }

    private void showSummary(StatusLists out, Section section) {
        switch (section) {
            case STACK -> out.item("Stack", stack());
            case DC -> out.item("Current DC", controller());
            case TIMES -> {
                out.item("Last updated", time + (localNode == null ? "" : " on " + localNode));
                out.item("Last change", " " + lastChange());
            }
            case COUNTS -> showCounts(out);
            case OPTIONS -> showOptions(out);
            default -> throw new IllegalArgumentException(section.name());
        }
    }

    private String stack() {
        String stack = option("cluster-infrastructure");
        String name = stack == null ? "unknown" : stack;
        return localNode == null ? name : name + " (Pacemaker is running)";
    }

    private @Nullable String option(String name) {
        Element config = cib.path("configuration", "crm_config");
        if (config == null) {
            return null;
        }
        for (Element set : config.elements("cluster_property_set")) {
            for (Element pair : set.elements("nvpair")) {
                if (name.equals(pair.get("name"))) {
                    return pair.get("value");
                }
            }
        }
        return null;
    }

    private String controller() {
        Node dc = cluster.dc;
        if (dc == null) {
            return "NONE";
        }
        String version = option("dc-version");
        boolean quorate =
                Set.of("1", "true", "yes", "on", "y").contains(cib.getOr("have-quorum", "0"));
        return NodeLists.displayName(dc, view)
                + " (version "
                + (version == null ? "unknown" : version)
                + ") - "
                + (isMixed() ? "MIXED-VERSION " : "")
                + "partition "
                + (quorate ? "with" : "WITHOUT")
                + " quorum";
    }

    /** Whether nodes of different feature sets are online. */
    private boolean isMixed() {
        String first = null;
        for (Node node : cluster.nodes) {
            String own = node.online ? NodeLists.featureSet(node) : null;
            if (own != null && first != null && !own.equals(first)) {
                return true;
            }
            first = first == null ? own : first;
        }
        return false;
    }

    private String lastChange() {
        StringBuilder text = new StringBuilder(cib.getOr("cib-last-written", ""));
        String[][] parts = {
            {" by ", "update-user"}, {" via ", "update-client"}, {" on ", "update-origin"}
        };
        for (String[] part : parts) {
            String value = cib.get(part[1]);
            if (value != null) {
                text.append(part[0]).append(value);
            }
        }
        return text.toString();
    }

    private void showCounts(StatusLists out) {
        int nodes = cluster.nodes.size();
        out.item(nodes + (nodes == 1 ? " node configured" : " nodes configured"));
        int instances = cluster.instanceCount;
        StringBuilder line =
                new StringBuilder()
                        .append(instances)
                        .append(" resource instance")
                        .append(instances == 1 ? "" : "s")
                        .append(" configured");
        int disabled = cluster.disabledCount;
        int blocked = cluster.blockedCount;
        if (disabled > 0 || blocked > 0) {
            line.append(" (");
            if (disabled > 0) {
                line.append(disabled).append(" DISABLED").append(blocked > 0 ? ", " : "");
            }
            if (blocked > 0) {
                line.append(blocked).append(" BLOCKED from further action due to failure");
            }
            line.append(')');
        }
        out.item(line.toString());
    }

    private void showOptions(StatusLists out) {
        boolean fencing = isTrue("stonith-enabled", true) && isTrue("fencing-enabled", true);
        out.item("Fencing of failed nodes " + (fencing ? "enabled" : "disabled"));
        out.item(
                isTrue("symmetric-cluster", true)
                        ? "Cluster is symmetric"
                        : "Cluster is asymmetric");
        String policy = option("no-quorum-policy");
        out.item(
                "No quorum policy: "
                        + switch (policy == null ? "stop" : policy) {
                            case "freeze" -> "Freeze resources";
                            case "demote" ->
                                    "Demote promotable resources and stop all other resources";
                            case "ignore" -> "Ignore";
                            case "fence", "suicide" -> "Fence nodes in partition";
                            default -> "Stop ALL resources";
                        });
    }

    private boolean isTrue(String name, boolean fallback) {
        String value = option(name);
        return value == null
                ? fallback
                : Set.of("1", "true", "yes", "on", "y")
                        .contains(value.toLowerCase(java.util.Locale.ROOT));
    }

    private boolean showMaintenance(StatusLists out) {
        if (isTrue("maintenance-mode", false)) {
            out.info("");
            out.info("              *** Resource management is DISABLED ***");
            out.info("  The cluster will not attempt to start, stop or recover services");
            return true;
        }
        if (isTrue("stop-all-resources", false)) {
            out.info("");
            out.info("    *** Resource management is DISABLED ***");
            out.info("  The cluster will keep all resources stopped");
            return true;
        }
        return false;
    }
}
