package org.holdfast.node.badinput;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.schema.EngineSchemas;
import org.holdfast.controlapi.Caller;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlAnswer.Reason;
import org.holdfast.controlapi.ControlAnswer.Refused;
import org.holdfast.controlapi.ControlRequest;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerConfig;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerInput;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.holdfast.manager.ManagerTimer;
import org.holdfast.manager.assembly.Manager;
import org.holdfast.manager.assembly.SchedulerPlanner;
import org.jspecify.annotations.Nullable;

/**
 * The resource managers of a few nodes in virtual time, with the real planner and schemas, on a bus
 * that loses nothing; agents do as they are told. Whatever a manager or the planner throws comes
 * out of the call that made it happen.
 */
final class Managers {

    private static final long MILLI = 1_000_000;
    private static final long WALL_START_MILLIS = 1_800_000_000_000L;
    private static final Caller ROOT = new Caller("root", List.of("root"), "cibadmin");
    private static final int STEPS_MAX = 2_000_000;

    /** A message as the bus carried it. */
    record Sent(String group, byte[] bytes) {}

    /** How agents behave beyond what is expected of them. */
    interface Agents {

        /** What one says of itself, or null if it says nothing. */
        default @Nullable String metadata() {
            return null;
        }

        /** What one prints, and its reason for a failure. */
        default String text() {
            return "";
        }

        /** What one returns instead of what would be right. */
        default int exitCode(int sound) {
            return sound;
        }
    }

