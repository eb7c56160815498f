package org.holdfast.tools.mon;

import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.tools.crm.frame.HtmlOutput;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.status.AttributeList;
import org.holdfast.tools.status.BriefList;
import org.holdfast.tools.status.NodeLists;
import org.holdfast.tools.status.ResourceLists;
import org.holdfast.tools.status.StatusView;
import org.holdfast.tools.status.StatusView.Show;

/** Nodes and their attributes in HTML. */
final class HtmlNodes {

    private final Cluster cluster;
    private final HtmlOutput out;
    private final HtmlLists lists;
    private final StatusView view;

    HtmlNodes(Cluster cluster, HtmlOutput out, StatusView view) {
        this.cluster = cluster;
        this.out = out;
        this.lists = new HtmlLists(out);
        this.view = view;
    }

    void show() {
        boolean open = false;
        for (Node node : cluster.nodes) {
            if (!view.nodes().shows(node.name)) {
                continue;
            }
            if (!open) {
                lists.begin("Node List");
                open = true;
            }
            show(node);
        }
        if (open) {
            lists.end();
        }
    }

    private void show(Node node) {
        String name = NodeLists.displayName(node, view) + ":";
        if (!view.shows(Show.BY_NODE)) {
            XmlNode item = out.add("li");
            HtmlOutput.span(item, "bold", name);
            state(node, item);
            return;
        }
        lists.begin(name);
        XmlNode item = out.push("li");
        HtmlOutput.span(item, null, "Status:");
        state(node, item);
        resources(node);
        out.pop();
        lists.end();
    }

    private void resources(Node node) {
        StatusView inside = view.with(Show.RESOURCE_ONLY);
        if (view.shows(Show.BRIEF)) {
            BriefList brief = BriefList.of(node.running, view.resources());
            if (!brief.isEmpty()) {
                lists.begin("Resources");
                brief.show(lists, inside.without(Show.INACTIVE));
                lists.end();
            }
        } else if (!node.running.isEmpty()) {
            lists.begin("Resources");
            ResourceLists resources = new ResourceLists(lists);
            for (Resource resource : node.running) {
                resources.show(resource, inside);
            }
            lists.end();
        }
    }

    private void state(Node node, XmlNode item) {
        HtmlOutput.span(
                item, node.online ? "online" : "offline", node.online ? " online" : " OFFLINE");
        String active = node.running.isEmpty() ? ")" : ", with active resources)";
        if (node.failStandby) {
            HtmlOutput.span(item, "standby", " (in standby due to on-fail" + active);
        } else if (node.standby) {
            HtmlOutput.span(item, "standby", " (in standby" + active);
        }
        if (node.maintenance) {
            HtmlOutput.span(item, "maint", " (in maintenance mode)");
        }
        int health = NodeLists.health(cluster, node);
        if (health < 0) {
            HtmlOutput.span(item, "health_red", " (health is RED)");
        } else if (health == 0) {
            HtmlOutput.span(item, "health_yellow", " (health is YELLOW)");
        }
        String featureSet = view.shows(Show.FEATURE_SET) ? NodeLists.featureSet(node) : null;
        if (featureSet != null) {
            HtmlOutput.span(item, null, ", feature set " + featureSet);
        }
    }

    void attributes() {
        boolean open = false;
        for (Node node : cluster.nodes) {
            if (!node.online
                    || AttributeList.shown(node).isEmpty()
                    || !view.nodes().shows(node.name)) {
                continue;
            }
            if (!open) {
                lists.begin("Node Attributes");
                open = true;
            }
            lists.begin(NodeLists.displayName(node, view) + ":");
            AttributeList.shown(node).forEach((name, value) -> attribute(node, name, value));
            lists.end();
        }
        if (open) {
            lists.end();
        }
    }

    private void attribute(Node node, String name, String value) {
        Integer expected = AttributeList.expectedConnectivity(node, node.running, name);
        String text = name + ": " + value;
        if (expected == null) {
            lists.item(text);
            return;
        }
        XmlNode item = out.add("li");
        HtmlOutput.span(item, null, text);
        long actual = org.holdfast.cib.value.IntegerText.valueOf(value, 0);
        if (actual <= 0) {
            HtmlOutput.span(item, "bold", "(connectivity is lost)");
        } else if (actual < expected) {
            HtmlOutput.span(
                    item, "bold", "(connectivity is degraded -- expected " + expected + ")");
        }
    }
}
