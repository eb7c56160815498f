package org.holdfast.simulator.manager;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.Schemas;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.manager.ManagerConfig;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerInput;
import org.holdfast.manager.ManagerTimer;
import org.holdfast.manager.assembly.Manager;
import org.jspecify.annotations.Nullable;

/** One machine: its disk, its services, and while it is up one manager. */
final class Machine {

    private final ManagerWorld world;
    private final NodeId id;
    private final String name;
    private final SeededRandom random;
    private final AgentWorld agents;
    private @Nullable Element disk;
    private @Nullable Process process;
    private int lastPid;

    /** One life of the manager. */
    final class Process implements Bus.Station {
        final int pid;
        final Manager manager;
        final long startedNanos;
        private final Map<ManagerTimer, Long> timers = new LinkedHashMap<>();
        private boolean up = true;
        private long diskIdleNanos;
        boolean stopping;

        Process(int pid, Manager manager) {
            this.pid = pid;
            this.manager = manager;
            this.startedNanos = world.clock().now();
        }

        @Override
        public NodeId id() {
            return id;
        }

        @Override
        public int pid() {
            return pid;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean isUp() {
            return up;
        }

        @Override
        public void deliver(ManagerInput input) {
            if (up) {
                manager.step(world.clock().now(), world.clock().wallMillis(), input, this::effect);
                world.stepped(Machine.this, this);
            }
        }

        private void effect(ManagerEffect effect) {
            if (!up) {
                return;
            }
            switch (effect) {
                case ManagerEffect.JoinGroup(String group) -> world.bus().join(this, group);
                case ManagerEffect.LeaveGroup(String group) -> world.bus().leave(this, group);
                case ManagerEffect.Multicast(String group, byte[] bytes) ->
                        world.bus().multicast(this, group, bytes);
                case ManagerEffect.RunAgent run -> {
                    world.trace(name + " runs " + run.action() + " " + run.resource());
                    agents.run(run, this::ended);
                }
                case ManagerEffect.DescribeAgent ask ->
                        world.clock()
                                .afterMillis(
                                        1,
                                        () ->
                                                deliver(
                                                        new ManagerInput.AgentDescribed(
                                                                ask.call(), AgentWorld.METADATA)));
                case ManagerEffect.KillAgent(long call) -> agents.kill(call, this::ended);
                case ManagerEffect.SetTimer(ManagerTimer timer, long deadline) ->
                        setTimer(timer, deadline);
                case ManagerEffect.CancelTimer(ManagerTimer timer) -> timers.remove(timer);
                case ManagerEffect.PersistCib(long ticket, Element cib) -> {
                    // One write after the other, as the daemon's writer does.
                    long delay = random.nextBetween(100_000, 30 * Clock.MILLI);
                    diskIdleNanos = Math.max(diskIdleNanos, world.clock().now()) + delay;
                    world.clock()
                            .at(
                                    diskIdleNanos,
                                    () -> {
                                        if (up) {
                                            disk = cib;
                                            deliver(new ManagerInput.Persisted(ticket));
                                        }
                                    });
                }
                case ManagerEffect.PlanTransition plan ->
                        world.clock()
                                .after(
                                        PlanTime.nanos(random),
                                        () -> deliver(PlanTime.outcome(plan)));
                case ManagerEffect.Reply(long client, var answer) -> world.answered(client, answer);
                case ManagerEffect.ReadyToExit() ->
                        world.clock().afterMillis(5, () -> exited(this));
                case ManagerEffect.Log(LogEvent event) ->
                        world.trace(name + " " + event.level() + " " + event.text());
            }
        }

        private void setTimer(ManagerTimer timer, long deadline) {
            timers.put(timer, deadline);
            world.clock()
                    .at(
                            deadline,
                            () -> {
                                Long due = timers.get(timer);
                                if (up && due != null && due == deadline) {
                                    timers.remove(timer);
                                    deliver(new ManagerInput.TimerFired(timer));
                                }
                            });
        }

        private void ended(long call, ManagerInput.AgentOutcome outcome, int rc) {
            deliver(
                    new ManagerInput.AgentResult(
                            call, outcome, rc, "", "", world.clock().wallMillis() / 1000));
        }
    }

    Machine(ManagerWorld world, NodeId id, String name, SeededRandom random) {
        this.world = world;
        this.id = id;
        this.name = name;
        this.random = random;
        this.agents =
                new AgentWorld(
                        world.clock(),
                        random.split(),
                        world.mood(),
                        resource -> world.serviceStarted(this, resource));
    }

    NodeId id() {
        return id;
    }

    String name() {
        return name;
    }

    AgentWorld agents() {
        return agents;
    }

    @Nullable Process process() {
        return process;
    }

    /** Starts the manager; the world then forms the rings. */
    void start(SortedMap<NodeId, String> names) {
        lastPid++;
        Manager manager =
                new Manager(
                        new ManagerConfig(
                                id,
                                id.value() * 1000 + lastPid,
                                names,
                                "simulated",
                                world.clock().now() + 1,
                                random.nextLong(),
                                1,
                                disk),
                        Schemas.NONE);
        Process started = new Process(id.value() * 1000 + lastPid, manager);
        process = started;
        world.trace(name + " starts");
        manager.start(world.clock().now(), world.clock().wallMillis(), started::effect);
    }

    /** The power fails: nothing that was not durable is left. */
    void crash() {
        Process running = process;
        if (running != null) {
            running.up = false;
            world.bus().remove(running);
            process = null;
        }
        agents.powerOff();
        world.trace(name + " crashes");
    }

    private void exited(Process who) {
        if (process == who) {
            who.up = false;
            process = null;
            world.bus().remove(who);
            world.trace(name + " has stopped");
            world.exited(this);
        }
    }
}
