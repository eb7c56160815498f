package org.holdfast.scheduler.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node as the whole cluster sees it: one object a node, part of the working state. Scores that
 * differ from resource to resource are in {@link ScoredNode}. Written by the unpack stages, flags
 * also by placement and fencing; owned by the scheduling run.
 */
public final class Node {

    /** What kind of node. */
    public enum Variant {
        CLUSTER,
        REMOTE
    }

    /** Counts nodes in the order of creation, from 0; usable as array index. */
    public final int index;

    /** The XML id: the cluster layer's number for cluster nodes, the name for remote nodes. */
    public final String id;

    /** The node's name. */
    public final String name;

    public final Variant variant;

    /**
     * Score that every resource's copy begins with (attribute {@code score} of the node element).
     */
    public int baseScore;

    /** Probe mode that every resource's copy begins with. */
    public ProbeMode baseProbeMode = ProbeMode.ALWAYS;

    /** A node before this one has the same id, so nothing is allowed here to begin with. */
    public boolean shadowed;

    public boolean online;
    public boolean pending;
    public boolean unclean;
    public boolean shutdown;
    public boolean maintenance;
    public boolean standby;

    /** In standby because of a failure with {@code on-fail=standby}. */
    public boolean failStandby;

    /** Has a node state or was otherwise heard of. */
    public boolean seen;

    /** The expected join state is member. */
    public boolean expectedUp;

    public boolean probesAllowed = true;

    /**
     * A remote node whose connection must be reset, or a guest whose container must be recovered.
     */
    public boolean remoteReset;

    public boolean remoteFenced;

    /** A remote node that was put in maintenance by its node state. */
    public boolean remoteMaintenance;

    /** The operation history was unpacked. */
    public boolean unpacked;

    /** Sum of priorities of active resources, for priority-fencing-delay. */
    public int priority;

    /** Node attributes, permanent then transient. */
    public final Map<String, String> attributes = new LinkedHashMap<>();

    /** Capacity by name; lowered as resources are assigned. */
    public final Map<String, String> utilization = new LinkedHashMap<>();

    /** Instances assigned or running here, as placement counts them. */
    public int resourceCount;

    /** Primitives active here, in the order found. */
    public final List<Resource> running = new ArrayList<>();

    /** Primitives assigned here in this run. */
    public final List<Resource> assigned = new ArrayList<>();

    /** The connection resource of a remote or guest node. */
    public @Nullable Resource remote;

    public Node(int index, String id, String name, Variant variant) {
        this.index = index;
        this.id = id;
        this.name = name;
        this.variant = variant;
    }

    /** A node of the cluster layer. */
    public boolean isCluster() {
        return variant == Variant.CLUSTER;
    }

    /** Runs pacemaker_remote: remote, guest or bundle node. */
    public boolean isPacemakerRemote() {
        return variant == Variant.REMOTE;
    }

    /** A remote node that is not created by a resource of this cluster. */
    public boolean isRemote() {
        return isPacemakerRemote() && (remote == null || remote.launcher == null);
    }

    /** A guest or bundle node: created by a resource (the launcher of its connection). */
    public boolean isGuest() {
        return isPacemakerRemote() && remote != null && remote.launcher != null;
    }

    /** A node inside a bundle's container. */
    public boolean isBundleNode() {
        return isGuest() && remote != null && remote.top() instanceof Bundle;
    }

    /** A node attribute's value. */
    public @Nullable String attribute(String attribute) {
        return attributes.get(attribute);
    }

    /** The name, for messages. */
    @Override
    public String toString() {
        return name;
    }
}
