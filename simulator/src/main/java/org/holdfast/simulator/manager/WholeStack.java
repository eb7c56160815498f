package org.holdfast.simulator.manager;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerConfig;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerInput;
import org.holdfast.manager.ManagerTimer;
import org.holdfast.manager.assembly.Manager;
import org.holdfast.simulator.NodeContext;
import org.holdfast.simulator.NodeStack;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.GroupChange;
import org.holdfast.totem.GroupName;

/** A manager on a real cluster layer, for one life of a simulated node. */
final class WholeStack implements NodeStack, Door, Timeline {

    private static final long WALL_START_MILLIS = 1_800_000_000_000L;
    private static final long MILLI = 1_000_000;

    private final WholeLoad load;
    private final WholeLoad.Machine machine;
    private final NodeContext context;
    private final Manager manager;
    private final Map<ManagerTimer, Long> timers = new LinkedHashMap<>();
    private final Deque<ClusterInput.Multicast> waiting = new ArrayDeque<>();
    private final Map<GroupName, Boolean> joined = new LinkedHashMap<>();
    private String ring = "";
    private long inRingSinceNanos;
    private long busyUntilNanos;
    private boolean dead;
    private boolean stopping;
    private boolean flushPlanned;
    private long diskIdleNanos;

    WholeStack(WholeLoad load, WholeLoad.Machine machine, NodeContext context) {
        this.load = load;
        this.machine = machine;
        this.context = context;
        this.manager =
                new Manager(
                        new ManagerConfig(
                                context.self(),
                                pid(),
                                load.names(),
                                "simulated",
                                context.nowNanos() + 1,
                                context.random().nextLong(),
                                1,
                                machine.disk()),
                        org.holdfast.cib.engine.Schemas.NONE);
    }

    Manager manager() {
        return manager;
    }

