package org.holdfast.manager.messages;

import org.holdfast.wire.pacemaker.PacemakerAddress;
import org.jspecify.annotations.Nullable;

/** The CPG groups of the manager, with Pacemaker's names. */
public enum Group {
    /** The CIB's replication. */
    CIB("cib", PacemakerAddress.CIB),
    /** Transient node attributes. */
    ATTRIBUTES("attrd", PacemakerAddress.ATTRIBUTES),
    /** Fencing. */
    FENCER("stonith-ng", PacemakerAddress.FENCER),
    /** Election, join, orders to the executor. */
    CONTROLLER("crmd", PacemakerAddress.CONTROLLER);

    private final String groupName;
    private final int daemon;

    Group(String groupName, int daemon) {
        this.groupName = groupName;
        this.daemon = daemon;
    }

    /** The CPG group's name. */
    public String groupName() {
        return groupName;
    }

    /** The daemon's number in message headers. */
    public int daemon() {
        return daemon;
    }

    /** The group of that name, or null. */
    public static @Nullable Group named(String name) {
        for (Group group : values()) {
            if (group.groupName.equals(name)) {
                return group;
            }
        }
        return null;
    }
}
