package org.holdfast.scheduler.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** Something that may be done in the transition, with its orderings. Part of the working state. */
public final class Action {

    public final int id;

    /** The operation key ({@code vip_start_0}) or the name of a cluster-wide pseudo action. */
    public final String key;

    /** {@code start}, {@code monitor}, {@code running}...; a start can become a reload. */
    public String task;

    public final @Nullable Resource resource;

    /** Where; null for pseudo actions of no node. */
    public @Nullable Node node;

    /** The operation's configuration. */
    public @Nullable Element config;

    /** For a cancel: the operation that ends. */
    public @Nullable String cancelTask;

    public @Nullable String reason;
    public int priority;

    /** Bits of {@link ActionFlag}. */
    public int flags;

    public Requires needs = Requires.NOTHING;
    public OnFail onFail = OnFail.IGNORE;
    public Role failRole = Role.UNKNOWN;

    /** Meta-attributes that go to the graph as {@code CRM_meta_*}. */
    public final ActionMeta meta = new ActionMeta();

    /** Action-specific instance attributes. */
    public Map<String, String> parameters = Map.of();

    /** How many runnable instances stand before this action (clone-min). */
    public int runnableBefore;

    public int requiredRunnableBefore;
    public final List<RelatedAction> before = new ArrayList<>(2);
    public final List<RelatedAction> after = new ArrayList<>(2);

    /** All flags of the orderings to each action in {@link #after}, to find duplicates fast. */
    private @Nullable FollowerIndex followers;

    /**
     * Number of the last recursive walk that met this action; compare with the walk's own number.
     */
    public int visit;

    public Action(
            int id, String key, String task, @Nullable Resource resource, @Nullable Node node) {
        this.id = id;
        this.key = key;
        this.task = task;
        this.resource = resource;
        this.node = node;
    }

    /**
     * Notes an ordering before another action.
     *
     * @return false if an ordering with one of the flags is there already
     */
    public boolean noteFollower(Action then, int bits) {
        FollowerIndex index = followers;
        if (index == null) {
            for (RelatedAction follower : after) {
                if (follower.action == then && (follower.flags & bits) != 0) {
                    return false;
                }
            }
            if (after.size() < FollowerIndex.WORTHWHILE) {
                return true;
            }
            index = new FollowerIndex();
            for (RelatedAction follower : after) {
                index.add(follower.action, follower.flags);
            }
            followers = index;
        }
        return index.add(then, bits);
    }

    /** Whether all the bits are set. */
    public boolean is(int bits) {
        return (flags & bits) == bits;
    }

    public void set(int bits) {
        flags |= bits;
    }

    public void clear(int bits) {
        flags &= ~bits;
    }

    public boolean isOptional() {
        return is(ActionFlag.OPTIONAL);
    }

    public boolean isRunnable() {
        return is(ActionFlag.RUNNABLE);
    }

    public boolean isPseudo() {
        return is(ActionFlag.PSEUDO);
    }

    @Override
    public String toString() {
        return node == null ? key : key + " on " + node;
    }
}
