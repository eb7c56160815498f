package org.holdfast.tools.status;

import java.util.EnumSet;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.cib.time.TimeFormat;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.failures.FailCounts.FailCount;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.Execution;
import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.HistoryIndex;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.status.StatusView.Show;
import org.jspecify.annotations.Nullable;

/** Shows the sections of a status as XML. */
public final class StatusXml {

    private final XmlOutput out;

    public StatusXml(XmlOutput out) {
        this.out = out;
    }

    /** All nodes that are wanted. */
    public void nodes(Cluster cluster, StatusView view) {
        out.push("nodes");
        for (Node node : cluster.nodes) {
            if (view.nodes().shows(node.name)) {
                node(cluster, node, view);
            }
        }
        out.pop();
    }

    /** One node with everything that is known of it. */
    public void node(Cluster cluster, Node node, StatusView view) {
        int health = NodeLists.health(cluster, node);
        String colour = health < 0 ? "red" : "yellow";
        XmlNode xml =
                out.push("node")
                        .set("name", node.name)
                        .set("id", node.id)
                        .set("online", text(node.online))
                        .set("standby", text(node.standby))
                        .set("standby_onfail", text(node.failStandby))
                        .set("maintenance", text(node.maintenance))
                        .set("pending", text(node.pending))
                        .set("unclean", text(node.unclean))
                        .set("health", health > 0 ? "green" : colour)
                        .set("feature_set", NodeLists.featureSet(node))
                        .set("shutdown", text(node.shutdown))
                        .set("expected_up", text(node.expectedUp))
                        .set("is_dc", text(node == cluster.dc))
                        .set("resources_running", Integer.toString(node.running.size()))
                        .set("type", node.isCluster() ? "member" : "remote");
        if (node.isGuest() && node.remote != null && node.remote.launcher != null) {
            xml.set("id_as_resource", node.remote.launcher.id);
        }
        if (view.shows(Show.BY_NODE)) {
            ResourceXml resources = new ResourceXml(out, view.with(Show.RESOURCE_ONLY));
            node.running.forEach(resources::add);
        }
        out.pop();
    }

    /** All resources that are wanted. */
    public void resources(Cluster cluster, StatusView view) {
        if (view.shows(Show.BY_NODE) && !view.shows(Show.INACTIVE)) {
            return;
        }
        StatusView full = view.without(Show.BRIEF);
        boolean open = false;
        for (Resource resource : cluster.resources) {
            if (ResourceSection.skips(resource, full)) {
                continue;
            }
            if (!open) {
                out.push("resources");
                open = true;
            }
            new ResourceXml(out, full).add(resource);
        }
        if (open) {
            out.pop();
        }
    }

    /** Node attributes of nodes that are online. */
    public void attributes(Cluster cluster, StatusView view) {
        boolean open = false;
        for (Node node : cluster.nodes) {
            if (!node.online
                    || !view.nodes().shows(node.name)
                    || AttributeList.shown(node).isEmpty()) {
                continue;
            }
            if (!open) {
                out.push("node_attributes");
                open = true;
            }
            out.push("node").set("name", node.name);
            AttributeList.shown(node)
                    .forEach((name, value) -> {
                        Integer expected =
                                AttributeList.expectedConnectivity(node, node.running, name);
                        out.add("attribute")
                                .set("name", name)
                                .set("value", value)
                                .set("expected", expected == null ? null : expected.toString());
                    });
            out.pop();
        }
        if (open) {
            out.pop();
        }
    }

    /** Fail counts of nodes that are online. */
    public void failCounts(Cluster cluster, StatusView view) {
        Element status = cluster.cib.first("status");
        boolean open = false;
        if (status == null) {
            return;
        }
        for (Element state : status.elements("node_state")) {
            Node node = cluster.nodeWithId(state.id());
            if (node == null || !node.online || !view.nodes().shows(node.name)) {
                continue;
            }
            if (!open) {
                out.push("node_history");
                open = true;
            }
            failCounts(cluster, view, node, state);
        }
        if (open) {
            out.pop();
        }
    }

