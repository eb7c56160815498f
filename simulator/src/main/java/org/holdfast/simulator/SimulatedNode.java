package org.holdfast.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.testkit.VirtualTime;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.layer.ClusterLayer;
import org.holdfast.totem.ring.RingStats;
import org.holdfast.wire.totem.RingId;
import org.jspecify.annotations.Nullable;

/** One machine: a disk that outlives crashes, and while it is up, a cluster layer and its stack. */
public final class SimulatedNode {

    /** What a paused process finds in its socket's buffer; the rest was dropped. */
    private static final int SOCKET_DATAGRAMS_MAX = 400;

    /** How often a process is busy when a datagram comes, and for how long at most. */
    private static final double BUSY_CHANCE = 0.5;

    private static final int BUSY_NANOS_MAX = 500_000;

    private final SimulatedCluster cluster;
    private final ClusterConfig config;
    private final SeededRandom random;
    private @Nullable RingId diskRingId;
    private int diskExpectedVotes;
    private @Nullable Life life;

    SimulatedNode(SimulatedCluster cluster, ClusterConfig config, SeededRandom random) {
        this.cluster = cluster;
        this.config = config;
        this.random = random;
    }

    /** Its id. */
    public NodeId id() {
        return config.self();
    }

    /** Its configuration. */
    public ClusterConfig config() {
        return config;
    }

    /** Whether it is up, paused or not. */
    public boolean isUp() {
        return life != null;
    }

    /** Whether it is up but gets no processor. */
    public boolean isPaused() {
        return life != null && life.paused;
    }

    /** The cluster layer of its present life; null while it is down. */
    public @Nullable ClusterLayer clusterLayer() {
        return life != null ? life.layer : null;
    }

    /** The stack of its present life; null while it is down. */
    public @Nullable NodeStack stack() {
        return life != null ? life.stack : null;
    }

    /** Starts the machine. */
    public void boot() {
        if (life == null) {
            life = new Life(cluster.nextLife());
            life.start();
        }
    }

    /** Ends it without warning; writes that are under way are lost. */
    public void crash() {
        Life ended = life;
        if (ended != null) {
            trace("crashes");
            life = null;
            ended.die();
        }
    }

    /** Asks it to leave in order; it is down when it has. */
    public void shutDown() {
        if (life != null && !life.paused) {
            trace("is asked to leave");
            life.stack.onShutdownRequested();
            life.drain();
        }
    }

    /** Takes the processor away or gives it back. */
    public void setPaused(boolean paused) {
        if (life != null) {
            trace(paused ? "is paused" : "goes on");
            life.setPaused(paused);
        }
    }

    void arrive(byte[] datagram) {
        Life present = life;
        if (present == null) {
            return;
        }
        if (present.paused && present.socket.size() >= SOCKET_DATAGRAMS_MAX) {
            cluster.probe().hit("sim.SOCKET_BUFFER_FULL");
            return;
        }
        present.arrive(datagram);
    }

    /** Gives the cluster layer an input, as a local program or administrator would. */
    void give(ClusterInput input) {
        Life present = life;
        if (present != null) {
            present.input(input);
            present.drain();
        }
    }

    void refusedBy(NodeId node) {
        Life present = life;
        if (present != null && !present.paused) {
            present.input(new ClusterInput.PeerUnreachable(node));
            present.drain();
        }
    }

    void trace(String text) {
        cluster.trace().line(cluster.time().nowNanos(), "node " + id(), text);
    }

    private final class Life implements NodeContext {
        private final int number;
        private final SeededRandom lifeRandom = random.split();
        private final ClusterLayer layer;
        private final NodeStack stack;
        private final List<byte[]> socket = new ArrayList<>();
        private final Deque<ClusterInput> inputs = new ArrayDeque<>();
        private final Map<ClusterTimer, VirtualTime.Event> timers =
                new EnumMap<>(ClusterTimer.class);
        private final List<Runnable> missed = new ArrayList<>();
        private final List<ClusterEffect> effects = new ArrayList<>();
        private boolean dead;
        private boolean paused;
        private boolean draining;
        private long diskIdleNanos;

        Life(int number) {
            this.number = number;
            this.layer =
                    new ClusterLayer(
                            config,
                            diskRingId,
                            diskExpectedVotes,
                            lifeRandom.nextLong(),
                            cluster.firstSequence());
            this.stack = cluster.workload().boot(this);
        }

        void start() {
            trace("boots, life " + number + ", ring id on disk " + diskRingId);
            stack.start();
            inputs.addFirst(new ClusterInput.Start());
            drain();
        }

        void die() {
            dead = true;
            timers.values().forEach(VirtualTime.Event::cancel);
            collectProbes();
            cluster.ended(id());
            stack.onDeath();
        }

        /** As a real node's loop does, it takes all that has come while it was busy together. */
        void arrive(byte[] datagram) {
            socket.add(datagram);
            if (paused) {
                return;
            }
            if (socket.size() == 1 && lifeRandom.chance(BUSY_CHANCE)) {
                after(lifeRandom.nextInt(BUSY_NANOS_MAX), this::readSocket);
            } else if (socket.size() == 1) {
                readSocket();
            }
        }

