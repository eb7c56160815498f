package org.holdfast.scheduler.model;

import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** Instances of one primitive or group, promotable or not. */
public final class Clone extends Resource {

    public int cloneMax;
    public int cloneNodeMax;
    public int promotedMax;
    public int promotedNodeMax;
    public boolean interleave;

    /** Instances start one after the other. */
    public boolean ordered;

    /** Instances that the history told of, beyond or within clone-max. */
    public int totalInstances;

    /** The element of the cloned primitive or group. */
    public @Nullable Element childXml;

    /** Promotion scores have been added in this run. */
    public boolean promotionAdded;

    public boolean promotionConstrained;

    // Pseudo actions of notifications; written by the actions stage.
    public @Nullable Object startNotifications;
    public @Nullable Object stopNotifications;
    public @Nullable Object promoteNotifications;
    public @Nullable Object demoteNotifications;

    public Clone(
            Cluster cluster,
            String id,
            Element xml,
            Element originalXml,
            @Nullable Resource parent) {
        super(cluster, id, xml, originalXml, parent);
    }

    @Override
    public Role state(boolean current) {
        return Group.highestRole(this, current);
    }

    @Override
    public boolean isActive(boolean all) {
        for (Resource instance : children) {
            if (instance.isActive(all) != all) {
                return !all;
            }
        }
        return all;
    }

    @Override
    public int maxPerNode() {
        return cloneNodeMax;
    }
}
