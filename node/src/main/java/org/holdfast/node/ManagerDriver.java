package org.holdfast.node;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.holdfast.agents.AgentCall;
import org.holdfast.agents.AgentEnd;
import org.holdfast.agents.AgentRunner;
import org.holdfast.controlapi.Caller;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.kernel.BrokenInvariant;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerInput;
import org.holdfast.manager.ManagerTimer;
import org.holdfast.manager.assembly.Manager;
import org.holdfast.storage.CibStore;
import org.holdfast.telemetry.Telemetry;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.GroupChange;
import org.holdfast.totem.GroupMember;
import org.holdfast.totem.GroupName;

/**
 * Drives the resource manager on a thread of its own: feeds it and carries its effects out. What
 * feeds it may be called by any thread, {@link #flush} belongs to the loop's.
 */
final class ManagerDriver implements AutoCloseable {

    /** What may wait for the ring; a manager that wants more has lost its measure. */
    private static final long WAITING_BYTES_MAX = 256L << 20;

    /** What may wait for the manager; it is a long way behind the ring then. */
    private static final long UNREAD_BYTES_MAX = 256L << 20;

    private final Manager manager;
    private final int pid;
    private final SortedMap<NodeId, String> names;
    private final EventLoop loop;
    private final ClusterDriver cluster;
    private final AgentRunner agents;
    private final AgentMetadata metadata;
    private final CibStore cibStore;
    private final StateWriter writer;
    private final PlannerThread planner;
    private final Telemetry telemetry;
    private final InstantSource clock;
    private final Requests requests;
    private final Runnable onReadyToExit;
    private final TimerQueue<ManagerTimer> timers = new TimerQueue<>();
    private final List<ManagerEffect> effects = new ArrayList<>();
    private final List<Runnable> forLoop = new ArrayList<>();
    private final ArrayDeque<ClusterInput.Multicast> waiting = new ArrayDeque<>();
    private final Set<GroupName> joined = ConcurrentHashMap.newKeySet();
    private final AtomicLong unreadBytes = new AtomicLong();
    private final LargeRequests largeRequests = new LargeRequests();
    private final ManagerThread thread;
    private final Runnable onThreadStart;
    private long waitingBytes;

    /**
     * What the driver needs around the manager.
     *
     * @param pid this process's number in groups
     * @param names every configured node's name; the driver adds to it, and the manager's
     *     configuration holds the same map
     * @param onThreadStart runs first on the manager's thread
     * @param faults is told what has broken the manager, on the manager's thread
     */
    record Surroundings(
            int pid,
            SortedMap<NodeId, String> names,
            EventLoop loop,
            ClusterDriver cluster,
            AgentRunner agents,
            CibStore cibStore,
            StateWriter writer,
            PlannerThread planner,
            Telemetry telemetry,
            InstantSource clock,
            Requests requests,
            Runnable onReadyToExit,
            Runnable onThreadStart,
            Consumer<Throwable> faults) {}

    ManagerDriver(Manager manager, Surroundings around) {
        this.manager = manager;
        this.pid = around.pid();
        this.names = around.names();
        this.loop = around.loop();
        this.cluster = around.cluster();
        this.agents = around.agents();
        this.metadata = new AgentMetadata(agents);
        this.cibStore = around.cibStore();
        this.writer = around.writer();
        this.planner = around.planner();
        this.telemetry = around.telemetry();
        this.clock = around.clock();
        this.requests = around.requests();
        this.onReadyToExit = around.onReadyToExit();
        this.onThreadStart = around.onThreadStart();
        this.thread = new ManagerThread(new Drive(), around.faults());
    }

    /** Takes a changed node list; nodes that are gone keep their names until they are removed. */
    void reconfigure(SortedMap<NodeId, String> changed) {
        thread.post(() -> names.putAll(changed));
    }

    void start() {
        thread.start();
    }

    /** Feeds the manager. */
    void step(ManagerInput input) {
        thread.post(() -> stepHere(input));
    }

    private void stepHere(ManagerInput input) {
        manager.step(System.nanoTime(), clock.millis(), input, this::collect);
        carryOutAll();
    }

    /** Called by the thread of the command. */
    void onRequest(long client, Caller caller, ManagerRequest<?> request) {
        if (!largeRequests.begin(client, request)) {
            requests.answer(client, LargeRequests.BUSY);
            return;
        }
        step(new ManagerInput.ControlRequested(client, caller, request));
    }

    /** Lines are written at once, while it can be seen where in the manager they come from. */
    private void collect(ManagerEffect effect) {
        if (effect instanceof ManagerEffect.Log) {
            carryOut(effect);
        } else {
            effects.add(effect);
        }
    }

    /** What a step sends reaches the loop together and in order. */
    private void carryOutAll() {
        effects.forEach(this::carryOut);
        effects.clear();
        if (!forLoop.isEmpty()) {
            List<Runnable> together = List.copyOf(forLoop);
            forLoop.clear();
            loop.post(() -> together.forEach(Runnable::run));
        }
    }

