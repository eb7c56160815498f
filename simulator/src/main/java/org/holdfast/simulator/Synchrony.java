package org.holdfast.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.totem.RingId;
import org.jspecify.annotations.Nullable;

/**
 * The judge of extended virtual synchrony: it is told what the members of one group send, deliver
 * and which rings they enter, and throws {@link InvariantBroken} when that cannot be.
 *
 * <p>Messages are named by {@link GroupLoad#messageId}. A member is one life of one node.
 */
final class Synchrony {

    private final Map<String, RingOrder> orders = new TreeMap<>();
    private final Map<String, List<Long>> betweenRings = new TreeMap<>();
    private final Map<Long, RingId> ringOfMessage = new HashMap<>();
    private final Set<Long> sent = new HashSet<>();

    /** A node's new life. */
    Member newMember(NodeId node, int life) {
        return new Member("node " + node + " (life " + life + ")");
    }

    /**
     * Compares what all members delivered in each ring.
     *
     * @param living those that are up: they have delivered the same in the ring that they share
     */
    void checkAtEnd(List<Member> living) {
        orders.forEach((ring, order) -> order.check(ring));
        Member first = null;
        for (Member member : living) {
            if (member.joinedBeforeThisRing) {
                first = first == null ? member : first;
                checkEqualNow(first, member);
            }
        }
    }

    private static void checkEqualNow(Member first, Member other) {
        boolean sameRing = first.ringId != null && first.ringId.equals(other.ringId);
        if (sameRing && !first.inThisRing.equals(other.inThisRing)) {
            throw new InvariantBroken(
                    "at the end in ring %s: %s"
                            .formatted(
                                    first.ringId,
                                    difference(
                                            first.name,
                                            first.inThisRing,
                                            other.name,
                                            other.inThisRing)));
        }
    }

    private static String difference(
            String oneName, List<Long> one, String otherName, List<Long> other) {
        List<Long> missing = new ArrayList<>(other);
        missing.removeAll(one);
        List<Long> extra = new ArrayList<>(one);
        extra.removeAll(other);
        return "%s delivered %d messages, %s %d; the first lacks %s and has %s more"
                .formatted(
                        oneName,
                        one.size(),
                        otherName,
                        other.size(),
                        missing.stream().map(GroupLoad::describe).toList(),
                        extra.stream().map(GroupLoad::describe).toList());
    }

    /** One member's history so far. */
    final class Member {
        private final String name;
        private final Set<Long> delivered = new HashSet<>();
        private final Set<Long> awaitingOwn = new HashSet<>();
        private final Map<Long, Integer> lastOfSender = new HashMap<>();

        /** Senders of whom a message was delivered in this ring. */
        private final Set<Long> heardInThisRing = new HashSet<>();

        private List<Long> inThisRing = new ArrayList<>();
        private @Nullable RingId ringId;
        private boolean joined;
        private boolean joinedBeforeThisRing;
        private boolean leaving;

        private Member(String name) {
            this.name = name;
        }

        /** It sends a message, which it must deliver itself one day. */
        void sends(long message) {
            sent.add(message);
            awaitingOwn.add(message);
        }

        /** It has seen itself among the group's members. */
        void joins() {
            joined = true;
        }

        /** It is about to go; what it still delivers need not be complete. */
        void leaves() {
            leaving = true;
        }

        /** It enters a ring: those who come along from the one before delivered what it did. */
        void enters(RingId next) {
            RingId before = ringId;
            if (before != null && joinedBeforeThisRing && !leaving) {
                checkSameBetween(before, next);
            }
            ringId = next;
            inThisRing = orders.computeIfAbsent(next.toString(), _ -> new RingOrder()).newList();
            heardInThisRing.clear();
            joinedBeforeThisRing = joined;
        }

        private void checkSameBetween(RingId from, RingId to) {
            String key = from + " -> " + to;
            List<Long> before = betweenRings.putIfAbsent(key, List.copyOf(inThisRing));
            if (before != null && !before.equals(inThisRing)) {
                throw new InvariantBroken(
                        "virtual synchrony "
                                + key
                                + ": "
                                + difference(name, inThisRing, "another", before));
            }
        }

        /** It delivers a message. */
        void delivers(long message) {
            RingId ring = ringId;
            if (ring == null) {
                throw wrong("a message without a ring", message);
            }
            if (!sent.contains(message)) {
                throw wrong("what nobody sent", message);
            }
            if (!delivered.add(message)) {
                throw wrong("twice", message);
            }
            checkSender(message);
            RingId elsewhere = ringOfMessage.putIfAbsent(message, ring);
            if (elsewhere != null && !elsewhere.equals(ring)) {
                throw wrong("in ring " + ring + ", another node in ring " + elsewhere, message);
            }
            awaitingOwn.remove(message);
            inThisRing.add(message);
        }

        private void checkSender(long message) {
            long sender = message >>> 32;
            int number = (int) message;
            Integer last = lastOfSender.put(sender, number);
            boolean heardBefore = !heardInThisRing.add(sender);
            if (last != null && number <= last) {
                throw wrong("after number " + last + " of the same sender", message);
            }
            if (last != null && number != last + 1 && joinedBeforeThisRing && heardBefore) {
                throw wrong("but number " + last + " before it", message);
            }
        }

        private InvariantBroken wrong(String what, long message) {
            return new InvariantBroken(
                    "%s delivered %s: %s".formatted(name, what, GroupLoad.describe(message)));
        }

        /** What of its own it has not delivered. */
        Set<Long> awaitingOwn() {
            return awaitingOwn;
        }

        boolean hasDelivered(long message) {
            return delivered.contains(message);
        }
    }
}
