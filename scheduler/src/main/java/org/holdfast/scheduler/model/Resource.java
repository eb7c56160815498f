package org.holdfast.scheduler.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.reference.References;
import org.jspecify.annotations.Nullable;

/**
 * A resource of any kind with all that a scheduling run finds out about it. The first block is set
 * when the configuration is unpacked and does not change; the rest is working state, each field
 * written by the stage named in the package's description.
 */
public abstract sealed class Resource permits Primitive, Group, Clone, Bundle {

    // Configuration

    /** Unique; instances of clones carry {@code :N}. */
    public String id;

    /** Effective configuration, templates expanded. */
    public final Element xml;

    /** Look-ups within the resource's own element. */
    public final References references;

    /** The configuration as written. */
    public final Element originalXml;

    /** The effective {@code operations} element. */
    public @Nullable Element operations;

    public final Cluster cluster;
    public final @Nullable Resource parent;

    /** Members of a group, instances of a clone, for a bundle what its replicas contain. */
    public final List<Resource> children = new ArrayList<>();

    /** Effective meta-attributes. */
    public final Map<String, String> meta = new LinkedHashMap<>();

    /** Effective utilization. */
    public final Map<String, String> utilization = new LinkedHashMap<>();

    public int priority;
    public int stickiness;

    /** Failures are forgotten after this time; 0 for never. */
    public long failureTimeoutMillis;

    /** Failures on a node before it is banned ({@code migration-threshold}). */
    public int migrationThreshold = Score.INFINITY;

    public long remoteReconnectMillis;
    public MultipleActive multipleActive = MultipleActive.STOP_START;

    /** The resource that brings this one's place to life: the container or the guest. */
    public @Nullable Resource launcher;

    /** Resources whose {@link #launcher} this is. */
    public final List<Resource> launched = new ArrayList<>();

    // Found in the status

    /** Id in the operation history, if it differs from {@link #id}. */
    public @Nullable String historyId;

    public Role role = Role.UNKNOWN;
    public Role nextRole = Role.UNKNOWN;

    /** Where it is, or may be, active at the beginning. */
    public final List<Node> active = new ArrayList<>();

    /** Where its state is known, with a score of the node's copy. */
    public final NodeTable probed = new NodeTable();

    public @Nullable String pendingTask;
    public @Nullable Node pendingNode;
    public @Nullable Node partialMigrationSource;
    public @Nullable Node partialMigrationTarget;

    /** Nodes where a migrated resource still needs its stop. */
    public final List<Node> danglingMigrationSources = new ArrayList<>();

    /** Epoch seconds when the shutdown lock began; 0 for none. */
    public long lockTime;

    public @Nullable Node lockNode;

    // Placement

    /** Nodes that may run it, with scores. */
    public NodeTable allowed = new NodeTable();

    /** Where it goes; null for nowhere. Only meaningful for primitives. */
    public @Nullable ScoredNode assigned;

    public int promotionPriority;

    /** Others that want to be with this one; see {@link Colocation}. */
    public final List<Colocation> withThis = new ArrayList<>();

    /** What this one wants to be with. */
    public final List<Colocation> thisWith = new ArrayList<>();

    public final List<LocationConstraint> locations = new ArrayList<>();
    public final List<TicketConstraint> tickets = new ArrayList<>();

    // Actions

    /** In order of creation. */
    public final List<Action> actions = new ArrayList<>();

    private final Map<String, List<Action>> actionsByKey = new LinkedHashMap<>();

    /** Task and key in turn. */
    private final List<String> taskKeys = new ArrayList<>();

    private long flags;
    private final Map<String, Map<String, String>> parameterCache = new LinkedHashMap<>();
    private final Map<String, Object> digestCache = new LinkedHashMap<>();

    /** Whether instance attributes can differ from node to node; null if not known yet. */
    public @Nullable Boolean parametersDifferByNode;

    /** Whether instances are interleaved, as the meta-attribute says; null if not known yet. */
    public @Nullable Boolean interleaved;

    /** What {@code operations} remembers. */
    public @Nullable OperationCache operationCache;

    Resource(
            Cluster cluster,
            String id,
            Element xml,
            Element originalXml,
            @Nullable Resource parent) {
        this.cluster = cluster;
        this.id = id;
        this.xml = xml;
        this.references = new References(xml);
        this.originalXml = originalXml;
        this.parent = parent;
    }

    // Flags

    public final boolean is(ResourceFlag flag) {
        return (flags & (1L << flag.ordinal())) != 0;
    }