    private void failCounts(Cluster cluster, StatusView view, Node node, Element state) {
        boolean open = false;
        for (Element history : HistoryIndex.resources(state)) {
            Resource resource = cluster.resourceInHistory(history.id());
            if (resource == null || FailCountList.isHidden(resource, view.resources())) {
                continue;
            }
            FailCount count = FailCounts.of(resource, node, FailCounts.Mode.ALL);
            if (count.count() <= 0) {
                continue;
            }
            if (!open) {
                out.push("node").set("name", node.name);
                open = true;
            }
            history(out.add("resource_history").set("id", history.id()), resource, count, false);
        }
        if (open) {
            out.pop();
        }
    }

    /**
     * Describes a resource's failures.
     *
     * @param all also without failures
     */
    public static void history(
            XmlNode xml, @Nullable Resource resource, FailCount count, boolean all) {
        if (resource == null) {
            xml.set("orphan", "true").set("removed", "true");
        } else if (all || count.count() != 0 || count.lastFailure() > 0) {
            xml.set("orphan", "false")
                    .set("removed", "false")
                    .set("migration-threshold", Integer.toString(resource.migrationThreshold));
            if (count.count() > 0) {
                xml.set("fail-count", Integer.toString(count.count()));
            }
            if (count.lastFailure() > 0) {
                xml.set("last-failure", FailureList.date(count.lastFailure()));
            }
        }
    }

    /** Failed operations. */
    public void failures(Cluster cluster, StatusView view) {
        boolean open = false;
        for (Cluster.FailedOperation failed : cluster.failed) {
            OpKey.Parts key = OpKey.parse(Entries.key(failed.entry()));
            if (!view.nodes().shows(failed.node().name)
                    || Entries.isMaskedProbe(failed.entry())
                    || key == null
                    || !view.resources().shows(key.resource())) {
                continue;
            }
            if (!open) {
                out.push("failures");
                open = true;
            }
            failure(failed);
        }
        if (open) {
            out.pop();
        }
    }

    private void failure(Cluster.FailedOperation failed) {
        Element entry = failed.entry();
        int exit = Math.max(0, Entries.exitStatus(entry, 0));
        String reason = entry.getOr("exit-reason", "none");
        XmlNode xml =
                out.add("failure")
                        .set(entry.has("operation_key") ? "op_key" : "id", Entries.key(entry))
                        .set("node", failed.node().name)
                        .set("exitstatus", ExitStatus.text(exit))
                        .set("exitreason", escaped(reason))
                        .set("exitcode", Integer.toString(exit))
                        .set("call", entry.get("call-id"))
                        .set("status", Execution.text(Math.max(0, Entries.execution(entry))));
        long change = Entries.lastChange(entry);
        if (change > 0) {
            xml.set(
                            "last-rc-change",
                            TimeFormat.format(
                                    TimeContext.utc(change).now(),
                                    EnumSet.of(
                                            TimeFormat.Part.DATE,
                                            TimeFormat.Part.TIME,
                                            TimeFormat.Part.ZONE)))
                    .set("queued", entry.get("queue-time"))
                    .set("exec", entry.get("exec-time"))
                    .set("interval", Long.toString(Entries.interval(entry)))
                    .set("task", entry.get("operation"));
        }
    }

    /** Agents' words were written in XML's own escapes before XML was written by a library. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.chars()
                .forEach(c -> {
                    switch (c) {
                        case '<' -> escaped.append("&lt;");
                        case '>' -> escaped.append("&gt;");
                        case '&' -> escaped.append("&amp;");
                        case '"' -> escaped.append("&quot;");
                        default -> {
                            if (c < ' ' || c == 0x7f) {
                                escaped.append("&#x%02X;".formatted(c));
                            } else {
                                escaped.append((char) c);
                            }
                        }
                    }
                });
        return escaped.toString();
    }

    static String text(boolean value) {
        return Boolean.toString(value);
    }
}
