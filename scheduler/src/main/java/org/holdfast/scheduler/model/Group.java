package org.holdfast.scheduler.model;

import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** Members that are normally kept together and started in order. */
public final class Group extends Resource {

    /** Members start one after the other. */
    public boolean ordered = true;

    /** Members share a node. */
    public boolean colocated = true;

    public Group(
            Cluster cluster,
            String id,
            Element xml,
            Element originalXml,
            @Nullable Resource parent) {
        super(cluster, id, xml, originalXml, parent);
    }

    /** The last member, or null for an empty group. */
    public @Nullable Resource lastMember() {
        return children.isEmpty() ? null : children.getLast();
    }

    @Override
    public Role state(boolean current) {
        return highestRole(this, current);
    }

    static Role highestRole(Resource parent, boolean current) {
        Role highest = Role.UNKNOWN;
        for (Resource child : parent.children) {
            Role role = child.state(current);
            if (role.above(highest)) {
                highest = role;
            }
        }
        return highest;
    }

    @Override
    public boolean isActive(boolean all) {
        boolean any = false;
        boolean every = true;
        for (Resource member : children) {
            if (member.isActive(all)) {
                any = true;
            } else {
                every = false;
            }
        }
        return any && (!all || every);
    }

    @Override
    public int maxPerNode() {
        return 1;
    }
}
