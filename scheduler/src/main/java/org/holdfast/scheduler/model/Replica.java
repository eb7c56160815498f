package org.holdfast.scheduler.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One container of a bundle with what belongs to it. */
public final class Replica {

    /** Counted from 0. */
    public final int offset;

    public @Nullable String ipAddress;

    /** The guest node inside, as the bundle's own copy; null if nothing runs inside. */
    public @Nullable ScoredNode node;

    /** The floating address's resource. */
    public @Nullable Primitive ip;

    /** The instance of the contained resource. */
    public @Nullable Resource child;

    public @Nullable Primitive container;

    /** The connection into the container. */
    public @Nullable Primitive remote;

    public Replica(int offset) {
        this.offset = offset;
    }

    /** The container, which every unpacked replica has. */
    public Primitive containerOf() {
        Primitive present = container;
        if (present == null) {
            throw new IllegalStateException("replica " + offset + " has no container");
        }
        return present;
    }

    /** What there is of address, inside, container and connection, in this order. */
    public List<Resource> parts() {
        List<Resource> parts = new ArrayList<>(4);
        for (@Nullable Resource part : new @Nullable Resource[] {ip, child, container, remote}) {
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }
}
