package org.holdfast.tools.mon;

import java.util.List;
import java.util.Locale;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.LocalZone;
import org.holdfast.scheduler.failures.FailCounts.FailCount;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.TicketState;
import org.holdfast.scheduler.sorting.HashOrder;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.status.StatusView;
import org.holdfast.tools.status.StatusView.Show;
import org.holdfast.tools.status.StatusXml;

/** The whole output as XML. */
final class XmlStatus {

    private final Cluster cluster;
    private final XmlOutput out;
    private final StatusView view;
    private final SectionChoice sections;
    private final LocalZone zone;
    private final LiveFacts live;

    XmlStatus(
            Cluster cluster,
            XmlOutput out,
            StatusView view,
            SectionChoice sections,
            LocalZone zone,
            LiveFacts live) {
        this.cluster = cluster;
        this.out = out;
        this.view = view;
        this.sections = sections;
        this.zone = zone;
        this.live = live;
    }

    void show(String now) {
        summary(now);
        StatusXml status = new StatusXml(out);
        if (sections.shows(Section.NODES)) {
            status.nodes(cluster, view);
        }
        if (sections.shows(Section.RESOURCES)) {
            status.resources(cluster, view);
        }
        if (sections.shows(Section.ATTRIBUTES)) {
            status.attributes(cluster, view);
        }
        if (sections.shows(Section.OPERATIONS) || sections.shows(Section.FAILCOUNTS)) {
            HistorySection.show(
                    cluster, view, sections.shows(Section.OPERATIONS), new HistoryWriter());
        }
        if (sections.shows(Section.FAILURES)) {
            status.failures(cluster, view);
        }
        if (sections.showsAllFencing()) {
            FencingSection.of(live.fencing(), view, zone, sections).xml(out);
        }
        if (sections.shows(Section.TICKETS) && !cluster.tickets.isEmpty()) {
            tickets();
        }
        if (sections.shows(Section.BANS)) {
            bans();
        }
    }

    private void summary(String now) {
        Summary summary = Summary.of(cluster, live);
        XmlNode list = new XmlNode("summary");
        if (sections.shows(Section.STACK)) {
            list.add("stack")
                    .set("type", summary.stack())
                    .set("pacemakerd-state", live.isLive() ? "running" : null);
        }
        if (sections.shows(Section.DC)) {
            dc(summary, list.add("current_dc"));
        }
        if (sections.shows(Section.TIMES)) {
            list.add("last_update").set("time", now).set("origin", live.localNode());
            list.add("last_change")
                    .set("time", cluster.cib.getOr("cib-last-written", ""))
                    .set("user", cluster.cib.getOr("update-user", ""))
                    .set("client", cluster.cib.getOr("update-client", ""))
                    .set("origin", cluster.cib.getOr("update-origin", ""));
        }
        if (sections.shows(Section.COUNTS)) {
            list.add("nodes_configured").set("number", "" + cluster.nodes.size());
            list.add("resources_configured")
                    .set("number", "" + cluster.instanceCount)
                    .set("disabled", "" + cluster.disabledCount)
                    .set("blocked", "" + cluster.blockedCount);
        }
        if (sections.shows(Section.OPTIONS)) {
            options(list.add("cluster_options"));
        }
        if (list.elementCount() > 0) {
            out.current().add(list.toElement());
        }
    }

    private void dc(Summary summary, XmlNode xml) {
        Node dc = cluster.dc;
        xml.set("present", text(dc != null));
        if (dc != null) {
            String version = summary.dcVersion();
            xml.set("version", version == null ? "" : version)
                    .set("name", dc.name)
                    .set("id", dc.id)
                    .set("with_quorum", text(summary.hasQuorum()))
                    .set("mixed_version", text(summary.mixed()));
        }
    }

    private void options(XmlNode xml) {
        var options = cluster.options;
        String timeout = Long.toString(options.fenceTimeoutMillis());
        xml.set("fencing-enabled", text(options.fencingEnabled()))
                .set("fencing-timeout-ms", timeout)
                .set("symmetric-cluster", text(options.symmetric()))
                .set("no-quorum-policy", options.noQuorumPolicy().name().toLowerCase(Locale.ROOT))
                .set("maintenance-mode", text(options.maintenance()))
                .set("stop-all-resources", text(options.stopAll()))
                .set(
                        "priority-fencing-delay-ms",
                        Long.toString(options.priorityFencingDelayMillis()))
                .set("stonith-enabled", text(options.fencingEnabled()))
                .set("stonith-timeout-ms", timeout);
    }

    private static String text(boolean value) {
        return Boolean.toString(value);
    }

    private void tickets() {
        out.push("tickets");
        for (String id : HashOrder.of(cluster.tickets.keySet())) {
            TicketState ticket = cluster.tickets.get(id);
            if (ticket == null) {
                continue;
            }
            XmlNode xml =
                    out.add("ticket")
                            .set("id", ticket.id)
                            .set("status", ticket.granted ? "granted" : "revoked")
                            .set("standby", text(ticket.standby));
            if (ticket.lastGranted > -1) {
                xml.set("last-granted", zone.ctime(ticket.lastGranted));
            }
            for (String name : HashOrder.of(ticket.attributes.keySet())) {
                if (!name.equals("last-granted") && !name.equals("expires")) {
                    xml.set(name, ticket.attributes.get(name));
                }
            }
        }
        out.pop();
    }

    private void bans() {
        List<Bans.Ban> bans = Bans.of(cluster, sections.banPrefix(), view.resources());
        if (bans.isEmpty()) {
            return;
        }
        out.push("bans");
        for (Bans.Ban ban : bans) {
            String promotedOnly = text(ban.constraint().roleFilter() == Role.PROMOTED);
            out.add("ban")
                    .set("id", ban.constraint().id())
                    .set("resource", ban.constraint().resource().id)
                    .set("node", ban.node().node.name)
                    .set("weight", Integer.toString(ban.node().score))
                    .set("promoted-only", promotedOnly)
                    .set("master_only", promotedOnly);
        }
        out.pop();
    }

    /** Operations and fail counts as elements. */
    private final class HistoryWriter implements HistorySection.Writer {

        @Override
        public void beginSection(String title) {
            out.push("node_history");
        }

        @Override
        public void beginNode(Node node) {
            out.push("node").set("name", node.name);
        }

        @Override
        public void failCount(Resource resource, String id, FailCount count) {
            StatusXml.history(out.add("resource_history").set("id", id), resource, count, false);
        }

        @Override
        public void beginResource(Resource resource, String id, FailCount count) {
            StatusXml.history(out.push("resource_history").set("id", id), resource, count, true);
        }

        @Override
        public void operation(Element entry, String task, int exitStatus) {
            XmlNode xml =
                    out.add("operation_history")
                            .set("call", entry.get("call-id"))
                            .set("task", task)
                            .set("rc", Integer.toString(exitStatus))
                            .set("rc_text", ExitStatus.text(exitStatus));
            String interval = entry.getOr("interval", "0");
            if (!interval.equals("0")) {
                xml.set("interval", interval + "ms");
            }
            if (view.shows(Show.TIMING)) {
                long changed = Entries.lastChange(entry);
                if (changed > 0) {
                    xml.set("last-rc-change", zone.ctime(changed));
                }
                for (String time : List.of("exec-time", "queue-time")) {
                    xml.set(time, entry.has(time) ? entry.get(time) + "ms" : null);
                }
            }
        }

        @Override
        public void end() {
            out.pop();
        }
    }
}
