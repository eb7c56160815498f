package org.holdfast.scheduler.actions;

import java.util.List;
import org.holdfast.scheduler.actions.NotificationPlan.Entry;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * Notifications: the instances of a clone with {@code notify=true} are told before and after
 * instances start, stop, are promoted or demoted (Pacemaker Administration, "Clone notifications").
 */
public final class Notifications {

    private Notifications() {}

    /** Makes the pseudo actions around starts and stops. */
    static void prepare(Clone clone, Action start, Action running, Action stop, Action stopped) {
        if (clone.startNotifications == null) {
            clone.startNotifications = plan(clone, Tasks.START, start, running);
        }
        if (clone.stopNotifications == null) {
            clone.stopNotifications = plan(clone, Tasks.STOP, stop, stopped);
            if (startPlan(clone) instanceof NotificationPlan starts
                    && stopPlan(clone) instanceof NotificationPlan stops) {
                Orderings.relate(stops.postDone, starts.pre, OrderingFlag.ORDERED);
            }
        }
    }

    static void preparePromotion(Clone clone, Action promote, Action promoted) {
        if (clone.promoteNotifications == null) {
            clone.promoteNotifications = plan(clone, Tasks.PROMOTE, promote, promoted);
        }
    }

    static void prepareDemotion(Clone clone, Action demote, Action demoted) {
        if (clone.demoteNotifications != null) {
            return;
        }
        NotificationPlan demotes = plan(clone, Tasks.DEMOTE, demote, demoted);
        clone.demoteNotifications = demotes;
        if (demotes != null
                && clone.promoteNotifications instanceof NotificationPlan promotes
                && startPlan(clone) instanceof NotificationPlan starts
                && stopPlan(clone) instanceof NotificationPlan stops) {
            Orderings.relate(stops.postDone, promotes.pre, OrderingFlag.ORDERED);
            Orderings.relate(starts.postDone, promotes.pre, OrderingFlag.ORDERED);
            Orderings.relate(demotes.postDone, promotes.pre, OrderingFlag.ORDERED);
            Orderings.relate(demotes.postDone, starts.pre, OrderingFlag.ORDERED);
            Orderings.relate(demotes.postDone, stops.pre, OrderingFlag.ORDERED);
        }
    }

    private static @Nullable Object startPlan(Clone clone) {
        return clone.startNotifications;
    }

    private static @Nullable Object stopPlan(Clone clone) {
        return clone.stopNotifications;
    }

    /** Makes the notifications of a clone; to be called when all flags are final. */
    public static void create(Clone clone) {
        create(clone, clone.startNotifications);
        create(clone, clone.stopNotifications);
        create(clone, clone.promoteNotifications);
        create(clone, clone.demoteNotifications);
        clone.startNotifications = null;
        clone.stopNotifications = null;
        clone.promoteNotifications = null;
        clone.demoteNotifications = null;
    }

    private static void create(Clone clone, @Nullable Object prepared) {
        if (prepared instanceof NotificationPlan plan) {
            collect(clone, true, plan);
            NotificationValues.fill(clone, plan);
            createFor(clone, plan);
        }
    }

    /** Tells the other instances of a stop that is done by fencing. */
    public static void createAfterFencing(Action stop, Resource resource, Action fencing) {
        NotificationPlan plan = plan(resource, Tasks.STOP, null, fencing);
        if (plan != null && stop.node != null) {
            collect(resource, false, plan);
            plan.values.put("notify_stop_resource", resource.id);
            plan.values.put("notify_stop_uname", stop.node.name);
            createFor(resource.top(false), plan);
        }
    }

