package org.holdfast.scheduler.status;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.EntryOrder;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.HistoryIndex;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.sorting.MergeSort;
import org.holdfast.scheduler.unpack.TargetRoles;
import org.jspecify.annotations.Nullable;

/** Reads the operation history of one node. */
final class HistoryReader {

    private final Cluster cluster;
    private final HistoryOwners owners;

    HistoryReader(Cluster cluster) {
        this.cluster = cluster;
        this.owners = new HistoryOwners(cluster);
    }

    void read(Node node, Element state) {
        List<Element> histories = HistoryIndex.resources(state);
        boolean removedLaunched = false;
        for (Element history : histories) {
            Resource resource = readResource(node, history);
            removedLaunched |= resource != null && resource.is(ResourceFlag.REMOVED_LAUNCHED);
        }
        if (removedLaunched) {
            owners.linkLaunchers(histories);
        }
    }

    private @Nullable Resource readResource(Node node, Element history) {
        String id = history.get("id");
        if (id == null) {
            cluster.configError("Ignoring invalid lrm_resource entry: No id");
            return null;
        }
        List<Element> entries = new ArrayList<>(history.elements("lrm_rsc_op"));
        boolean locks = cluster.options.shutdownLock();
        if (entries.isEmpty() && !locks) {
            return null;
        }
        Resource resource = owners.find(node, id);
        if (resource == null) {
            if (entries.isEmpty()) {
                return null;
            }
            resource = owners.addRemoved(history, id);
            if (resource == null) {
                return null;
            }
        }
        if (locks) {
            readShutdownLock(history, resource, node);
        }
        Role before = resource.role;
        resource.role = Role.UNKNOWN;
        Collections.reverse(entries);
        MergeSort.sort(entries, (one, other) -> EntryOrder.compare(cluster, one, other));
        ResourceProgress progress = new ResourceProgress();
        for (Element entry : entries) {
            EntryReader.read(resource, node, entry, progress);
        }
        createRecurring(node, resource, entries);
        ResourceStates.settle(resource, node, progress.onFail);
        limitToTarget(resource);
        if (before.above(resource.role)) {
            resource.role = before;
        }
        return resource;
    }

    private static void limitToTarget(Resource resource) {
        Role target = TargetRoles.of(resource);
        if (target != null
                && (resource.nextRole == Role.UNKNOWN || resource.nextRole.above(target))) {
            resource.nextRole = target;
        }
    }

    /** A resource that was stopped by a clean shutdown of its node waits for it, for a time. */
    private void readShutdownLock(Element history, Resource resource, Node node) {
        long since = Values.number(history.get("shutdown-lock"), 0);
        if (since == 0) {
            return;
        }
        long limitMillis = cluster.options.shutdownLockMillis();
        if (limitMillis > 0 && cluster.now > since + Values.seconds(limitMillis)) {
            ActionFactory.clearHistory(resource, node);
        } else {
            resource.lockNode = node;
            resource.lockTime = since;
        }
    }

    /** Recurring operations that are in force are entered as optional actions. */
    private void createRecurring(Node node, Resource resource, List<Element> entries) {
        if (!node.online) {
            return;
        }
        ActiveSpan span = ActiveSpan.of(entries);
        for (int i = 0; i < entries.size(); i++) {
            Element entry = entries.get(i);
            if ((span.start() < span.stop() && i <= span.stop()) || i < span.start()) {
                continue;
            }
            long interval = Entries.interval(entry);
            if (interval == 0 || entry.getOr("op-status", "").equals("-1")) {
                continue;
            }
            String task = entry.getOr("operation", "");
            ActionFactory.create(resource, OpKey.of(resource.id, task, interval), task, node, true);
        }
    }
}
