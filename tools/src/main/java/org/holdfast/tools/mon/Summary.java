package org.holdfast.tools.mon;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.tools.status.NodeLists;
import org.jspecify.annotations.Nullable;

/**
 * Facts of the summary section.
 *
 * @param stack the cluster layer's name
 * @param dcVersion the version of the DC, or null
 * @param mixed whether nodes of different versions are up
 * @param live what a running node adds
 */
record Summary(
        Cluster cluster, String stack, @Nullable String dcVersion, boolean mixed, LiveFacts live) {

    static Summary of(Cluster cluster, LiveFacts live) {
        String stack = property(cluster, "cluster-infrastructure");
        return new Summary(
                cluster,
                stack == null ? "unknown" : stack,
                property(cluster, "dc-version"),
                isMixed(cluster),
                live);
    }

    /**
     * The value of the one name-value pair of a name in the CIB; null if there is none or more than
     * one.
     */
    private static @Nullable String property(Cluster cluster, String name) {
        List<Element> found = new ArrayList<>();
        collect(cluster.cib, name, found);
        return found.size() == 1 ? found.getFirst().get("value") : null;
    }

    private static void collect(Element parent, String name, List<Element> into) {
        for (Element child : parent.elements()) {
            if (child.name().equals("nvpair") && child.getOr("name", "").equals(name)) {
                into.add(child);
            }
            collect(child, name, into);
        }
    }

    private static boolean isMixed(Cluster cluster) {
        String first = null;
        for (Node node : cluster.nodes) {
            String set = NodeLists.featureSet(node);
            if (set != null && first != null && !set.equals(first)) {
                return true;
            }
            first = first == null ? set : first;
        }
        return false;
    }

    boolean hasQuorum() {
        return org.holdfast.cib.value.Booleans.isTrue(cluster.cib.get("have-quorum"));
    }

    /**
     * When, by whom and from where the CIB was changed last; the empty string if that is not known.
     */
    String lastChange() {
        StringBuilder text = new StringBuilder(cluster.cib.getOr("cib-last-written", ""));
        append(text, " by ", cluster.cib.get("update-user"));
        append(text, " via ", cluster.cib.get("update-client"));
        append(text, " on ", cluster.cib.get("update-origin"));
        return text.toString();
    }

    private static void append(StringBuilder text, String word, @Nullable String value) {
        if (value != null) {
            text.append(word).append(value);
        }
    }

    String nodesConfigured() {
        return count(cluster.nodes.size(), "node") + " configured";
    }

    String instancesConfigured() {
        return count(cluster.instanceCount, "resource instance") + " configured";
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    String noQuorumPolicy() {
        return "No quorum policy: "
                + switch (cluster.options.noQuorumPolicy()) {
                    case FREEZE -> "Freeze resources";
                    case STOP -> "Stop ALL resources";
                    case DEMOTE -> "Demote promotable resources and stop all other resources";
                    case IGNORE -> "Ignore";
                    case FENCE -> "Fence nodes in partition";
                };
    }

    String fencing() {
        return "Fencing of failed nodes "
                + (cluster.options.fencingEnabled() ? "enabled" : "disabled");
    }

    String symmetry() {
        return "Cluster is " + (cluster.options.symmetric() ? "symmetric" : "asymmetric");
    }
}