    private static @Nullable NotificationPlan plan(
            Resource resource, String task, @Nullable Action action, @Nullable Action complete) {
        if (!resource.is(ResourceFlag.NOTIFY)) {
            return null;
        }
        NotificationPlan plan = new NotificationPlan(task);
        if (action != null) {
            Action pre = pseudo(resource, action, task, Tasks.NOTIFY, "pre", "pre");
            Action done = pseudo(resource, action, task, Tasks.NOTIFIED, "confirmed-pre", "pre");
            pre.set(ActionFlag.RUNNABLE);
            done.set(ActionFlag.RUNNABLE);
            Orderings.relate(pre, done, OrderingFlag.ORDERED);
            Orderings.relate(done, action, OrderingFlag.ORDERED);
            plan.pre = pre;
            plan.preDone = done;
        }
        if (complete != null) {
            Action post = pseudo(resource, complete, task, Tasks.NOTIFY, "post", "post");
            Action done =
                    pseudo(resource, complete, task, Tasks.NOTIFIED, "confirmed-post", "post");
            post.priority = Score.INFINITY;
            done.priority = Score.INFINITY;
            if (complete.isRunnable()) {
                post.set(ActionFlag.RUNNABLE);
                done.set(ActionFlag.RUNNABLE);
            } else {
                post.clear(ActionFlag.RUNNABLE);
                done.clear(ActionFlag.RUNNABLE);
            }
            Orderings.relate(complete, post, OrderingFlag.FIRST_IMPLIES_THEN);
            Orderings.relate(post, done, OrderingFlag.FIRST_IMPLIES_THEN);
            plan.post = post;
            plan.postDone = done;
        }
        if (action != null && complete != null) {
            Orderings.relate(plan.preDone, plan.post, OrderingFlag.ORDERED);
        }
        return plan;
    }

    private static void note(Action action, Resource resource, Action around) {
        ReasonSink sink = resource.cluster.reasonSink;
        if (sink.wanted() && !action.isOptional()) {
            sink.action(
                    action, ActionReason.Effect.REQUIRED, new ActionReason.Notification(around));
        }
    }

    private static Action pseudo(
            Resource resource,
            Action around,
            String task,
            String kind,
            String keyType,
            String type) {
        String key = OpKey.notification(resource.id, keyType, around.task);
        Action action = ActionFactory.create(resource, key, kind, null, around.isOptional());
        note(action, resource, around);
        action.set(ActionFlag.PSEUDO);
        action.meta.put("notify_key_type", keyType);
        action.meta.put("notify_key_operation", around.task);
        action.meta.put("notify_type", type);
        action.meta.put("notify_operation", task);
        return action;
    }

    private static void collect(Resource resource, boolean withActions, NotificationPlan plan) {
        if (plan.allowedNodes == null) {
            plan.allowedNodes = resource.allowed;
        }
        if (!resource.children.isEmpty()) {
            for (Resource child : resource.children) {
                collect(child, withActions, plan);
            }
            return;
        }
        Node node = resource.active.isEmpty() ? null : resource.active.getFirst();
        Entry entry = new Entry(resource, node);
        switch (resource.role) {
            case STOPPED -> plan.inactive.add(entry);
            case STARTED -> plan.active.add(entry);
            case UNPROMOTED -> {
                plan.unpromoted.add(entry);
                plan.active.add(entry);
            }
            case PROMOTED -> {
                plan.promoted.add(entry);
                plan.active.add(entry);
            }
            case UNKNOWN -> resource.cluster.error("Role of " + resource + " is not known");
        }
        if (withActions) {
            collectActions(resource, plan);
        }
    }

    private static void collectActions(Resource resource, NotificationPlan plan) {
        for (Action action : resource.actions.reversed()) {
            Node node = action.node;
            if (action.isOptional() || node == null) {
                continue;
            }
            boolean stop = action.task.equals(Tasks.STOP);
            if (!action.isRunnable() && !(stop && node.unclean)) {
                continue;
            }
            Entry entry = new Entry(resource, node);
            switch (action.task) {
                case Tasks.START -> plan.start.add(entry);
                case Tasks.STOP -> plan.stop.add(entry);
                case Tasks.PROMOTE -> plan.promote.add(entry);
                case Tasks.DEMOTE -> plan.demote.add(entry);
                default -> {
                    // Instances are not told of anything else.
                }
            }
        }
    }

