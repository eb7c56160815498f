package org.holdfast.scheduler.ordering;

import static org.holdfast.scheduler.model.OrderingFlag.FIRST_IMPLIES_THEN;
import static org.holdfast.scheduler.model.OrderingFlag.FIRST_IMPLIES_THEN_GRAPHED;
import static org.holdfast.scheduler.model.OrderingFlag.GUEST_ALLOWED;
import static org.holdfast.scheduler.model.OrderingFlag.INTERMEDIATE_STOP;
import static org.holdfast.scheduler.model.OrderingFlag.NONE;
import static org.holdfast.scheduler.model.OrderingFlag.ORDERED;
import static org.holdfast.scheduler.model.OrderingFlag.THEN_IMPLIES_FIRST;
import static org.holdfast.scheduler.model.OrderingFlag.THEN_IMPLIES_FIRST_GRAPHED;
import static org.holdfast.scheduler.model.OrderingFlag.UNRUNNABLE_FIRST_BLOCKS;

import org.holdfast.scheduler.colocation.Colocations;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.operations.InstanceNumber;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** Orderings and colocations that each kind of resource brings with it, without configuration. */
public final class InternalConstraints {

    /** "Group promotes, then the member, then the group is promoted", and that without fail. */
    private static final int COMPLETES =
            UNRUNNABLE_FIRST_BLOCKS | FIRST_IMPLIES_THEN | FIRST_IMPLIES_THEN_GRAPHED;

    private InternalConstraints() {}

    /** Adds them for all resources. */
    public static void add(Cluster cluster) {
        for (Resource resource : cluster.resources) {
            add(resource);
        }
    }

    private static void add(Resource resource) {
        switch (resource) {
            case Primitive primitive -> PrimitiveConstraints.add(primitive);
            case Group group -> addForGroup(group);
            case Clone clone -> addForClone(clone);
            case Bundle bundle -> addForBundle(bundle);
        }
    }

    // Groups

    private static void addForGroup(Group group) {
        Orderings.tasks(group, Tasks.STOP, group, Tasks.STOPPED, UNRUNNABLE_FIRST_BLOCKS);
        Orderings.tasks(group, Tasks.STOPPED, group, Tasks.START, ORDERED);
        Orderings.tasks(group, Tasks.START, group, Tasks.RUNNING, UNRUNNABLE_FIRST_BLOCKS);
        boolean promotable = group.top(false).is(ResourceFlag.PROMOTABLE);
        Resource previous = null;
        Resource lastActive = null;
        for (Resource member : group.children) {
            addForMember(group, member, previous, promotable);
            if (!member.active.isEmpty()) {
                // A group that is active in part goes down in sequence, too.
                if (group.ordered
                        && previous != null
                        && previous.active.isEmpty()
                        && lastActive != null
                        && !lastActive.active.isEmpty()) {
                    Orderings.stops(member, lastActive, ORDERED);
                }
                lastActive = member;
            }
            previous = member;
        }
    }

    private static void addForMember(
            Group group, Resource member, @Nullable Resource previous, boolean promotable) {
        add(member);
        int down = THEN_IMPLIES_FIRST_GRAPHED;
        int afterDown = FIRST_IMPLIES_THEN_GRAPHED;
        if (previous == null) {
            if (group.ordered) {
                down |= ORDERED;
                afterDown = FIRST_IMPLIES_THEN;
            }
        } else if (group.colocated) {
            Colocations.add(
                    "#group-members",
                    null,
                    Score.INFINITY,
                    member,
                    previous,
                    Role.UNKNOWN,
                    Role.UNKNOWN,
                    member.is(ResourceFlag.CRITICAL),
                    false);
        }
        if (promotable) {
            Orderings.tasks(group, Tasks.DEMOTE, member, Tasks.DEMOTE, down);
            Orderings.tasks(member, Tasks.DEMOTE, group, Tasks.DEMOTED, afterDown);
            Orderings.tasks(member, Tasks.PROMOTE, group, Tasks.PROMOTED, COMPLETES);
            Orderings.tasks(
                    group, Tasks.PROMOTE, member, Tasks.PROMOTE, THEN_IMPLIES_FIRST_GRAPHED);
        }
        Orderings.stops(group, member, down);
        Orderings.tasks(member, Tasks.STOP, group, Tasks.STOPPED, afterDown);
        Orderings.starts(group, member, THEN_IMPLIES_FIRST_GRAPHED);
        Orderings.tasks(member, Tasks.START, group, Tasks.RUNNING, COMPLETES);
        addSequence(group, member, previous, promotable);
    }

