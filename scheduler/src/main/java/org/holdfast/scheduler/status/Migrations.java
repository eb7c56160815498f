package org.holdfast.scheduler.status;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.EntryOrder;
import org.holdfast.scheduler.history.Execution;
import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * Where a resource is after a live migration that was begun. A whole one is migrate_to on the
 * source, migrate_from on the target, stop on the source. Without the migrate_from it is partial,
 * without the stop dangling; and any node's history can have been erased in between.
 */
final class Migrations {

    private final OperationEntry entry;
    private final Resource resource;
    private final Cluster cluster;
    private final String source;
    private final String target;

    private Migrations(OperationEntry entry, String source, String target) {
        this.entry = entry;
        this.resource = entry.resource;
        this.cluster = entry.cluster;
        this.source = source;
        this.target = target;
    }

    private static @Nullable Migrations of(OperationEntry entry, boolean onSource) {
        String source = entry.xml.get("migrate_source");
        String target = entry.xml.get("migrate_target");
        if (source == null || target == null) {
            entry.cluster.configError(
                    "Ignoring resource history entry "
                            + entry.id
                            + " without migrate_source and migrate_target");
            return null;
        }
        String here = onSource ? source : target;
        if (!here.equalsIgnoreCase(entry.node.name)) {
            entry.cluster.configError(
                    "Ignoring resource history entry "
                            + entry.id
                            + " because '"
                            + here
                            + "' does not match "
                            + entry.node.name);
            return null;
        }
        return new Migrations(entry, source, target);
    }

    static void migrateToSucceeded(OperationEntry entry) {
        Migrations migration = of(entry, true);
        if (migration != null) {
            migration.migrateToSucceeded();
        }
    }

    static void migrateToFailed(OperationEntry entry) {
        Migrations migration = of(entry, true);
        if (migration != null) {
            migration.migrateToFailed();
        }
    }

    static void migrateFromFailed(OperationEntry entry) {
        Migrations migration = of(entry, false);
        if (migration != null) {
            migration.migrateFromFailed();
        }
    }

    private void migrateToSucceeded() {
        boolean newerOnSource = hasNewerAction(source, entry.xml);
        Element from = find(Tasks.MIGRATE_FROM, target, "migrate_source", source, -1);
        int fromExit = ExitStatus.OK;
        int fromExecution = Execution.PENDING;
        if (from != null) {
            if (newerOnSource) {
                return;
            }
            fromExit = Entries.exitStatus(from, fromExit);
            fromExecution = Entries.execution(from);
        }
        boolean newerOnTarget = hasNewerState(target, entry.xml, from);
        if (newerOnSource && newerOnTarget) {
            return;
        }
        if (fromExit == ExitStatus.OK && fromExecution == Execution.DONE) {
            resource.role = Role.STOPPED;
            resource.danglingMigrationSources.addFirst(entry.node);
            return;
        }
        resource.role = Role.STARTED;
        Node targetNode = cluster.nodeNamed(target);
        boolean targetOnline = targetNode != null && targetNode.online;
        if (fromExecution != Execution.PENDING) {
            if (targetNode != null && targetOnline && !newerOnTarget) {
                ActiveResources.add(resource, targetNode, true);
            } else {
                requireRecovery();
            }
            return;
        }
        if (targetOnline && isUnknownOn(target)) {
            return; // It was cleaned up and will be probed.
        }
        if (targetNode != null && targetOnline && !newerOnTarget) {
            ActiveResources.add(resource, targetNode, false);
            Node sourceNode = cluster.nodeNamed(source);
            if (sourceNode != null && sourceNode.online) {
                resource.partialMigrationTarget = targetNode;
                resource.partialMigrationSource = sourceNode;
            }
        } else if (!newerOnSource) {
            requireRecovery();
        }
    }

    private void requireRecovery() {
        ResourceStates.fail(resource);
        resource.clear(ResourceFlag.MIGRATABLE);
    }

    private void migrateToFailed() {
        resource.role = Role.STARTED;
        Element from = find(Tasks.MIGRATE_FROM, target, "migrate_source", source, ExitStatus.OK);
        if (!isUnknownOn(target) && !hasNewerState(target, entry.xml, from)) {
            Node targetNode = cluster.nodeNamed(target);
            if (targetNode != null && targetNode.online) {
                ActiveResources.add(resource, targetNode, false);
            }
        } else if (!hasNewerAction(source, entry.xml)) {
            resource.danglingMigrationSources.addFirst(entry.node);
        }
    }

    private void migrateFromFailed() {
        resource.role = Role.STARTED;
        Element to = find(Tasks.MIGRATE_TO, source, "migrate_target", target, ExitStatus.OK);
        if (!isUnknownOn(source) && !hasNewerState(source, to, entry.xml)) {
            Node sourceNode = cluster.nodeNamed(source);
            if (sourceNode != null && sourceNode.online) {
                ActiveResources.add(resource, sourceNode, true);
            }
        }
    }

    /** The first entry of a task on a node, if it ended as wanted (-1 for however). */
    private @Nullable Element find(
            String task,
            String node,
            @Nullable String attribute,
            @Nullable String value,
            int exit) {
        for (Element candidate : cluster.history.operations(node, resource.id)) {
            if (task.equals(candidate.get("operation"))
                    && (attribute == null || candidate.getOr(attribute, "").equals(value))) {
                boolean wanted =
                        exit < 0
                                || (Entries.exitStatus(candidate, 1) == exit
                                        && Entries.execution(candidate) == Execution.DONE);
                return wanted ? candidate : null;
            }
        }
        return null;
    }

    /** No history on a node says anything. */
    private boolean isUnknownOn(String node) {
        for (Element candidate : cluster.history.operations(node, resource.id)) {
            if (candidate.has("rc-code")
                    && Entries.exitStatus(candidate, ExitStatus.UNKNOWN) != ExitStatus.UNKNOWN) {
                return false;
            }
        }
        return true;
    }

    private boolean hasNewerAction(String node, @Nullable Element than) {
        if (than == null) {
            return false;
        }
        for (Element candidate : cluster.history.operations(node, resource.id)) {
            if (candidate == than) {
                continue;
            }
            switch (candidate.getOr("operation", "")) {
                case Tasks.START, Tasks.STOP, Tasks.MIGRATE_TO, Tasks.MIGRATE_FROM -> {
                    if (EntryOrder.compare(cluster, candidate, than) > 0) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    private boolean hasNewerState(String node, @Nullable Element to, @Nullable Element from) {
        Element than = from == null ? to : from;
        if (than == null) {
            return false;
        }
        // Call ids of one node are the most reliable to compare.
        if (than != to && to != null && node.equalsIgnoreCase(than.get("migrate_source"))) {
            than = to;
        }
        if (hasNewerAction(node, than)) {
            return true;
        }
        Element monitor = find(Tasks.MONITOR, node, null, null, ExitStatus.NOT_RUNNING);
        return monitor != null && EntryOrder.compare(cluster, monitor, than) > 0;
    }
}
