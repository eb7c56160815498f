package org.holdfast.scheduler.placement;

import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.jspecify.annotations.Nullable;

/** Assigns groups: member by member, where the group's internal colocations keep them together. */
final class GroupPlacement {

    private final PlacementContext context;
    private final Placement placement;

    GroupPlacement(PlacementContext context, Placement placement) {
        this.context = context;
        this.placement = placement;
    }

    @Nullable Node assign(Group group, @Nullable Node prefer, boolean stopIfFailed) {
        if (!group.is(ResourceFlag.UNASSIGNED)) {
            return group.assignedNode();
        }
        if (group.is(ResourceFlag.ASSIGNING)) {
            return null;
        }
        if (group.children.isEmpty()) {
            group.clear(ResourceFlag.UNASSIGNED);
            return null;
        }
        group.set(ResourceFlag.ASSIGNING);
        Resource first = group.children.getFirst();
        group.role = first.role;
        context.lines().allocation("pcmk__group_assign", group);
        Node firstNode = null;
        for (Resource member : group.children) {
            Node node = placement.assign(member, prefer, stopIfFailed);
            if (firstNode == null) {
                firstNode = node;
            }
        }
        group.nextRole = first.nextRole;
        group.clear(ResourceFlag.ASSIGNING);
        group.clear(ResourceFlag.UNASSIGNED);
        return group.colocated ? firstNode : null;
    }
}