    private static void addSequence(
            Group group, Resource member, @Nullable Resource previous, boolean promotable) {
        if (!group.ordered) {
            int together =
                    FIRST_IMPLIES_THEN | UNRUNNABLE_FIRST_BLOCKS | THEN_IMPLIES_FIRST_GRAPHED;
            Orderings.starts(group, member, together);
            if (promotable) {
                Orderings.tasks(group, Tasks.PROMOTE, member, Tasks.PROMOTE, together);
            }
        } else if (previous == null) {
            Orderings.starts(group, member, NONE);
            if (promotable) {
                Orderings.tasks(group, Tasks.PROMOTE, member, Tasks.PROMOTE, NONE);
            }
        } else {
            Orderings.starts(previous, member, FIRST_IMPLIES_THEN | UNRUNNABLE_FIRST_BLOCKS);
            Orderings.stops(member, previous, ORDERED | INTERMEDIATE_STOP);
            if (!member.active.isEmpty() && previous.active.isEmpty()) {
                Orderings.tasks(
                        member,
                        Tasks.STOP,
                        previous,
                        Tasks.START,
                        THEN_IMPLIES_FIRST | UNRUNNABLE_FIRST_BLOCKS);
            }
            if (promotable) {
                Orderings.tasks(
                        previous,
                        Tasks.PROMOTE,
                        member,
                        Tasks.PROMOTE,
                        FIRST_IMPLIES_THEN | UNRUNNABLE_FIRST_BLOCKS);
                Orderings.tasks(member, Tasks.DEMOTE, previous, Tasks.DEMOTE, ORDERED);
            }
        }
    }

    // Clones

    private static void addForClone(Clone clone) {
        boolean promotable = clone.is(ResourceFlag.PROMOTABLE);
        Orderings.tasks(clone, Tasks.STOPPED, clone, Tasks.START, ORDERED);
        Orderings.tasks(clone, Tasks.START, clone, Tasks.RUNNING, UNRUNNABLE_FIRST_BLOCKS);
        Orderings.tasks(clone, Tasks.STOP, clone, Tasks.STOPPED, UNRUNNABLE_FIRST_BLOCKS);
        if (promotable) {
            Orderings.tasks(clone, Tasks.DEMOTED, clone, Tasks.STOP, ORDERED);
            Orderings.tasks(clone, Tasks.RUNNING, clone, Tasks.PROMOTE, UNRUNNABLE_FIRST_BLOCKS);
        }
        if (clone.ordered) {
            clone.children.sort(InstanceNumber.ORDER);
        }
        for (int i = 0; i < clone.children.size(); i++) {
            Resource instance = clone.children.get(i);
            add(instance);
            Orderings.starts(clone, instance, UNRUNNABLE_FIRST_BLOCKS | THEN_IMPLIES_FIRST_GRAPHED);
            Orderings.tasks(
                    instance, Tasks.START, clone, Tasks.RUNNING, FIRST_IMPLIES_THEN_GRAPHED);
            Orderings.stops(clone, instance, THEN_IMPLIES_FIRST_GRAPHED);
            Orderings.tasks(instance, Tasks.STOP, clone, Tasks.STOPPED, FIRST_IMPLIES_THEN_GRAPHED);
            if (clone.ordered) {
                for (Resource later : clone.children.subList(i + 1, clone.children.size())) {
                    Orderings.starts(instance, later, ORDERED);
                    Orderings.stops(later, instance, ORDERED);
                }
            }
        }
        if (promotable) {
            addForPromotion(clone);
        }
    }

