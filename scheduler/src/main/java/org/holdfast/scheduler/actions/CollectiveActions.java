package org.holdfast.scheduler.actions;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.Tasks;

/**
 * Actions of groups, clones and bundles: those of their parts, and pseudo actions that begin and
 * end what the parts do, for others to be ordered by.
 */
final class CollectiveActions {

    private CollectiveActions() {}

    /** Makes all actions of a resource of any kind. */
    static void create(Resource resource) {
        switch (resource) {
            case Primitive primitive -> PrimitiveActions.create(primitive);
            case Group group -> createForGroup(group);
            case Clone clone -> createForClone(clone);
            case Bundle bundle -> createForBundle(bundle);
        }
    }

    private static void createForGroup(Group group) {
        for (Resource member : group.children) {
            create(member);
        }
        addMilestones(group, Tasks.START, Tasks.RUNNING, Tasks.STOP, Tasks.STOPPED);
        if (Values.isTrue(group.meta("promotable"))) {
            addMilestones(group, Tasks.DEMOTE, Tasks.DEMOTED, Tasks.PROMOTE, Tasks.PROMOTED);
        }
    }

    private static void addMilestones(Group group, String... tasks) {
        for (String task : tasks) {
            ActionFactory.pseudo(group, task, true, true);
        }
    }

    private static void createForClone(Clone clone) {
        InstanceStates states = createForInstances(clone.children);
        Action[] milestones = addMilestones(clone, states);
        Notifications.prepare(clone, milestones[0], milestones[1], milestones[2], milestones[3]);
        if (clone.is(ResourceFlag.PROMOTABLE)) {
            createPromotions(clone);
        }
    }

    private static void createForBundle(Bundle bundle) {
        List<Resource> containers = new ArrayList<>();
        for (Replica replica : bundle.replicas) {
            if (replica.ip != null) {
                create(replica.ip);
            }
            create(replica.containerOf());
            if (replica.remote != null) {
                create(replica.remote);
            }
            containers.add(replica.containerOf());
        }
        addMilestones(bundle, createForInstances(containers));
        Resource contained = bundle.child;
        if (contained != null) {
            create(contained);
            if (contained.is(ResourceFlag.PROMOTABLE)) {
                ActionFactory.pseudo(bundle, Tasks.PROMOTE, true, true);
                ActionFactory.pseudo(bundle, Tasks.PROMOTED, true, true).priority = Score.INFINITY;
                ActionFactory.pseudo(bundle, Tasks.DEMOTE, true, true);
                ActionFactory.pseudo(bundle, Tasks.DEMOTED, true, true).priority = Score.INFINITY;
            }
        }
    }

    private static InstanceStates createForInstances(List<Resource> instances) {
        InstanceStates states = new InstanceStates();
        for (Resource instance : instances) {
            create(instance);
            states.add(instance);
        }
        return states;
    }

    /** Start, running, stop and stopped of a clone or bundle. */
    private static Action[] addMilestones(Resource collective, InstanceStates states) {
        Action start = ActionFactory.pseudo(collective, Tasks.START, !states.starting, true);
        Action running = ActionFactory.pseudo(collective, Tasks.RUNNING, !states.starting, false);
        running.priority = Score.INFINITY;
        noteParts(collective, states.starting, start, running);
        if (states.active || states.starting) {
            running.set(ActionFlag.RUNNABLE);
        }
        Action stop = ActionFactory.pseudo(collective, Tasks.STOP, !states.stopping, true);
        Action stopped = ActionFactory.pseudo(collective, Tasks.STOPPED, !states.stopping, true);
        stopped.priority = Score.INFINITY;
        noteParts(collective, states.stopping, stop, stopped);
        if (!states.restarting) {
            stop.set(ActionFlag.MIGRATABLE);
        }
        return new Action[] {start, running, stop, stopped};
    }

    private static void createPromotions(Clone clone) {
        boolean promoting = false;
        boolean demoting = false;
        for (Resource instance : clone.children) {
            create(instance);
            promoting |= anyRequired(instance, Tasks.PROMOTE);
            demoting |= anyRequired(instance, Tasks.DEMOTE);
        }
        Action promote = ActionFactory.pseudo(clone, Tasks.PROMOTE, !promoting, true);
        Action promoted = ActionFactory.pseudo(clone, Tasks.PROMOTED, !promoting, true);
        promoted.priority = Score.INFINITY;
        noteParts(clone, promoting, promote, promoted);
        Notifications.preparePromotion(clone, promote, promoted);
        Action demote = ActionFactory.pseudo(clone, Tasks.DEMOTE, !demoting, true);
        Action demoted = ActionFactory.pseudo(clone, Tasks.DEMOTED, !demoting, true);
        demoted.priority = Score.INFINITY;
        noteParts(clone, demoting, demote, demoted);
        Notifications.prepareDemotion(clone, demote, demoted);
        for (Resource instance : clone.children) {
            // Placement used the priority to choose whom to promote.
            instance.priority = clone.priority;
        }
    }

    private static void noteParts(Resource collective, boolean required, Action... milestones) {
        ReasonSink sink = collective.cluster.reasonSink;
        if (required && sink.wanted()) {
            for (Action milestone : milestones) {
                sink.action(milestone, Effect.REQUIRED, new ActionReason.OfParts());
            }
        }
    }

    private static boolean anyRequired(Resource resource, String task) {
        for (Resource child : resource.children) {
            if (anyRequired(child, task)) {
                return true;
            }
        }
        if (!resource.children.isEmpty()) {
            return false;
        }
        for (Action action : resource.actions) {
            if (!action.isOptional() && action.task.equals(task)) {
                return true;
            }
        }
        return false;
    }

    /** What instances will do, all together. */
    private static final class InstanceStates {

        private boolean active;
        private boolean starting;
        private boolean stopping;
        private boolean restarting;

        void add(Resource instance) {
            if (active && starting && stopping && restarting) {
                return;
            }
            if (!(instance instanceof Primitive)) {
                instance.children.forEach(this::add);
                return;
            }
            active |= !instance.active.isEmpty();
            boolean starts = false;
            boolean stops = false;
            for (Action action : instance.actions) {
                if (action.isOptional()) {
                    continue;
                }
                if (action.task.equals(Tasks.START)) {
                    starts |= action.isRunnable();
                } else if (action.task.equals(Tasks.STOP)) {
                    stops |= action.isRunnable() || action.isPseudo();
                }
            }
            starting |= starts;
            stopping |= stops;
            restarting |= starts && stops;
        }
    }
}