    public final void set(ResourceFlag flag) {
        flags |= 1L << flag.ordinal();
    }

    public final void clear(ResourceFlag flag) {
        flags &= ~(1L << flag.ordinal());
    }

    /** Sets a flag here and on all descendants. */
    public final void setAll(ResourceFlag flag) {
        set(flag);
        for (Resource child : children) {
            child.setAll(flag);
        }
    }

    /** Clears a flag here and on all descendants. */
    public final void clearAll(ResourceFlag flag) {
        clear(flag);
        for (Resource child : children) {
            child.clearAll(flag);
        }
    }

    // Relations

    /** The outermost ancestor, or this. */
    public final Resource top() {
        return top(true);
    }

    /** The outermost ancestor; a bundle counts only if {@code includeBundle}. */
    public final Resource top(boolean includeBundle) {
        Resource at = this;
        while (at.parent != null && (includeBundle || !(at.parent instanceof Bundle))) {
            at = at.parent;
        }
        return at;
    }

    /** Whether this is a descendant of another resource. */
    public final boolean isInside(Resource ancestor) {
        for (Resource at = parent; at != null; at = at.parent) {
            if (at == ancestor) {
                return true;
            }
        }
        return false;
    }

    public final boolean isManaged() {
        return is(ResourceFlag.MANAGED);
    }

    /** An instance, or part of an instance, of a clone that is not globally unique. */
    public final boolean inAnonymousClone() {
        return top(false) instanceof Clone clone && !clone.is(ResourceFlag.UNIQUE);
    }

    /** A meta-attribute's value. */
    public final @Nullable String meta(String name) {
        return meta.get(name);
    }

    /** The node where it is active, as recovery prefers it; null when it is not active. */
    public @Nullable Node activeNode() {
        return ActiveNodes.of(this, active).chosen();
    }

    /** Role before ({@code current}) or after the transition. */
    public abstract Role state(boolean current);

    /** Whether active anywhere; with {@code all}, whether every part is. */
    public abstract boolean isActive(boolean all);

    /** How many instances one node may have. */
    public abstract int maxPerNode();

    /**
     * Adds nodes, each once, of this resource and its descendants.
     *
     * @param places which places count
     */
    public final void collectNodes(Collection<Node> into, Place... places) {
        if (!children.isEmpty()) {
            for (Resource child : children) {
                child.collectNodes(into, places);
            }
            return;
        }
        for (Place place : places) {
            switch (place) {
                case CURRENT -> active.forEach(node -> addOnce(into, node));
                case PENDING -> addOnce(into, pendingNode);
                case ASSIGNED -> addOnce(into, assigned == null ? null : assigned.node);
            }
        }
    }

    /** Where a resource can be said to be. */
    public enum Place {
        CURRENT,
        PENDING,
        ASSIGNED
    }

    private static void addOnce(Collection<Node> into, @Nullable Node node) {
        if (node != null && !into.contains(node)) {
            into.add(node);
        }
    }

    /** The node it is assigned to, or null. */
    public final @Nullable Node assignedNode() {
        return assigned == null ? null : assigned.node;
    }

    /** Whether it is (or may be) active on a node at the beginning. */
    public final boolean isActiveOn(Node node) {
        return active.contains(node);
    }

    // Actions of this resource by key

    /** Enters an action; called by the action factory only. */
    public final void addAction(Action action) {
        actions.add(action);
        actionsByKey.computeIfAbsent(action.key, key -> new ArrayList<>(1)).add(action);
    }

    /** The key of a task of this resource that does not recur; the same object every time. */
    public final String taskKey(String task) {
        for (int i = 0; i < taskKeys.size(); i += 2) {
            if (taskKeys.get(i).equals(task)) {
                return taskKeys.get(i + 1);
            }
        }
        String key = OpKey.of(id, task, 0);
        taskKeys.add(task);
        taskKeys.add(key);
        return key;
    }

    /** This resource's actions with a key, in order of creation. */
    public final List<Action> actionsWithKey(String key) {
        return actionsByKey.getOrDefault(key, List.of());
    }

    /** Instance attributes by node name ("" for no node); filled by the configuration stage. */
    public final Map<String, Map<String, String>> parameterCache() {
        return parameterCache;
    }

    /** Digests of today's parameters by operation and node; filled by {@code operations}. */
    public final Map<String, Object> digestCache() {
        return digestCache;
    }

    @Override
    public final String toString() {
        return id;
    }
}
