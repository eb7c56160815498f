package org.holdfast.scheduler.status;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.OnFail;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.Tasks;

/** The role that a successful operation leads to, and the failures that it ends. */
final class StateUpdates {

    private StateUpdates() {}

    /** Applies an entry as if its operation had ended with an exit status. */
    static void apply(OperationEntry entry, int exitStatus, ResourceProgress progress) {
        if (updateRole(entry, exitStatus, progress)) {
            clearPast(entry.resource, progress);
        }
    }

    /** Whether past failures are over. */
    private static boolean updateRole(
            OperationEntry entry, int exitStatus, ResourceProgress progress) {
        Resource resource = entry.resource;
        if (exitStatus == ExitStatus.NOT_INSTALLED || entry.isMaskedProbe()) {
            resource.role = Role.STOPPED;
            return false;
        }
        if (exitStatus == ExitStatus.NOT_RUNNING) {
            return true;
        }
        switch (entry.task) {
            case Tasks.MONITOR -> {
                if (!resource.role.above(Role.STOPPED)) {
                    setActive(resource);
                }
                Element failure = progress.lastFailure;
                return failure != null && entry.key.equals(Entries.key(failure));
            }
            case Tasks.START, Tasks.MIGRATE_FROM -> resource.role = Role.STARTED;
            case Tasks.STOP -> resource.role = Role.STOPPED;
            case Tasks.PROMOTE -> resource.role = Role.PROMOTED;
            case Tasks.DEMOTE -> {
                resource.role = Role.UNPROMOTED;
                return progress.onFail == OnFail.DEMOTE;
            }
            case Tasks.MIGRATE_TO -> {
                Migrations.migrateToSucceeded(entry);
                return false;
            }
            default -> {
                if (!resource.role.above(Role.STOPPED)) {
                    setActive(resource);
                }
                return false;
            }
        }
        return true;
    }

    private static void clearPast(Resource resource, ResourceProgress progress) {
        switch (progress.onFail) {
            case STOP, BAN, STANDBY_NODE, FENCE_NODE -> {}
            case BLOCK, IGNORE, DEMOTE, RESTART, RESTART_CONTAINER -> {
                progress.onFail = OnFail.IGNORE;
                resource.nextRole = Role.UNKNOWN;
            }
            case RESET_REMOTE -> {
                // With a reconnect interval the failure itself must be cleared first.
                if (resource.remoteReconnectMillis == 0) {
                    progress.onFail = OnFail.IGNORE;
                    resource.nextRole = Role.UNKNOWN;
                }
            }
        }
    }

    /** Active, in the role in which instances come up. */
    static void setActive(Resource resource) {
        resource.role =
                resource.top(false).is(ResourceFlag.PROMOTABLE) ? Role.UNPROMOTED : Role.STARTED;
    }
}