    private record Event(long at, long seq, Runnable run) {}

    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::seq));
    private final SortedMap<NodeId, String> names = new TreeMap<>();
    private final List<Member> members = new ArrayList<>();
    private final Map<Long, ControlAnswer> answers = new LinkedHashMap<>();
    private final SchedulerPlanner planner = new SchedulerPlanner();
    private final EngineSchemas schemas;
    private final Agents agents;
    private final List<Sent> sent = new ArrayList<>();
    private long now;
    private long seq;
    private long clients;

    /** Managers that have found each other; the first one is the one that is troubled. */
    Managers(int size, @Nullable Element onDisk, EngineSchemas schemas) {
        this(size, onDisk, schemas, new Agents() {});
    }

    /** The same with agents of their own. */
    Managers(int size, @Nullable Element onDisk, EngineSchemas schemas, Agents agents) {
        this.agents = agents;
        this.schemas = schemas;
        for (int i = 1; i <= size; i++) {
            names.put(new NodeId(i), "n" + i);
        }
        for (NodeId id : names.keySet()) {
            members.add(new Member(id, onDisk));
        }
        members.forEach(Member::start);
        for (Member member : members) {
            member.later(
                    1,
                    new ManagerInput.QuorumChanged(
                            names.firstKey(), 4, true, new TreeMap<>(names)));
        }
        runUntil(this::isSettled, 120_000);
    }

    /** What has been on the bus so far. */
    List<Sent> sent() {
        return sent;
    }

    /** The first node's CIB. */
    Element cib() {
        return members.getFirst().manager.cib();
    }

    /** What the first node has on its disk. */
    @Nullable Element disk() {
        return members.getFirst().disk;
    }

    boolean isSettled() {
        return members.stream()
                .map(member -> member.manager.controllerState())
                .allMatch(state -> state.equals("S_IDLE") || state.equals("S_NOT_DC"));
    }

    /** Gives the first node a message of the last one. */
    void inject(String group, byte[] bytes) {
        Member last = members.getLast();
        members.getFirst().later(0, new ManagerInput.GroupMessage(group, last.id, last.pid, bytes));
        run(5);
    }

    /** Lets virtual time pass. */
    void run(long millis) {
        runUntil(() -> false, millis);
    }

    private void runUntil(BooleanSupplier condition, long millis) {
        long end = now + millis * MILLI;
        int steps = 0;
        while (!condition.getAsBoolean()) {
            Event next = queue.peek();
            if (next == null || next.at > end) {
                now = end;
                return;
            }
            if (++steps > STEPS_MAX) {
                throw new AssertionError("the managers never come to rest");
            }
            queue.poll();
            now = next.at;
            next.run.run();
        }
    }

    /** A command's way to the first node. */
    ClusterConnection connection() {
        return new ClusterConnection() {
            @Override
            public <A extends ControlAnswer> A call(ControlRequest<A> request, Duration timeout)
                    throws RequestRefused {
                ControlAnswer answer = ask(request, Math.min(timeout.toMillis(), 60_000));
                if (answer instanceof Refused refused) {
                    throw new RequestRefused(refused);
                }
                @SuppressWarnings("unchecked") // the request names the one type of its answer
                A typed = (A) answer;
                return typed;
            }
        };
    }

    private ControlAnswer ask(ControlRequest<?> request, long millis) {
        if (!(request instanceof ManagerRequest<?> asked)) {
            return new Refused(Reason.FAILED, "there is no cluster layer here");
        }
        long client = ++clients;
        members.getFirst().step(new ManagerInput.ControlRequested(client, ROOT, asked));
        runUntil(() -> answers.containsKey(client), millis);
        ControlAnswer answer = answers.remove(client);
        return answer == null ? new Refused(Reason.TIMEOUT, "no answer") : answer;
    }

    private final class Member {
        final NodeId id;
        final int pid;
        final Manager manager;
        final Set<String> groups = new LinkedHashSet<>();
        final Set<String> active = new LinkedHashSet<>();
        final Map<ManagerTimer, Long> timers = new LinkedHashMap<>();
        @Nullable Element disk;

        Member(NodeId id, @Nullable Element onDisk) {
            this.id = id;
            this.pid = 100 + id.value();
            this.disk = onDisk;
            this.manager =
                    new Manager(
                            new ManagerConfig(
                                    id, pid, names, "test", id.value(), id.value(), 4, onDisk),
                            schemas);
        }

        void start() {
            manager.start(now, WALL_START_MILLIS + now / MILLI, this::effect);
        }

        void step(ManagerInput input) {
            manager.step(now, WALL_START_MILLIS + now / MILLI, input, this::effect);
        }

        void later(long millis, ManagerInput input) {
            queue.add(new Event(now + millis * MILLI, seq++, () -> step(input)));
        }

        private void effect(ManagerEffect effect) {
            switch (effect) {
                case ManagerEffect.JoinGroup(String group) -> {
                    groups.add(group);
                    announce(group);
                }
                case ManagerEffect.LeaveGroup(String group) -> groups.remove(group);
                case ManagerEffect.Multicast(String group, byte[] bytes) -> {
                    if (sent.size() < 2_000) {
                        sent.add(new Sent(group, bytes));
                    }
                    for (Member other : members) {
                        if (other.groups.contains(group)) {
                            other.later(1, new ManagerInput.GroupMessage(group, id, pid, bytes));
                        }
                    }
                }
                case ManagerEffect.RunAgent run ->
                        later(
                                5,
                                new ManagerInput.AgentResult(
                                        run.call(),
                                        ManagerInput.AgentOutcome.EXITED,
                                        agents.exitCode(exitCode(run)),
                                        agents.text(),
                                        agents.text(),
                                        WALL_START_MILLIS / 1000));
                case ManagerEffect.DescribeAgent describe ->
                        later(
                                1,
                                new ManagerInput.AgentDescribed(
                                        describe.call(), agents.metadata()));
                case ManagerEffect.SetTimer(ManagerTimer timer, long deadline) -> {
                    timers.put(timer, deadline);
                    queue.add(
                            new Event(
                                    Math.max(now, deadline),
                                    seq++,
                                    () -> {
                                        if (timers.remove(timer, deadline)) {
                                            step(new ManagerInput.TimerFired(timer));
                                        }
                                    }));
                }
                case ManagerEffect.CancelTimer(ManagerTimer timer) -> timers.remove(timer);
                case ManagerEffect.PersistCib(long ticket, Element cib) -> {
                    disk = cib;
                    later(1, new ManagerInput.Persisted(ticket));
                }
                case ManagerEffect.PlanTransition plan ->
                        later(
                                1,
                                new ManagerInput.TransitionPlanned(
                                        plan.transitionId(),
                                        planner.plan(
                                                plan.cib(),
                                                plan.epochSeconds(),
                                                plan.transitionId())));
                case ManagerEffect.Reply(long client, ControlAnswer answer) ->
                        answers.put(client, answer);
                case ManagerEffect.KillAgent kill -> {
                    // agents here have always ended
                }
                case ManagerEffect.ReadyToExit exit -> {
                    // it may
                }
                case ManagerEffect.Log log -> {
                    // nobody reads it
                }
            }
        }

        private int exitCode(ManagerEffect.RunAgent run) {
            switch (run.action()) {
                case "start" -> active.add(run.resource());
                case "stop" -> active.remove(run.resource());
                case "monitor" -> {
                    return active.contains(run.resource()) ? 0 : 7;
                }
                default -> {
                    // it succeeds
                }
            }
            return 0;
        }

        private void announce(String group) {
            List<GroupMember> all = new ArrayList<>();
            for (Member other : members) {
                if (other.groups.contains(group)) {
                    all.add(new GroupMember(other.id, other.pid));
                }
            }
            for (Member other : members) {
                if (other.groups.contains(group)) {
                    other.later(
                            1,
                            new ManagerInput.GroupMembership(
                                    group, all, List.of(new GroupMember(id, pid)), List.of()));
                }
            }
        }
    }
}
