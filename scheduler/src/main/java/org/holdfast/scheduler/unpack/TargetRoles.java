package org.holdfast.scheduler.unpack;

import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.jspecify.annotations.Nullable;

/** What {@code target-role} asks of resources. */
public final class TargetRoles {

    private TargetRoles() {}

    /** The role that the resource is limited to; null where the setting makes no difference. */
    public static @Nullable Role of(Resource resource) {
        return ResourceSettings.targetRole(resource, true);
    }

    /** Whether it is configured to be stopped, or not to be promoted though it could. */
    public static boolean isDisabled(Resource resource) {
        Role role = resource.cluster.role(resource.meta("target-role"));
        return role == Role.STOPPED
                || (role == Role.UNPROMOTED && resource.top(false).is(ResourceFlag.PROMOTABLE));
    }
}
