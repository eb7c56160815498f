package org.holdfast.tools.mon;

import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.tools.status.NodeLists;
import org.holdfast.tools.status.StatusLists;
import org.holdfast.tools.status.StatusView;

/** The summary section as text. */
final class TextSummary {

    private final Summary summary;
    private final Cluster cluster;
    private final StatusLists out;
    private boolean open;

    TextSummary(Summary summary, StatusLists out) {
        this.summary = summary;
        this.cluster = summary.cluster();
        this.out = out;
    }

    /**
     * Shows the section.
     *
     * @param now the time of the call, as text
     * @return whether anything was shown
     */
    boolean show(SectionChoice sections, StatusView view, String now) {
        if (sections.shows(Section.STACK)) {
            item(
                    "Stack",
                    summary.stack() + (summary.live().isLive() ? " (Pacemaker is running)" : ""));
        }
        if (sections.shows(Section.DC)) {
            item("Current DC", dc(view));
        }
        if (sections.shows(Section.TIMES)) {
            String node = summary.live().localNode();
            item("Last updated", now + (node == null ? "" : " on " + node));
            item("Last change", " " + summary.lastChange());
        }
        if (sections.shows(Section.COUNTS)) {
            item(null, summary.nodesConfigured());
            item(null, summary.instancesConfigured() + limited());
        }
        if (sections.shows(Section.OPTIONS)) {
            item(null, summary.fencing());
            item(null, summary.symmetry());
            item(null, summary.noQuorumPolicy());
        }
        if (open) {
            out.end();
        }
        return (sections.shows(Section.MAINT_MODE) && showMaintenance()) || open;
    }

    private void item(@org.jspecify.annotations.Nullable String name, String text) {
        if (!open) {
            out.begin("Cluster Summary");
            open = true;
        }
        out.item(name, text);
    }

    private String dc(StatusView view) {
        Node dc = cluster.dc;
        if (dc == null) {
            return "NONE";
        }
        String version = summary.dcVersion();
        return "%s (version %s) - %spartition %s quorum"
                .formatted(
                        NodeLists.displayName(dc, view),
                        version == null ? "unknown" : version,
                        summary.mixed() ? "MIXED-VERSION " : "",
                        summary.hasQuorum() ? "with" : "WITHOUT");
    }

    private String limited() {
        String disabled = cluster.disabledCount > 0 ? cluster.disabledCount + " DISABLED" : "";
        String blocked =
                cluster.blockedCount > 0
                        ? cluster.blockedCount + " BLOCKED from further action due to failure"
                        : "";
        if (disabled.isEmpty() && blocked.isEmpty()) {
            return "";
        }
        String separator = disabled.isEmpty() || blocked.isEmpty() ? "" : ", ";
        return " (" + disabled + separator + blocked + ")";
    }

    private boolean showMaintenance() {
        if (cluster.options.maintenance()) {
            out.info("\n              *** Resource management is DISABLED ***");
            out.info("  The cluster will not attempt to start, stop or recover services");
            return true;
        }
        if (cluster.options.stopAll()) {
            out.info("\n    *** Resource management is DISABLED ***");
            out.info("  The cluster will keep all resources stopped");
            return true;
        }
        return false;
    }
}
