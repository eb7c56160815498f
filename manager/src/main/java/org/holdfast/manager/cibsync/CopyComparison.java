package org.holdfast.manager.cibsync;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.holdfast.manager.cibsync.CibMessages.State;
import org.jspecify.annotations.Nullable;

/**
 * One round of comparing copies after a membership change: collects what each member has and finds
 * whose copy all go on with. Every member sees the same messages in the same order, so all come to
 * the same answer.
 */
final class CopyComparison {

    private static final Comparator<GroupMember> BY_NODE =
            Comparator.comparing(GroupMember::node).thenComparing(GroupMember::pid);

    /**
     * Better copies come last: the newer configuration; then one that has lived in a cluster, since
     * its status is true; then the newer status.
     */
    private static final Comparator<State> BY_MERIT =
            Comparator.comparing((State state) -> state.version().ofConfiguration())
                    .thenComparing(State::live)
                    .thenComparing(State::version);

    private final SortedMap<GroupMember, State> told = new TreeMap<>(BY_NODE);
    private final Map<GroupMember, Boolean> members = new LinkedHashMap<>();

    CopyComparison(Iterable<GroupMember> members) {
        for (GroupMember member : members) {
            this.members.put(member, Boolean.TRUE);
        }
    }

    /** Notes a member's copy; those of others do not count. */
    void tell(GroupMember member, State state) {
        if (members.containsKey(member)) {
            told.put(member, state);
        }
    }

    boolean isComplete() {
        return told.size() == members.size();
    }

    /** Whether all have the same copy. */
    boolean isEqual() {
        State first = told.firstEntry().getValue();
        for (State state : told.values()) {
            if (!state.digest().equals(first.digest())
                    || !state.version().equals(first.version())) {
                return false;
            }
        }
        return true;
    }

    /** The member whose copy wins; of equals the one with the lowest id. Complete rounds only. */
    GroupMember best() {
        @Nullable GroupMember best = null;
        @Nullable State bestState = null;
        for (Map.Entry<GroupMember, State> entry : told.entrySet()) {
            if (bestState == null || BY_MERIT.compare(entry.getValue(), bestState) > 0) {
                best = entry.getKey();
                bestState = entry.getValue();
            }
        }
        if (best == null) {
            throw new IllegalStateException("no member has told its copy");
        }
        return best;
    }

    /** Whether another copy has the winner's configuration version, yet other content. */
    boolean isAmbiguous() {
        State best = java.util.Objects.requireNonNull(told.get(best()));
        for (State state : told.values()) {
            if (state.live()
                    && state.version().compareTo(best.version()) >= 0
                    && !state.digest().equals(best.digest())) {
                return true;
            }
        }
        return false;
    }
}
