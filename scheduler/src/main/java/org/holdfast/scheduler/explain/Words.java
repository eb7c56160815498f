package org.holdfast.scheduler.explain;

import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.CibTime;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.ReadableInterval;
import org.holdfast.scheduler.operations.Tasks;

/** Names of actions and moments in plain English. */
final class Words {

    private Words() {}

    /** A moment in UTC, to the second. */
    static String moment(long epochSeconds) {
        CibTime time = CibTime.ofEpoch(epochSeconds, 0);
        long ofDay = Math.floorMod(epochSeconds, 86_400L);
        java.time.LocalDate date =
                java.time.LocalDate.ofEpochDay(Math.floorDiv(time.epochSeconds(), 86_400L));
        return "%s %02d:%02d:%02d UTC".formatted(date, ofDay / 3600, ofDay / 60 % 60, ofDay % 60);
    }

    /** A history entry's operation: {@code monitor (every 10s)}. */
    static String operation(Element entry) {
        return operation(entry.getOr("operation", "operation"), Entries.interval(entry));
    }

    static String operation(String task, long intervalMillis) {
        if (intervalMillis > 0) {
            return task + " (every " + ReadableInterval.of(intervalMillis) + ")";
        }
        return task.equals(Tasks.MONITOR) ? "probe" : task;
    }

    /** How a history entry ended: {@code Not running (7), "exit reason"}. */
    static String result(Element entry) {
        int status = Entries.exitStatus(entry, 0);
        String reason = entry.getOr("exit-reason", "");
        return ExitStatus.text(status)
                + " ("
                + status
                + ")"
                + (reason.isEmpty() ? "" : ", \"" + reason + "\"");
    }

    /** When a history entry's result came about, with "at"; empty if unknown. */
    static String when(Element entry) {
        long changed = Entries.lastChange(entry);
        return changed <= 0 ? "" : " at " + moment(changed);
    }

    /** What an action does to whom: {@code the start of vip on n1}. */
    static String action(Action action) {
        String where = action.node == null ? "" : " on " + action.node.name;
        Resource resource = action.resource;
        if (resource == null) {
            return switch (action.task) {
                case Tasks.STONITH ->
                        ("on".equals(action.meta.get("stonith_action"))
                                        ? "the unfencing of "
                                        : "the fencing of ")
                                + action.meta.getOrDefault("on_node", where);
                case Tasks.DO_SHUTDOWN -> "the shutdown" + where.replace(" on ", " of ");
                default ->
                        action.key.startsWith(Tasks.LOAD_STOPPED)
                                ? "room being made" + where
                                : action.key.startsWith(Tasks.ONE_OR_MORE)
                                                || action.key.startsWith(Tasks.CLONE_ONE_OR_MORE)
                                        ? "enough instances being active"
                                        : action.key + where;
            };
        }
        long interval = OpKey.intervalOf(action.key);
        return switch (action.task) {
            case Tasks.RUNNING -> "the start of " + resource.id;
            case Tasks.STOPPED -> "the stop of " + resource.id;
            case Tasks.PROMOTED, Tasks.PROMOTE -> "the promotion of " + resource.id + where;
            case Tasks.DEMOTED, Tasks.DEMOTE -> "the demotion of " + resource.id + where;
            case Tasks.MIGRATE_TO, Tasks.MIGRATE_FROM -> "the migration of " + resource.id + where;
            case Tasks.NOTIFY, Tasks.NOTIFIED -> "the notification of " + resource.id + where;
            case Tasks.MONITOR ->
                    "the " + operation(action.task, interval) + " of " + resource.id + where;
            default -> "the " + action.task + " of " + resource.id + where;
        };
    }

    /** What an instance is doing in a role. */
    static String state(Role role) {
        return switch (role) {
            case UNKNOWN -> "unknown";
            case STOPPED -> "stopped";
            case STARTED -> "running";
            case UNPROMOTED -> "unpromoted";
            case PROMOTED -> "promoted";
        };
    }
}
