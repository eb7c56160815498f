package org.holdfast.simulator.manager;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.manager.ManagerInput;
import org.holdfast.manager.ManagerInput.GroupMember;

/**
 * What the cluster layer promises, without the cluster layer: each partition has one order of
 * messages and membership changes; members that stay together have seen the same when the next
 * change comes; a message is delivered to its sender or its sender is gone.
 */
final class Bus {

    /** Takes what is delivered. */
    interface Station extends Door {
        NodeId id();

        int pid();

        boolean isUp();
    }

    private sealed interface Item {
        record Message(Station sender, String group, byte[] bytes) implements Item {}

        record Join(Station station, String group) implements Item {}

        record Leave(Station station, String group) implements Item {}
    }

    /** One partition's life between two changes of the ring. */
    private static final class Ring {
        final long number;
        final List<Station> members;
        final List<Item> order = new ArrayList<>();
        final Map<Station, Integer> seen = new LinkedHashMap<>();

        Ring(long number, List<Station> members) {
            this.number = number;
            this.members = members;
            members.forEach(station -> seen.put(station, 0));
        }
    }

    private final Clock clock;
    private final SeededRandom random;
    private final int configured;
    private final Map<Station, Ring> rings = new LinkedHashMap<>();
    private final Map<Station, Deque<Item>> unsent = new LinkedHashMap<>();
    private final Map<Station, Map<String, Set<Station>>> groups = new LinkedHashMap<>();
    private long lastRing;

    Bus(Clock clock, SeededRandom random, int configured) {
        this.clock = clock;
        this.random = random;
        this.configured = configured;
    }

    /** A number that changes with every ring that a station is in; 0 outside. */
    long ringOf(Station station) {
        Ring ring = rings.get(station);
        return ring == null ? 0 : ring.number;
    }

    /** How far a station has come in its ring's order. */
    int positionOf(Station station) {
        Ring ring = rings.get(station);
        return ring == null ? 0 : ring.seen.getOrDefault(station, 0);
    }

    boolean together(Station one, Station other) {
        return ringOf(one) != 0 && ringOf(one) == ringOf(other);
    }

    void join(Station station, String group) {
        send(station, new Item.Join(station, group));
    }

    void leave(Station station, String group) {
        send(station, new Item.Leave(station, group));
    }

    void multicast(Station station, String group, byte[] bytes) {
        send(station, new Item.Message(station, group, bytes));
    }

    private void send(Station station, Item item) {
        unsent.computeIfAbsent(station, key -> new ArrayDeque<>()).add(item);
        clock.after(random.nextBetween(50_000, 2 * Clock.MILLI), () -> token(station));
    }

    /** The station gets the token: some of what it has to send finds its place in the order. */
    private void token(Station station) {
        Ring ring = rings.get(station);
        Deque<Item> waiting = unsent.get(station);
        if (ring == null || waiting == null || waiting.isEmpty() || !station.isUp()) {
            return;
        }
        ring.order.add(waiting.removeFirst());
        for (Station member : ring.members) {
            clock.after(
                    random.nextBetween(50_000, 3 * Clock.MILLI), () -> catchUp(ring, member, 1));
        }
    }

    /** Delivers the next so many items to a station. */
    private void catchUp(Ring ring, Station station, int count) {
        for (int i = 0; i < count; i++) {
            int next = ring.seen.getOrDefault(station, 0);
            if (rings.get(station) != ring || next >= ring.order.size() || !station.isUp()) {
                return;
            }
            ring.seen.put(station, next + 1);
            deliver(ring, station, ring.order.get(next));
        }
    }

    private void deliver(Ring ring, Station station, Item item) {
        Map<String, Set<Station>> known =
                groups.computeIfAbsent(station, key -> new LinkedHashMap<>());
        switch (item) {
            case Item.Message(Station sender, String group, byte[] bytes) -> {
                Set<Station> members = known.getOrDefault(group, Set.of());
                if (members.contains(station) && members.contains(sender)) {
                    station.deliver(
                            new ManagerInput.GroupMessage(group, sender.id(), sender.pid(), bytes));
                }
            }
            case Item.Join(Station joining, String group) -> {
                Set<Station> members = known.computeIfAbsent(group, key -> new LinkedHashSet<>());
                if (members.add(joining) && members.contains(station)) {
                    announce(station, group, List.of(joining), List.of());
                }
            }
            case Item.Leave(Station leaving, String group) -> {
                Set<Station> members = known.computeIfAbsent(group, key -> new LinkedHashSet<>());
                boolean wasMember = members.contains(station);
                if (members.remove(leaving) && wasMember && station != leaving) {
                    announce(station, group, List.of(), List.of(leaving));
                }
            }
        }
    }

    private void announce(Station station, String group, List<Station> joined, List<Station> left) {
        Set<Station> members = groups.getOrDefault(station, Map.of()).getOrDefault(group, Set.of());
        station.deliver(
                new ManagerInput.GroupMembership(
                        group, addresses(members), addresses(joined), addresses(left)));
    }