    private void carryOut(ManagerEffect effect) {
        switch (effect) {
            case ManagerEffect.JoinGroup(String group) -> {
                GroupName name = GroupName.ofPacemaker(group);
                joined.add(name);
                forLoop.add(() -> cluster.step(new ClusterInput.JoinGroup(name, pid)));
            }
            case ManagerEffect.LeaveGroup(String group) -> {
                GroupName name = GroupName.ofPacemaker(group);
                forLoop.add(() ->
                        cluster.step(
                                new ClusterInput.LeaveGroup(name, pid, GroupChange.Reason.LEAVE)));
            }
            case ManagerEffect.Multicast(String group, byte[] bytes) ->
                    forLoop.add(() -> queue(group, bytes));
            case ManagerEffect.RunAgent run -> runAgent(run);
            case ManagerEffect.DescribeAgent(long call, var standard, var provider, var type) ->
                    metadata.ask(
                            standard,
                            provider,
                            type,
                            text -> step(new ManagerInput.AgentDescribed(call, text)));
            case ManagerEffect.KillAgent(long call) -> agents.kill(call);
            case ManagerEffect.SetTimer(var timer, long deadline) -> timers.set(timer, deadline);
            case ManagerEffect.CancelTimer(var timer) -> timers.cancel(timer);
            case ManagerEffect.PersistCib(long ticket, var cib) ->
                    writer.write(
                            () -> cibStore.store(cib),
                            () -> step(new ManagerInput.Persisted(ticket)));
            case ManagerEffect.PlanTransition plan -> planner.plan(plan, this::step);
            case ManagerEffect.Reply(long client, var answer) -> {
                largeRequests.end(client);
                requests.answer(client, answer);
            }
            case ManagerEffect.ReadyToExit() -> forLoop.add(onReadyToExit);
            case ManagerEffect.Log(LogEvent event) -> telemetry.log(event);
        }
    }

    private void queue(String group, byte[] bytes) {
        waitingBytes += bytes.length;
        if (waitingBytes > WAITING_BYTES_MAX) {
            throw new BrokenInvariant(
                    waitingBytes + " bytes of messages wait for the ring, group " + group);
        }
        waiting.add(new ClusterInput.Multicast(GroupName.ofPacemaker(group), pid, bytes));
    }

    /** Gives waiting messages to the ring as long as it takes them. */
    void flush() {
        while (true) {
            ClusterInput.Multicast next = waiting.peek();
            if (next == null || !cluster.layer().canMulticast(next.payload().length)) {
                return;
            }
            waiting.remove();
            waitingBytes -= next.payload().length;
            cluster.step(next);
        }
    }

    private void runAgent(ManagerEffect.RunAgent run) {
        AgentCall call =
                new AgentCall(
                        run.call(),
                        run.standard(),
                        run.provider(),
                        run.type(),
                        run.resource(),
                        run.action(),
                        run.parameters());
        agents.run(call, end -> step(result(end)));
    }

    private static ManagerInput result(AgentEnd end) {
        return new ManagerInput.AgentResult(
                end.id(),
                switch (end.outcome()) {
                    case EXITED -> ManagerInput.AgentOutcome.EXITED;
                    case KILLED -> ManagerInput.AgentOutcome.KILLED;
                    case NOT_INSTALLED -> ManagerInput.AgentOutcome.NOT_INSTALLED;
                    case NOT_EXECUTABLE -> ManagerInput.AgentOutcome.NOT_EXECUTABLE;
                },
                end.exitCode(),
                end.exitReason(),
                end.output(),
                end.startedEpochSeconds());
    }

    /** Whether the manager itself is, or wants to be, in this group. */
    boolean uses(GroupName group) {
        return joined.contains(group);
    }

    void onGroupMessage(ClusterEffect.GroupMessage message) {
        long bytes = message.payload().length;
        if (unreadBytes.addAndGet(bytes) > UNREAD_BYTES_MAX) {
            throw new BrokenInvariant(
                    unreadBytes + " bytes of messages wait for the resource manager");
        }
        ManagerInput input =
                new ManagerInput.GroupMessage(
                        message.group().printable(),
                        message.sender(),
                        message.pid(),
                        message.payload());
        thread.post(() -> {
            unreadBytes.addAndGet(-bytes);
            stepHere(input);
        });
    }

    void onGroupConfiguration(ClusterEffect.GroupConfiguration change) {
        step(
                new ManagerInput.GroupMembership(
                        change.group().printable(),
                        change.members().stream().map(ManagerDriver::member).toList(),
                        changed(change.joined()),
                        changed(change.left())));
    }

    private static List<ManagerInput.GroupMember> changed(List<GroupChange> changes) {
        return changes.stream().map(change -> member(change.member())).toList();
    }

    private static ManagerInput.GroupMember member(GroupMember member) {
        return new ManagerInput.GroupMember(member.node(), member.pid());
    }

    void onQuorum(ClusterEffect.QuorumChanged quorum) {
        thread.post(() -> {
            SortedMap<NodeId, String> members = new TreeMap<>();
            for (NodeId node : quorum.members()) {
                members.put(node, names.getOrDefault(node, node.toString()));
            }
            stepHere(
                    new ManagerInput.QuorumChanged(
                            quorum.ringId().representative(),
                            quorum.ringId().sequence(),
                            quorum.quorate(),
                            members));
        });
    }

    /** Ends the thread; the manager is not heard of any more. */
    @Override
    public void close() {
        thread.close();
    }

    /** What the thread drives. */
    private final class Drive implements ManagerThread.Driven {

        @Override
        public void begin() {
            onThreadStart.run();
            manager.start(System.nanoTime(), clock.millis(), ManagerDriver.this::collect);
            carryOutAll();
        }

        @Override
        public void fireTimers(long nowNanos) {
            ManagerTimer timer = timers.poll(nowNanos);
            while (timer != null) {
                stepHere(new ManagerInput.TimerFired(timer));
                timer = timers.poll(System.nanoTime());
            }
        }

        @Override
        public long nanosToNextTimer(long nowNanos) {
            return timers.nanosToNext(nowNanos);
        }
    }
}
