package org.holdfast.scheduler.actions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.holdfast.scheduler.actions.NotificationPlan.Entry;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.NaturalOrder;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.operations.OpTargets;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * What agents learn from a notification: which instances are where, and what will be done where.
 */
final class NotificationValues {

    /** An empty list, as agents know it. */
    private static final String NOTHING = " ";

    private NotificationValues() {}

    static void fill(Resource clone, NotificationPlan plan) {
        boolean required = !isEmpty(plan.stop) && plan.task.equals(Tasks.STOP);
        required |= !plan.start.isEmpty() && plan.task.equals(Tasks.START);
        required |= !plan.demote.isEmpty() && plan.task.equals(Tasks.DEMOTE);
        required |= !plan.promote.isEmpty() && plan.task.equals(Tasks.PROMOTE);
        put(plan, plan.stop, "stop");
        put(plan, plan.start, "start");
        put(plan, plan.demote, "demote");
        put(plan, plan.promote, "promote");
        put(plan, plan.active, "active");
        put(plan, plan.unpromoted, "unpromoted", "slave");
        put(plan, plan.promoted, "promoted", "master");
        plan.values.put("notify_inactive_resource", resources(plan.inactive, false));
        plan.values.put("notify_available_uname", names(available(plan)));
        if ("host".equals(clone.meta("container-attribute-target"))) {
            plan.values.put("notify_all_hosts", names(hosts(clone.cluster.nodes)));
        }
        plan.values.put("notify_all_uname", names(clone.cluster.nodes));
        if (required) {
            require(plan.pre);
            require(plan.preDone);
            require(plan.post);
            require(plan.postDone);
        }
    }

    private static void require(@Nullable Action action) {
        if (action != null) {
            action.clear(ActionFlag.OPTIONAL);
        }
    }

    private static void put(NotificationPlan plan, List<Entry> entries, String... labels) {
        Collections.sort(entries);
        String resources = resources(entries, true);
        String nodes = nodes(entries);
        for (String label : labels) {
            plan.values.put("notify_" + label + "_resource", resources);
            plan.values.put("notify_" + label + "_uname", nodes);
        }
    }

    private static boolean isEmpty(List<Entry> entries) {
        return entries.stream().noneMatch(entry -> entry.node() != null);
    }

    private static String resources(List<Entry> entries, boolean onNodesOnly) {
        List<String> words = new ArrayList<>();
        for (Entry entry : firstOfEach(entries, onNodesOnly)) {
            words.add(entry.resource().id);
        }
        return words.isEmpty() ? NOTHING : String.join(" ", words);
    }

    private static String nodes(List<Entry> entries) {
        List<String> words = new ArrayList<>();
        for (Entry entry : firstOfEach(entries, true)) {
            if (entry.node() != null) {
                words.add(entry.node().name);
            }
        }
        return words.isEmpty() ? NOTHING : String.join(" ", words);
    }

    /** One entry an instance, in their order. */
    private static List<Entry> firstOfEach(List<Entry> entries, boolean onNodesOnly) {
        Collections.sort(entries);
        List<Entry> kept = new ArrayList<>();
        for (Entry entry : entries) {
            boolean repeated =
                    !kept.isEmpty() && kept.getLast().resource().id.equals(entry.resource().id);
            if (!repeated && (entry.node() != null || !onNodesOnly)) {
                kept.add(entry);
            }
        }
        return kept;
    }

    private static List<Node> available(NotificationPlan plan) {
        List<Node> nodes = new ArrayList<>();
        if (plan.allowedNodes != null) {
            for (ScoredNode node : plan.allowedNodes) {
                nodes.add(node.node);
            }
        }
        nodes.sort((a, b) -> NaturalOrder.compare(a.name, b.name));
        return nodes;
    }

    /** Guest nodes count as the host where they are now. */
    private static List<Node> hosts(List<Node> nodes) {
        List<Node> hosts = new ArrayList<>();
        for (Node node : nodes) {
            Resource launcher = OpTargets.launcherOf(node);
            Node host = launcher == null ? null : launcher.activeNode();
            hosts.add(host == null ? node : host);
        }
        return hosts;
    }

    private static String names(List<Node> nodes) {
        List<String> words = new ArrayList<>();
        for (Node node : nodes) {
            words.add(node.name);
        }
        return words.isEmpty() ? NOTHING : String.join(" ", words);
    }
}