    private static List<GroupMember> addresses(Iterable<Station> stations) {
        SortedMap<NodeId, GroupMember> byNode = new TreeMap<>();
        List<GroupMember> all = new ArrayList<>();
        for (Station station : stations) {
            byNode.put(station.id(), new GroupMember(station.id(), station.pid()));
        }
        all.addAll(byNode.values());
        return all;
    }

    /** A station is gone for good. */
    void remove(Station station) {
        rings.remove(station);
        unsent.remove(station);
        groups.remove(station);
    }

    /**
     * Forms new rings. Stations that were together in a ring and stay together first see the same
     * part of its order.
     */
    void regroup(List<List<Station>> partitions) {
        List<Runnable> later = new ArrayList<>();
        Map<Station, Ring> before = new LinkedHashMap<>(rings);
        for (List<Station> members : partitions) {
            Set<Ring> olds = new LinkedHashSet<>();
            for (Station member : members) {
                Ring old = before.get(member);
                if (old != null) {
                    olds.add(old);
                }
            }
            for (Ring old : olds) {
                recover(old, members.stream().filter(m -> before.get(m) == old).toList());
            }
        }
        for (List<Station> members : partitions) {
            Ring ring = new Ring(++lastRing, members);
            members.forEach(member -> rings.put(member, ring));
            later.add(() -> announceRing(ring, before));
        }
        later.forEach(Runnable::run);
    }

    /** Brings those that stay together to the same point of their old ring's order. */
    private void recover(Ring old, List<Station> stay) {
        int end = 0;
        for (Station station : stay) {
            end = Math.max(end, old.seen.getOrDefault(station, 0));
        }
        if (random.chance(0.7)) {
            end = old.order.size();
        }
        for (Station station : stay) {
            catchUp(old, station, end - old.seen.getOrDefault(station, 0));
        }
        // What nobody here has seen was not sent as far as these are concerned.
        List<Item> back = old.order.subList(Math.min(end, old.order.size()), old.order.size());
        for (int i = back.size() - 1; i >= 0; i--) {
            Station sender = sender(back.get(i));
            if (stay.contains(sender)) {
                unsent.computeIfAbsent(sender, key -> new ArrayDeque<>()).addFirst(back.get(i));
            }
        }
    }

    private static Station sender(Item item) {
        return switch (item) {
            case Item.Message message -> message.sender();
            case Item.Join join -> join.station();
            case Item.Leave leave -> leave.station();
        };
    }

    private void announceRing(Ring ring, Map<Station, Ring> before) {
        Map<Station, Map<String, Set<Station>>> old = new LinkedHashMap<>();
        for (Station member : ring.members) {
            old.put(member, groups.getOrDefault(member, Map.of()));
        }
        // Each member tells which of its own processes are in which group.
        Map<String, Set<Station>> now = new LinkedHashMap<>();
        for (Station member : ring.members) {
            old.getOrDefault(member, Map.of())
                    .forEach((group, members) -> {
                        if (members.contains(member)) {
                            now.computeIfAbsent(group, key -> new LinkedHashSet<>()).add(member);
                        }
                    });
        }
        SortedMap<NodeId, String> names = new TreeMap<>();
        ring.members.forEach(member -> names.put(member.id(), member.name()));
        boolean quorate = names.size() * 2 > configured;
        for (Station member : ring.members) {
            Map<String, Set<Station>> mine = new LinkedHashMap<>();
            now.forEach((group, members) -> mine.put(group, new LinkedHashSet<>(members)));
            groups.put(member, mine);
            if (random.chance(0.5)) {
                quorum(ring, member, names, quorate);
                regroupGroups(member, old.getOrDefault(member, Map.of()), now);
            } else {
                regroupGroups(member, old.getOrDefault(member, Map.of()), now);
                quorum(ring, member, names, quorate);
            }
            clock.after(random.nextBetween(0, Clock.MILLI), () -> drain(member));
        }
    }

    private void drain(Station station) {
        Deque<Item> waiting = unsent.get(station);
        if (waiting != null && !waiting.isEmpty() && rings.containsKey(station)) {
            token(station);
            clock.after(random.nextBetween(50_000, Clock.MILLI), () -> drain(station));
        }
    }

    private static void quorum(
            Ring ring, Station member, SortedMap<NodeId, String> names, boolean quorate) {
        member.deliver(
                new ManagerInput.QuorumChanged(names.firstKey(), ring.number * 4, quorate, names));
    }

    private void regroupGroups(
            Station member, Map<String, Set<Station>> old, Map<String, Set<Station>> now) {
        now.forEach((group, members) -> {
            if (!members.contains(member)) {
                return;
            }
            Set<Station> former = old.getOrDefault(group, Set.of());
            List<Station> joined = members.stream().filter(m -> !former.contains(m)).toList();
            List<Station> left = former.stream().filter(m -> !members.contains(m)).toList();
            if (!joined.isEmpty() || !left.isEmpty()) {
                announce(member, group, joined, left);
            }
        });
    }
}
