package org.holdfast.tools.mon;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.LocalZone;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.failures.FailCounts.FailCount;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.EntryOrder;
import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.sorting.MergeSort;
import org.holdfast.tools.status.FailCountList;
import org.holdfast.tools.status.NodeLists;
import org.holdfast.tools.status.ResourceFilter;
import org.holdfast.tools.status.StatusLists;
import org.holdfast.tools.status.StatusView;
import org.holdfast.tools.status.StatusView.Show;

/** The sections with fail counts, or with fail counts and operations, by node and resource. */
final class HistorySection {

    private final Cluster cluster;
    private final StatusView view;
    private final boolean operations;
    private final Writer writer;

    private HistorySection(Cluster cluster, StatusView view, boolean operations, Writer writer) {
        this.cluster = cluster;
        this.view = view;
        this.operations = operations;
        this.writer = writer;
    }

    /** How the section's parts are written. */
    interface Writer {

        void beginSection(String title);

        void beginNode(Node node);

        /** A resource's fail count alone. */
        void failCount(Resource resource, String id, FailCount count);

        /** A resource with its fail count, whose operations follow. */
        void beginResource(Resource resource, String id, FailCount count);

        void operation(Element entry, String task, int exitStatus);

        void end();
    }

    /**
     * Shows the section.
     *
     * @param operations whether operations are shown, not fail counts alone
     * @return whether anything was shown
     */
    static boolean show(Cluster cluster, StatusView view, boolean operations, Writer writer) {
        return new HistorySection(cluster, view, operations, writer).show();
    }

    private boolean show() {
        Element status = cluster.cib.first("status");
        boolean any = false;
        if (status == null) {
            return false;
        }
        for (Element state : status.elements("node_state")) {
            Node node = cluster.nodeWithId(state.id());
            if (node == null || !node.online || !view.nodes().shows(node.name)) {
                continue;
            }
            if (!any) {
                writer.beginSection(operations ? "Operations" : "Migration Summary");
                any = true;
            }
            showNode(node, state);
        }
        if (any) {
            writer.end();
        }
        return any;
    }

    private void showNode(Node node, Element state) {
        boolean begun = false;
        Element resources = state.path("lrm", "lrm_resources");
        for (Element history :
                resources == null ? List.<Element>of() : resources.elements("lrm_resource")) {
            Resource resource = history.has("id") ? cluster.resourceInHistory(history.id()) : null;
            if (resource == null || FailCountList.isHidden(resource, view.resources())) {
                continue;
            }
            FailCount count = FailCounts.of(resource, node, FailCounts.Mode.ALL);
            List<Element> entries = operations ? shown(history) : List.of();
            if (operations ? entries.isEmpty() : count.count() <= 0) {
                continue;
            }
            if (!begun) {
                writer.beginNode(node);
                begun = true;
            }
            if (operations) {
                showOperations(resource, count, entries);
            } else {
                writer.failCount(resource, history.id(), count);
            }
        }
        if (begun) {
            writer.end();
        }
    }

    private void showOperations(Resource resource, FailCount count, List<Element> entries) {
        writer.beginResource(resource, ResourceFilter.printableId(resource), count);
        for (Element entry : entries) {
            String task = entry.getOr("operation", "");
            boolean probe =
                    task.equalsIgnoreCase("monitor") && entry.getOr("interval", "0").equals("0");
            writer.operation(entry, probe ? "probe" : task, Entries.exitStatus(entry, 0));
        }
        writer.end();
    }

    /** A resource's operations by age, without notifications and probes that found nothing. */
    private static List<Element> shown(Element history) {
        List<Element> entries = new ArrayList<>();
        for (Element entry : history.elements("lrm_rsc_op")) {
            String task = entry.getOr("operation", "");
            boolean found =
                    Entries.exitStatus(entry, 0) != ExitStatus.NOT_RUNNING
                            || !task.equals("monitor")
                            || !entry.getOr("interval", "0").equals("0");
            if (!task.equals("notify") && found) {
                entries.add(entry);
            }
        }
        MergeSort.sort(entries, EntryOrder::compare);
        return entries;
    }

    /** Writes lists. */
    static final class ListWriter implements Writer {

        private final StatusLists out;
        private final StatusView view;
        private final LocalZone zone;
        private final String nodePrefix;

        /**
         * Writes to lists.
         *
         * @param nodePrefix what stands before a node's name in its heading
         */
        ListWriter(StatusLists out, StatusView view, LocalZone zone, String nodePrefix) {
            this.out = out;
            this.view = view;
            this.zone = zone;
            this.nodePrefix = nodePrefix;
        }

        @Override
        public void beginSection(String title) {
            out.begin(title);
        }

        @Override
        public void beginNode(Node node) {
            out.begin(
                    nodePrefix
                            + NodeLists.displayName(node, view)
                            + (nodePrefix.isEmpty() ? ":" : ""));
        }

        @Override
        public void failCount(Resource resource, String id, FailCount count) {
            out.item(line(resource, id, count));
        }

        @Override
        public void beginResource(Resource resource, String id, FailCount count) {
            out.begin(line(resource, id, count));
        }

        private String line(Resource resource, String id, FailCount count) {
            StringBuilder line = new StringBuilder(id);
            line.append(": migration-threshold=").append(resource.migrationThreshold);
            if (count.count() > 0) {
                line.append(" fail-count=").append(count.count());
            }
            if (count.lastFailure() > 0) {
                line.append(" last-failure='").append(zone.ctime(count.lastFailure())).append('\'');
            }
            return line.toString();
        }

        @Override
        public void operation(Element entry, String task, int exitStatus) {
            StringBuilder line = new StringBuilder();
            line.append('(').append(entry.getOr("call-id", "(null)")).append(") ").append(task);
            String interval = entry.getOr("interval", "0");
            String every = interval.equals("0") ? "" : " interval=\"" + interval + "ms\"";
            if (!view.shows(Show.TIMING)) {
                line.append(every.isEmpty() ? "" : ":").append(every);
                out.item(line.toString());
                return;
            }
            line.append(':').append(every);
            long changed = Entries.lastChange(entry);
            if (changed > 0) {
                line.append(" last-rc-change=\"").append(zone.ctime(changed)).append('"');
            }
            append(line, "exec-time", entry);
            append(line, "queue-time", entry);
            line.append(" rc=").append(exitStatus);
            line.append(" (").append(ExitStatus.text(exitStatus)).append(')');
            out.item(line.toString());
        }

        private static void append(StringBuilder line, String attribute, Element entry) {
            String value = entry.get(attribute);
            if (value != null) {
                line.append(' ').append(attribute).append("=\"").append(value).append("ms\"");
            }
        }

        @Override
        public void end() {
            out.end();
        }
    }
}
