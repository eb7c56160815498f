package org.holdfast.scheduler.status;

import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.unpack.TargetRoles;

/** Counts instances, and those that are disabled or blocked. */
public final class ResourceCounter {

    private ResourceCounter() {}

    /** Counts all resources of a cluster. */
    public static void count(Cluster cluster) {
        for (Resource resource : cluster.resources) {
            count(resource);
        }
    }

    private static void count(Resource resource) {
        if (resource instanceof Bundle bundle) {
            for (Replica replica : bundle.replicas) {
                for (Resource part : replica.parts()) {
                    count(part);
                }
            }
            return;
        }
        if (!resource.children.isEmpty()) {
            for (Resource child : resource.children) {
                count(child);
            }
            return;
        }
        if (resource.is(ResourceFlag.REMOVED) && !resource.role.above(Role.STOPPED)) {
            return;
        }
        Cluster cluster = resource.cluster;
        cluster.instanceCount++;
        if (TargetRoles.isDisabled(resource)) {
            cluster.disabledCount++;
        }
        if (resource.is(ResourceFlag.BLOCKED)) {
            cluster.blockedCount++;
        }
    }
}