    private static void addForPromotion(Clone clone) {
        addForRoleChanges(clone);
        Resource previous = null;
        for (Resource instance : clone.children) {
            Orderings.tasks(instance, Tasks.DEMOTE, instance, Tasks.PROMOTE, ORDERED);
            Orderings.tasks(clone, Tasks.PROMOTE, instance, Tasks.PROMOTE, ORDERED);
            Orderings.tasks(instance, Tasks.PROMOTE, clone, Tasks.PROMOTED, ORDERED);
            if (previous != null && clone.ordered) {
                Orderings.tasks(previous, Tasks.PROMOTE, instance, Tasks.PROMOTE, ORDERED);
            }
            Orderings.tasks(
                    clone, Tasks.DEMOTE, instance, Tasks.DEMOTE, THEN_IMPLIES_FIRST_GRAPHED);
            Orderings.tasks(
                    instance, Tasks.DEMOTE, clone, Tasks.DEMOTED, FIRST_IMPLIES_THEN_GRAPHED);
            if (previous != null && clone.ordered) {
                Orderings.tasks(instance, Tasks.DEMOTE, previous, Tasks.DEMOTE, ORDERED);
            }
            previous = instance;
        }
    }

    /** Whatever brings instances up waits until all that go down are down. */
    private static void addForRoleChanges(Resource collective) {
        Orderings.tasks(collective, Tasks.STOPPED, collective, Tasks.START, ORDERED);
        Orderings.tasks(collective, Tasks.STOPPED, collective, Tasks.PROMOTE, ORDERED);
        Orderings.tasks(collective, Tasks.DEMOTED, collective, Tasks.STOP, ORDERED);
        Orderings.tasks(collective, Tasks.DEMOTED, collective, Tasks.START, ORDERED);
        Orderings.tasks(collective, Tasks.DEMOTED, collective, Tasks.PROMOTE, ORDERED);
        Orderings.tasks(collective, Tasks.RUNNING, collective, Tasks.PROMOTE, ORDERED);
        Orderings.tasks(collective, Tasks.DEMOTE, collective, Tasks.DEMOTED, ORDERED);
    }

    // Bundles

    private static void addForBundle(Bundle bundle) {
        for (Replica replica : bundle.replicas) {
            addForReplica(bundle, replica);
        }
        Resource contained = bundle.child;
        if (contained == null) {
            return;
        }
        int begin = THEN_IMPLIES_FIRST_GRAPHED;
        int end = FIRST_IMPLIES_THEN_GRAPHED;
        Orderings.tasks(bundle, Tasks.START, contained, Tasks.START, begin);
        Orderings.tasks(contained, Tasks.RUNNING, bundle, Tasks.RUNNING, end);
        Orderings.tasks(bundle, Tasks.STOP, contained, Tasks.STOP, begin);
        Orderings.tasks(contained, Tasks.STOPPED, bundle, Tasks.STOPPED, end);
        add(contained);
        if (!contained.is(ResourceFlag.PROMOTABLE)) {
            return;
        }
        addForRoleChanges(bundle);
        Orderings.tasks(bundle, Tasks.DEMOTE, contained, Tasks.DEMOTE, begin);
        Orderings.tasks(contained, Tasks.DEMOTED, bundle, Tasks.DEMOTED, end);
        Orderings.tasks(bundle, Tasks.PROMOTE, contained, Tasks.PROMOTE, begin);
        Orderings.tasks(contained, Tasks.PROMOTED, bundle, Tasks.PROMOTED, end);
    }

    private static void addForReplica(Bundle bundle, Replica replica) {
        Primitive container = replica.containerOf();
        add(container);
        Orderings.starts(bundle, container, UNRUNNABLE_FIRST_BLOCKS | THEN_IMPLIES_FIRST_GRAPHED);
        if (replica.child != null) {
            Orderings.stops(bundle, replica.child, THEN_IMPLIES_FIRST_GRAPHED);
        }
        Orderings.stops(bundle, container, THEN_IMPLIES_FIRST_GRAPHED);
        Orderings.tasks(container, Tasks.START, bundle, Tasks.RUNNING, FIRST_IMPLIES_THEN_GRAPHED);
        Orderings.tasks(container, Tasks.STOP, bundle, Tasks.STOPPED, FIRST_IMPLIES_THEN_GRAPHED);
        Primitive ip = replica.ip;
        if (ip != null) {
            add(ip);
            Orderings.starts(ip, container, UNRUNNABLE_FIRST_BLOCKS | GUEST_ALLOWED);
            Orderings.stops(container, ip, THEN_IMPLIES_FIRST | GUEST_ALLOWED);
            Colocations.add(
                    "#ip-with-container",
                    null,
                    Score.INFINITY,
                    ip,
                    container,
                    Role.UNKNOWN,
                    Role.UNKNOWN,
                    true,
                    false);
        }
        if (replica.remote != null) {
            add(replica.remote);
        }
    }
}
