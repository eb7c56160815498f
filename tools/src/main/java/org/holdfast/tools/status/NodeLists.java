package org.holdfast.tools.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.tools.status.StatusView.Show;
import org.jspecify.annotations.Nullable;

/** Shows nodes: healthy ones as lists of names, others one by one. */
public final class NodeLists {

    private final StatusLists out;
    private final ResourceLists resources;

    public NodeLists(StatusLists out) {
        this.out = out;
        this.resources = new ResourceLists(out);
    }

    /** Shows the node list; whether there was any node to show. */
    public boolean show(Cluster cluster, StatusView view, boolean spacer) {
        OpenList list = new OpenList(out, spacer);
        List<String> online = new ArrayList<>();
        List<String> offline = new ArrayList<>();
        List<String> remoteOnline = new ArrayList<>();
        List<String> remoteOffline = new ArrayList<>();
        List<String> guestOnline = new ArrayList<>();
        for (Node node : cluster.nodes) {
            if (!view.nodes().shows(node.name)) {
                continue;
            }
            list.begin("Node List");
            if (needsOwnLine(cluster, node, view)) {
                showNode(cluster, node, view);
            } else if (node.online) {
                List<String> names = online;
                if (node.isGuest()) {
                    names = guestOnline;
                } else if (node.isRemote()) {
                    names = remoteOnline;
                }
                names.add(displayName(node, view));
            } else if (node.isRemote()) {
                remoteOffline.add(displayName(node, view));
            } else if (!node.isGuest()) {
                offline.add(displayName(node, view));
            }
        }
        showNames("Online", online);
        showNames("OFFLINE", offline);
        showNames("RemoteOnline", remoteOnline);
        showNames("RemoteOFFLINE", remoteOffline);
        showNames("GuestOnline", guestOnline);
        return list.end();
    }

    private static boolean needsOwnLine(Cluster cluster, Node node, StatusView view) {
        return node.unclean
                || node.pending
                || (node.failStandby && node.online)
                || node.standby
                || node.maintenance
                || view.shows(Show.BY_NODE)
                || view.shows(Show.FEATURE_SET)
                || health(cluster, node) <= 0;
    }

    private void showNames(String title, List<String> names) {
        if (!names.isEmpty()) {
            out.item(title, "[ " + String.join(" ", names) + " ]");
        }
    }

    /** A node with its state, and its resources if they are shown by node. */
    private void showNode(Cluster cluster, Node node, StatusView view) {
        StringBuilder line = new StringBuilder();
        if (node.isGuest()) {
            line.append("GuestNode");
        } else if (node.isRemote()) {
            line.append("RemoteNode");
        } else {
            line.append("Node");
        }
        line.append(' ').append(displayName(node, view)).append(": ").append(state(node));
        int health = health(cluster, node);
        if (health < 0) {
            line.append(" (health is RED)");
        } else if (health == 0) {
            line.append(" (health is YELLOW)");
        }
        String featureSet = view.shows(Show.FEATURE_SET) ? featureSet(node) : null;
        if (featureSet != null) {
            line.append(", feature set ").append(featureSet);
        }
        if (!view.shows(Show.BY_NODE)) {
            out.item(line.toString());
        } else if (view.shows(Show.BRIEF)) {
            BriefList brief = BriefList.of(node.running, view.resources());
            if (!brief.isEmpty()) {
                out.begin(line.toString());
                out.begin("Resources");
                brief.show(out, view.with(Show.RESOURCE_ONLY).without(Show.INACTIVE));
                out.end();
                out.end();
            }
        } else {
            out.begin(line.toString());
            out.begin("Resources");
            for (Resource resource : node.running) {
                resources.show(resource, view.with(Show.RESOURCE_ONLY));
            }
            out.end();
            out.end();
        }
    }

    /** The name, with details a guest's host and an id that differs from the name. */
    public static String displayName(Node node, StatusView view) {
        if (!view.shows(Show.NODE_IDS)) {
            return node.name;
        }
        StringBuilder name = new StringBuilder(node.name);
        if (node.isGuest() && node.remote != null && node.remote.launcher != null) {
            Node host = node.remote.launcher.activeNode();
            name.append('@').append(host == null ? "" : host.name);
        }
        if (!node.name.equalsIgnoreCase(node.id)) {
            name.append(" (").append(node.id).append(')');
        }
        return name.toString();
    }

    /** The feature set of a cluster node that is up; null for others. */
    public static @Nullable String featureSet(Node node) {
        if (!node.online || !node.expectedUp || node.isPacemakerRemote()) {
            return null;
        }
        String set = node.attribute("#feature-set");
        return set == null ? "<3.15.1" : set;
    }

    /** A node's state in words. */
    public static String state(Node node) {
        if (node.unclean) {
            if (node.online) {
                return "UNCLEAN (online)";
            }
            return node.pending ? "UNCLEAN (pending)" : "UNCLEAN (offline)";
        }
        if (node.pending) {
            return "pending";
        }
        if (node.failStandby && node.online) {
            return "standby (on-fail)";
        }
        if (node.standby) {
            if (!node.online) {
                return "OFFLINE (standby)";
            }
            return node.running.isEmpty() ? "standby" : "standby (with active resources)";
        }
        if (node.maintenance) {
            return node.online ? "maintenance" : "OFFLINE (maintenance)";
        }
        return node.online ? "online" : "OFFLINE";
    }

    /** A node's health: positive for green, 0 for yellow, negative for red. */
    public static int health(Cluster cluster, Node node) {
        if (cluster.options.nodeHealthStrategy().equals("none")) {
            return 1;
        }
        int health = 1;
        for (Map.Entry<String, String> attribute : node.attributes.entrySet()) {
            if (!attribute.getKey().startsWith("#health")) {
                continue;
            }
            String value = attribute.getValue();
            if (value.equalsIgnoreCase("red")) {
                return -1;
            }
            if (value.equalsIgnoreCase("yellow")) {
                health = 0;
                continue;
            }
            int score = cluster.score(value, 0);
            if (score <= cluster.redScore) {
                return -1;
            }
            if (score <= cluster.yellowScore && cluster.yellowScore != cluster.greenScore) {
                health = 0;
            }
        }
        return health;
    }
}