    private static void createFor(Resource resource, NotificationPlan plan) {
        if (!resource.children.isEmpty()) {
            for (Resource child : resource.children) {
                createFor(child, plan);
            }
            return;
        }
        for (Action action : resource.actions.reversed()) {
            if (!action.isOptional() && action.node != null && isNotified(action.task)) {
                action.meta.putAll(plan.values);
            }
        }
        if (isUnneeded(plan)) {
            return;
        }
        boolean down = plan.task.equals(Tasks.STOP) || plan.task.equals(Tasks.DEMOTE);
        if (down && resource.role != Role.STOPPED) {
            createBeforeAndAfterDown(resource, plan);
        }
        if (!down && resource.nextRole != Role.STOPPED) {
            createBeforeAndAfterUp(resource, plan);
        }
    }

    private static boolean isNotified(String task) {
        return switch (task) {
            case Tasks.START, Tasks.STOP, Tasks.PROMOTE, Tasks.DEMOTE -> true;
            default -> false;
        };
    }

    /** Stops may be implied by fencing, so that their notifications are always made. */
    private static boolean isUnneeded(NotificationPlan plan) {
        List<Entry> concerned =
                switch (plan.task) {
                    case Tasks.START -> plan.start;
                    case Tasks.PROMOTE -> plan.promote;
                    case Tasks.DEMOTE -> plan.demote;
                    default -> List.of();
                };
        return concerned.isEmpty() && !plan.task.equals(Tasks.STOP);
    }

    private static void createBeforeAndAfterDown(Resource resource, NotificationPlan plan) {
        Action stop = ActionSearch.newest(resource, Tasks.STOP, null);
        for (Node node : resource.active) {
            if (stop != null && stop.isPseudo() && (node.unclean || node.remoteReset)) {
                continue; // Nobody is there to be told.
            }
            notification(resource, node, plan.pre, plan.preDone, plan);
            if (plan.task.equals(Tasks.DEMOTE) || stop == null || stop.isOptional()) {
                afterwards(resource, node, plan);
            }
        }
    }

    private static void createBeforeAndAfterUp(Resource resource, NotificationPlan plan) {
        Action start = ActionSearch.newest(resource, Tasks.START, null);
        if (start != null && start.node != null && start.node.remote != null) {
            Action connect = ActionSearch.newest(start.node.remote, Tasks.START, null);
            if (connect != null && !connect.isRunnable()) {
                return;
            }
        }
        Node node = resource.assignedNode();
        if (node == null) {
            return;
        }
        if (!plan.task.equals(Tasks.START) || start == null || start.isOptional()) {
            notification(resource, node, plan.pre, plan.preDone, plan);
        }
        afterwards(resource, node, plan);
    }

    private static @Nullable Action notification(
            Resource resource,
            Node node,
            @Nullable Action begin,
            @Nullable Action done,
            NotificationPlan plan) {
        if (begin == null || done == null || !node.online || !begin.isRunnable()) {
            return null;
        }
        String key =
                OpKey.notification(
                        resource.id,
                        String.valueOf(begin.meta.get("notify_type")),
                        String.valueOf(begin.meta.get("notify_operation")));
        Action action = ActionFactory.create(resource, key, begin.task, node, begin.isOptional());
        note(action, resource, begin);
        begin.meta.forEach(action.meta::putIfAbsent);
        action.meta.putAll(plan.values);
        Orderings.relate(begin, action, OrderingFlag.ORDERED);
        Orderings.relate(action, done, OrderingFlag.ORDERED);
        return action;
    }

    /** Recurring operations begin when all instances have been told. */
    private static void afterwards(Resource resource, Node node, NotificationPlan plan) {
        Action action = notification(resource, node, plan.post, plan.postDone, plan);
        if (action != null) {
            action.priority = Score.INFINITY;
        }
        if (plan.postDone == null) {
            return;
        }
        for (Action monitor : resource.actions.reversed()) {
            String interval = monitor.meta.get("interval");
            if (interval != null && !interval.equals("0") && !monitor.task.equals(Tasks.CANCEL)) {
                Orderings.relate(plan.postDone, monitor, OrderingFlag.ORDERED);
            }
        }
    }
}