    WholeLoad.Machine machine() {
        return machine;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Whether both have been in one ring for so long without a break. */
    boolean togetherWith(WholeStack other, long nanos) {
        long now = context.nowNanos();
        return !ring.isEmpty()
                && ring.equals(other.ring)
                && now - inRingSinceNanos >= nanos
                && now - other.inRingSinceNanos >= nanos;
    }

    /** The ring that this node is in, as it knows it. */
    String ring() {
        return ring;
    }

    int pid() {
        return 1000 + context.life();
    }

    long wallMillis() {
        return WALL_START_MILLIS + machine.clockSkewMillis() + context.nowNanos() / MILLI;
    }

    @Override
    public String name() {
        return machine.name();
    }

    @Override
    public void after(long delayNanos, Runnable run) {
        context.after(delayNanos, run);
    }

    @Override
    public void start() {
        machine.agents().follow(this);
        manager.start(context.nowNanos(), wallMillis(), this::carryOut);
        flush();
    }

    @Override
    public void deliver(ManagerInput input) {
        if (!dead) {
            manager.step(context.nowNanos(), wallMillis(), input, this::carryOut);
            flush();
            load.stepped(this);
        }
    }

    private void carryOut(ManagerEffect effect) {
        switch (effect) {
            case ManagerEffect.JoinGroup(String group) -> {
                GroupName name = GroupName.ofPacemaker(group);
                joined.put(name, Boolean.TRUE);
                context.input(new ClusterInput.JoinGroup(name, pid()));
            }
            case ManagerEffect.LeaveGroup(String group) ->
                    context.input(
                            new ClusterInput.LeaveGroup(
                                    GroupName.ofPacemaker(group), pid(), GroupChange.Reason.LEAVE));
            case ManagerEffect.Multicast(String group, byte[] bytes) ->
                    waiting.add(
                            new ClusterInput.Multicast(GroupName.ofPacemaker(group), pid(), bytes));
            case ManagerEffect.RunAgent run -> {
                context.trace("runs " + run.action() + " " + run.resource());
                machine.agents().run(run, this::ended);
            }
            case ManagerEffect.DescribeAgent ask ->
                    context.after(
                            MILLI,
                            () ->
                                    deliver(
                                            new ManagerInput.AgentDescribed(
                                                    ask.call(), AgentWorld.METADATA)));
            case ManagerEffect.KillAgent(long call) -> machine.agents().kill(call, this::ended);
            case ManagerEffect.SetTimer(ManagerTimer timer, long deadline) -> {
                timers.put(timer, deadline);
                context.after(
                        deadline - context.nowNanos(),
                        () -> {
                            if (timers.remove(timer, deadline)) {
                                deliver(new ManagerInput.TimerFired(timer));
                            }
                        });
            }
            case ManagerEffect.CancelTimer(ManagerTimer timer) -> timers.remove(timer);
            case ManagerEffect.PersistCib(long ticket, var cib) -> {
                // One write after the other, as the daemon's writer does.
                long delay = context.random().nextBetween(100_000, 20 * MILLI);
                diskIdleNanos = Math.max(diskIdleNanos, context.nowNanos()) + delay;
                context.after(
                        diskIdleNanos - context.nowNanos(),
                        () -> {
                            machine.write(cib);
                            deliver(new ManagerInput.Persisted(ticket));
                        });
            }
            case ManagerEffect.PlanTransition plan ->
                    context.after(
                            PlanTime.nanos(context.random()),
                            () -> deliver(PlanTime.outcome(plan)));
            case ManagerEffect.Reply(long client, var answer) -> load.answered(client);
            case ManagerEffect.ReadyToExit() -> context.input(new ClusterInput.Leave());
            case ManagerEffect.Log(LogEvent event) ->
                    context.trace(event.level() + " " + event.text());
        }
    }

    private void flush() {
        while (!waiting.isEmpty()
                && context.clusterLayer().canMulticast(waiting.getFirst().payload().length)) {
            context.input(waiting.removeFirst());
        }
        if (!waiting.isEmpty() && !flushPlanned) {
            flushPlanned = true;
            context.after(
                    MILLI,
                    () -> {
                        flushPlanned = false;
                        flush();
                    });
        }
    }

    private void ended(long call, ManagerInput.AgentOutcome outcome, int rc) {
        deliver(new ManagerInput.AgentResult(call, outcome, rc, "", "", wallMillis() / 1000));
    }

    /**
     * The manager lives on a thread of its own: what the ring tells reaches it in order, but later,
     * and at times much later.
     */
    private void deliverLater(ManagerInput input) {
        long delay =
                context.random().nextBetween(0, 199) == 0
                        ? context.random().nextBetween(MILLI, 400 * MILLI)
                        : context.random().nextBetween(10_000, 200_000);
        busyUntilNanos = Math.max(busyUntilNanos + 1, context.nowNanos() + delay);
        context.after(busyUntilNanos - context.nowNanos(), () -> deliver(input));
    }

    @Override
    public void onClusterEffect(ClusterEffect effect) {
        switch (effect) {
            case ClusterEffect.GroupMessage message -> {
                if (joined.containsKey(message.group())) {
                    deliverLater(
                            new ManagerInput.GroupMessage(
                                    message.group().printable(),
                                    message.sender(),
                                    message.pid(),
                                    message.payload()));
                }
            }
            case ClusterEffect.GroupConfiguration change -> {
                if (joined.containsKey(change.group())) {
                    deliverLater(
                            new ManagerInput.GroupMembership(
                                    change.group().printable(),
                                    change.members().stream().map(WholeStack::member).toList(),
                                    members(change.joined()),
                                    members(change.left())));
                }
            }
            case ClusterEffect.QuorumChanged quorum -> {
                SortedMap<NodeId, String> members = new TreeMap<>();
                for (NodeId node : quorum.members()) {
                    members.put(node, "n" + node);
                }
                deliverLater(
                        new ManagerInput.QuorumChanged(
                                quorum.ringId().representative(),
                                quorum.ringId().sequence(),
                                quorum.quorate(),
                                members));
            }
            case ClusterEffect.MembershipChanged changed -> {
                ring = changed.ringId().toString();
                inRingSinceNanos = context.nowNanos();
            }
            default -> {
                // of no concern to a manager
            }
        }
    }

    private static List<ManagerInput.GroupMember> members(List<GroupChange> changes) {
        return changes.stream().map(change -> member(change.member())).toList();
    }

    private static ManagerInput.GroupMember member(org.holdfast.totem.GroupMember member) {
        return new ManagerInput.GroupMember(member.node(), member.pid());
    }

    @Override
    public void onShutdownRequested() {
        stopping = true;
        deliver(new ManagerInput.Shutdown());
    }

    @Override
    public void onDeath() {
        dead = true;
        machine.died(this);
    }
}