        private void readSocket() {
            if (!socket.isEmpty()) {
                input(new ClusterInput.Datagrams(List.copyOf(socket)));
                socket.clear();
                drain();
            }
        }

        void setPaused(boolean pause) {
            paused = pause;
            if (!pause) {
                List<Runnable> late = new ArrayList<>(missed);
                missed.clear();
                readSocket();
                late.forEach(this::inThisLife);
                drain();
            }
        }

        private void inThisLife(Runnable action) {
            if (dead) {
                return;
            }
            if (paused) {
                missed.add(action);
                return;
            }
            action.run();
            drain();
        }

        void drain() {
            if (draining || paused) {
                return;
            }
            draining = true;
            while (!dead && !inputs.isEmpty()) {
                ClusterInput input = inputs.remove();
                effects.clear();
                layer.step(nowNanos(), input, effects::add);
                for (ClusterEffect effect : List.copyOf(effects)) {
                    if (!dead) {
                        carryOut(effect);
                    }
                }
            }
            draining = false;
        }

        private void carryOut(ClusterEffect effect) {
            switch (effect) {
                case ClusterEffect.SendTo send -> cluster.send(id(), send.node(), send.bytes());
                case ClusterEffect.SendToAll send -> cluster.sendToAll(id(), send.bytes());
                case ClusterEffect.SetTimer set -> setTimer(set.timer(), set.deadlineNanos());
                case ClusterEffect.CancelTimer cancel -> cancelTimer(cancel.timer());
                case ClusterEffect.PersistRingId persist -> persist(persist);
                case ClusterEffect.PersistExpectedVotes persist ->
                        diskExpectedVotes = persist.votes();
                case ClusterEffect.Log log -> {
                    if (cluster.trace().isOn() && log.event().level() != LogEvent.Level.DEBUG
                            || cluster.tracesDebug()) {
                        trace(log.event().subsystem() + " " + log.event().text());
                    }
                }
                case ClusterEffect.Stopped _ -> {
                    stack.onClusterEffect(effect);
                    trace("has left");
                    life = null;
                    die();
                }
                case ClusterEffect.GroupMessage _,
                        ClusterEffect.GroupConfiguration _,
                        ClusterEffect.MembershipChanged _,
                        ClusterEffect.QuorumChanged _,
                        ClusterEffect.ReloadRequested _,
                        ClusterEffect.Killed _ -> {
                    cluster.observe(SimulatedNode.this, effect);
                    stack.onClusterEffect(effect);
                }
            }
        }

        private void setTimer(ClusterTimer timer, long deadlineNanos) {
            cancelTimer(timer);
            timers.put(
                    timer,
                    cluster.time()
                            .at(
                                    deadlineNanos,
                                    () ->
                                            inThisLife(() ->
                                                    inputs.add(
                                                            new ClusterInput.TimerFired(timer)))));
        }

        private void cancelTimer(ClusterTimer timer) {
            VirtualTime.Event event = timers.remove(timer);
            if (event != null) {
                event.cancel();
            }
        }

        /** The write reaches the disk after those before it, if the machine lives that long. */
        private void persist(ClusterEffect.PersistRingId write) {
            long delay = lifeRandom.nextBetween(50_000, cluster.diskNanosMax());
            diskIdleNanos = Math.max(diskIdleNanos, nowNanos()) + delay;
            cluster.time()
                    .at(
                            diskIdleNanos,
                            () -> {
                                if (!dead) {
                                    diskRingId = write.ringId();
                                    inThisLife(() ->
                                            inputs.add(
                                                    new ClusterInput.RingIdPersisted(
                                                            write.ticket())));
                                }
                            });
        }

        private void collectProbes() {
            RingStats stats = layer.ringStats();
            for (RingStats.Counter counter : RingStats.Counter.values()) {
                cluster.probe().hit("ring." + counter, stats.of(counter));
            }
            cluster.probe().hit("groups.ASSEMBLED", layer.serviceStats().assembled());
            cluster.probe().hit("groups.FRAGMENTS_LOST", layer.serviceStats().fragmentsLost());
            cluster.probe().hit("groups.MALFORMED", layer.serviceStats().malformed());
            cluster.probe().hit("sync.COMPLETED", layer.serviceStats().syncsCompleted());
            cluster.probe().hit("sync.BROKEN", layer.serviceStats().syncsBroken());
        }

        // ---- for the stack -------------------------------------------------------------------

        @Override
        public NodeId self() {
            return id();
        }

        @Override
        public int life() {
            return number;
        }

        @Override
        public long nowNanos() {
            return cluster.time().nowNanos();
        }

        @Override
        public SeededRandom random() {
            return lifeRandom;
        }

        @Override
        public ClusterLayer clusterLayer() {
            return layer;
        }

        @Override
        public void input(ClusterInput input) {
            inputs.add(input);
        }

        @Override
        public void after(long delayNanos, Runnable action) {
            cluster.time().after(delayNanos, () -> inThisLife(action));
        }

        @Override
        public void trace(String line) {
            SimulatedNode.this.trace(line);
        }
    }
}
