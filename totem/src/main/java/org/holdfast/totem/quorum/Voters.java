package org.holdfast.totem.quorum;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.QuorumStatus.State;
import org.jspecify.annotations.Nullable;

/** The nodes that votequorum has heard of, with their votes. */
final class Voters {

    private final SortedMap<NodeId, Voter> voters = new TreeMap<>();

    /** One node. */
    static final class Voter {
        final NodeId id;
        State state = State.MEMBER;
        int votes;
        int expectedVotes;
        int flags;

        Voter(NodeId id) {
            this.id = id;
        }

        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        void set(int flag, boolean on) {
            flags = on ? flags | flag : flags & ~flag;
        }
    }

    @Nullable Voter find(NodeId id) {
        return voters.get(id);
    }

    Voter add(NodeId id) {
        Voter voter = new Voter(id);
        voters.put(id, voter);
        return voter;
    }

    Collection<Voter> all() {
        return voters.values();
    }

    int membersVotes() {
        int votes = 0;
        for (Voter voter : voters.values()) {
            votes += voter.state == State.MEMBER ? voter.votes : 0;
        }
        return votes;
    }

    int members() {
        int members = 0;
        for (Voter voter : voters.values()) {
            members += voter.state == State.MEMBER ? 1 : 0;
        }
        return members;
    }

    int highestExpected() {
        int highest = 0;
        for (Voter voter : voters.values()) {
            if (voter.state == State.MEMBER) {
                highest = Math.max(highest, voter.expectedVotes);
            }
        }
        return highest;
    }

    /** Whether any member has all of these flags. */
    boolean anyMemberHas(int flags) {
        for (Voter voter : voters.values()) {
            if (voter.state == State.MEMBER && (voter.flags & flags) == flags) {
                return true;
            }
        }
        return false;
    }

    void expectOfMembers(int expectedVotes) {
        for (Voter voter : voters.values()) {
            if (voter.state == State.MEMBER) {
                voter.expectedVotes = expectedVotes;
            }
        }
    }
}
