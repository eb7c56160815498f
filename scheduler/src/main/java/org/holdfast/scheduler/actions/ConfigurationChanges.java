package org.holdfast.scheduler.actions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.assignment.Availability;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.EntryOrder;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.FenceReason;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.FenceActions;
import org.holdfast.scheduler.operations.ParameterDigests;
import org.holdfast.scheduler.operations.Tasks;
import org.holdfast.scheduler.sorting.MergeSort;
import org.holdfast.scheduler.status.ActiveSpan;

/**
 * Compares the operation history with today's configuration: resources that are gone are cleaned
 * up, another agent or changed parameters lead to a restart or reload, recurring operations that
 * are no longer configured are cancelled.
 */
public final class ConfigurationChanges {

    private final Map<String, List<Resource>> byHistoryId = new LinkedHashMap<>();

    private ConfigurationChanges() {}

    /** Runs the stage. */
    public static void apply(Cluster cluster) {
        ConfigurationChanges changes = new ConfigurationChanges();
        cluster.resources.forEach(changes::index);
        for (Node node : cluster.nodes) {
            if (node.maintenance || Availability.isUp(node)) {
                for (Element history : cluster.history.resourcesOn(node.name)) {
                    changes.compare(history, node);
                }
            }
        }
    }

    private void index(Resource resource) {
        byHistoryId.computeIfAbsent(resource.id, id -> new ArrayList<>(1)).add(resource);
        String historyId = resource.historyId;
        if (historyId != null && !historyId.equals(resource.id)) {
            byHistoryId.computeIfAbsent(historyId, id -> new ArrayList<>(1)).add(resource);
        }
        resource.children.forEach(this::index);
    }

    private void compare(Element history, Node node) {
        if (history.children().isEmpty()) {
            return;
        }
        for (Resource resource : byHistoryId.getOrDefault(history.id(), List.of()).reversed()) {
            if (resource instanceof Primitive primitive) {
                compare(history, primitive, node);
            }
        }
    }

    private static void compare(Element history, Primitive resource, Node node) {
        if (resource.is(ResourceFlag.REMOVED)) {
            boolean anonymous =
                    resource.top(false) instanceof Clone clone && !clone.is(ResourceFlag.UNIQUE);
            if (!anonymous) {
                Cleanup.schedule(resource, node);
            }
            return;
        }
        boolean active = resource.isActiveOn(node);
        if (isOtherAgent(history, resource, node, active)) {
            Cleanup.schedule(resource, node);
        }
        if (!active) {
            return;
        }
        List<Element> entries = new ArrayList<>(history.elements("lrm_rsc_op").reversed());
        MergeSort.sort(entries, (one, other) -> EntryOrder.compare(resource.cluster, one, other));
        ActiveSpan span = ActiveSpan.of(entries);
        if (span.start() < span.stop()) {
            return;
        }
        for (int i = Math.max(0, span.start()); i < entries.size(); i++) {
            compareEntry(entries.get(i), resource, node);
        }
    }

    private static boolean isOtherAgent(
            Element history, Primitive resource, Node node, boolean active) {
        boolean changed = false;
        for (String attribute : new String[] {"type", "class", "provider"}) {
            if (!Objects.equals(resource.xml.get(attribute), history.get(attribute))) {
                changed = true;
                FenceActions.unfence(
                        resource.cluster,
                        resource,
                        node,
                        new FenceReason.DeviceChanged(resource, FenceReason.DeviceChange.AGENT),
                        null);
            }
        }
        if (changed && active) {
            resource.cluster.reasonSink.action(
                    ActionFactory.create(resource, Tasks.STOP, node, false),
                    Effect.REQUIRED,
                    new ActionReason.AgentChanged(history, node));
            resource.set(ResourceFlag.START_PENDING);
        }
        return changed;
    }

    private static void compareEntry(Element entry, Primitive resource, Node node) {
        String task = entry.getOr("operation", "");
        long interval = Entries.interval(entry);
        if (interval > 0 && (resource.is(ResourceFlag.MAINTENANCE) || node.maintenance)) {
            RecurringOperations.cancelRunning(
                    resource,
                    entry.get("call-id"),
                    task,
                    interval,
                    node,
                    new ActionReason.Maintenance(entry, node));
            return;
        }
        if (interval == 0 && !isCompared(task)) {
            return;
        }
        if (ParameterDigests.needsConnectionAddress(resource)) {
            resource.cluster.parameterChecks.add(
                    new Cluster.ParameterCheck(
                            resource, node, entry, Cluster.ParameterCheck.Kind.ACTIVE));
        } else if (ParameterChanges.apply(resource, node, entry)
                && FailCounts.of(resource, node, FailCounts.Mode.EFFECTIVE).count() != 0) {
            resource.cluster.reasonSink.action(
                    ActionFactory.clearFailCount(resource, node),
                    Effect.REQUIRED,
                    new ActionReason.ParametersChanged(
                            entry, node, ActionReason.ChangeEffect.CLEAR_FAILURES));
        }
    }

    private static boolean isCompared(String task) {
        return switch (task) {
            case Tasks.MONITOR, Tasks.START, Tasks.PROMOTE, Tasks.MIGRATE_FROM -> true;
            default -> false;
        };
    }
}
