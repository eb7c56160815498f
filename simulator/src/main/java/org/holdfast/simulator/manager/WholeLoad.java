package org.holdfast.simulator.manager;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.manager.cibsync.CibVersion;
import org.holdfast.simulator.InvariantBroken;
import org.holdfast.simulator.NodeContext;
import org.holdfast.simulator.NodeStack;
import org.holdfast.simulator.SimulatedCluster;
import org.holdfast.simulator.Workload;
import org.holdfast.totem.layer.ClusterLayer;
import org.jspecify.annotations.Nullable;

/**
 * Whole nodes: a resource manager on a cluster layer on each, with services, agents and an
 * administrator, while the simulation breaks network and machines.
 */
public final class WholeLoad implements Workload {

    private static final long SECOND = 1_000_000_000L;

    /**
     * No service is started where another member of the same ring runs it, once both have been in
     * that ring for so long: the longest operation and the kill behind it.
     */
    private static final long TOGETHER_NANOS = 9 * SECOND;

    private static final String TIMEOUT = "3s";
    private static final String CLUSTER_DELAY = "3s";

    /** A machine through all its lives. */
    final class Machine {
        private final NodeId id;
        private final long clockSkewMillis;
        private final AgentWorld agents;
        private @Nullable Element disk;
        private @Nullable WholeStack life;

        Machine(NodeId id, SeededRandom random) {
            this.id = id;
            this.clockSkewMillis = random.nextBetween(-3_000, 3_000);
            this.agents =
                    new AgentWorld(
                            (delay, run) -> {},
                            random.split(),
                            mood,
                            resource -> serviceStarted(this, resource));
        }

        String name() {
            return "n" + id;
        }

        long clockSkewMillis() {
            return clockSkewMillis;
        }

        AgentWorld agents() {
            return agents;
        }

        @Nullable Element disk() {
            return disk;
        }

        void write(Element cib) {
            disk = cib;
        }

        void died(WholeStack who) {
            if (life == who) {
                life = null;
                agents.powerOff();
            }
        }
    }

    private final SeededRandom random;
    private final AgentWorld.Mood mood = new AgentWorld.Mood();
    private final SortedMap<NodeId, String> names = new TreeMap<>();
    private final SortedMap<NodeId, Machine> machines = new TreeMap<>();
    private final Map<WholeStack, CibVersion> versions = new LinkedHashMap<>();
    private final Set<Long> unanswered = new LinkedHashSet<>();
    private final Administrator administrator;
    private boolean prepared;
    private boolean troubled = true;
    private long steps;
    private boolean cleanedUp;
    private long peaceNanos;
    private long restoredNanos;
    private long quietNanos;

    /** A load for a cluster of so many nodes. */
    public WholeLoad(int nodes, SeededRandom random) {
        this.random = random;
        double intensity = random.nextInt(4) / 3.0;
        mood.failChance = intensity * 0.05;
        mood.hangChance = intensity * 0.02;
        mood.slowChance = intensity * 0.05;
        this.administrator =
                new Administrator(
                        (client, what) -> unanswered.add(client),
                        random.split(),
                        CLUSTER_DELAY,
                        TIMEOUT);
        for (int i = 1; i <= nodes; i++) {
            NodeId id = new NodeId(i);
            names.put(id, "n" + i);
            machines.put(id, new Machine(id, random.split()));
        }
    }

    SortedMap<NodeId, String> names() {
        return names;
    }

    @Override
    public NodeStack boot(NodeContext context) {
        Machine machine = machines.get(context.self());
        if (machine == null) {
            throw new InvariantBroken("no machine " + context.self());
        }
        WholeStack life = new WholeStack(this, machine, context);
        machine.life = life;
        planAdministration(life);
        return life;
    }

    private void planAdministration(WholeStack life) {
        life.after(
                random.nextBetween(SECOND / 10, 3 * SECOND),
                () -> {
                    if (!prepared && life.manager().isCibInStep()) {
                        prepared = true;
                        administrator.prepare(life, 1 + random.nextInt(4));
                    } else if (troubled && random.chance(0.2)) {
                        administrator.tagLife(life, life.pid());
                    } else if (troubled) {
                        administrator.act(life, new ArrayList<>(names.values()));
                    }
                    if (troubled) {
                        planAdministration(life);
                    }
                });
    }

    void answered(long client) {
        if (!unanswered.remove(client)) {
            throw new InvariantBroken("request " + client + " was answered twice");
        }
    }

    void stepped(WholeStack life) {
        steps++;
        if (steps % 64 == 0) {
            noAttributeOfADepartedLife(life, TOGETHER_NANOS);
        }
        if (!life.manager().isCibInStep()) {
            return; // a copy that has not been compared yet may still turn out not to count
        }
        CibVersion now = CibVersion.of(life.manager().cib());
        CibVersion before = versions.put(life, now);
        if (before != null && now.compareTo(before) < 0) {
            throw new InvariantBroken(
                    "the CIB of %s went from %s back to %s".formatted(life.name(), before, now));
        }
    }

    /** An attribute that an earlier life of a node was given must not be seen in a later one. */
    private void noAttributeOfADepartedLife(WholeStack observer, long togetherNanos) {
        observer.manager()
                .attributeValues(Administrator.LIFE)
                .forEach((id, value) -> {
                    Machine machine = machines.get(id);
                    WholeStack life = machine == null ? null : machine.life;
                    if (life != null
                            && !value.equals(Integer.toString(life.pid()))
                            && observer.togetherWith(life, togetherNanos)) {
                        throw new InvariantBroken(
                                "%s holds an attribute of life %s of %s, which is in life %d"
                                        .formatted(
                                                observer.name(), value, life.name(), life.pid()));
                    }
                });
    }

    private void serviceStarted(Machine here, String resource) {
        WholeStack life = here.life;
        for (Machine there : machines.values()) {
            WholeStack other = there.life;
            if (there != here
                    && life != null
                    && other != null
                    && there.agents.isActive(resource)
                    && life.togetherWith(other, TOGETHER_NANOS)) {
                throw new InvariantBroken(
                        "%s was started on %s while it runs on %s"
                                .formatted(resource, here.name(), there.name()));
            }
        }
    }

    @Override
    public void checkAfterEvent(SimulatedCluster cluster) {
        // Steps are checked as they are taken.
    }

    @Override
    public void onFaultsStopped(SimulatedCluster cluster) {
        troubled = false;
        mood.failChance = 0;
        mood.hangChance = 0;
        mood.slowChance = 0;
    }

    @Override
    public long settleNanos() {
        return 90 * SECOND;
    }

    @Override
    public String unfinished(SimulatedCluster cluster) {
        String open = unsettled(cluster);
        if (!open.isEmpty()) {
            quietNanos = 0;
            return open;
        }
        long now = cluster.time().nowNanos();
        quietNanos = quietNanos == 0 ? now : quietNanos;
        if (restoredNanos == 0 && now - quietNanos < SECOND) {
            return "what the administrator asked for through other nodes is still on its way";
        }
        if (restoredNanos == 0) {
            // All is quiet: undo what the administrator left behind, then it must be quiet again.
            WholeStack life = machines.firstEntry().getValue().life;
            if (life == null) {
                return "n1 is down";
            }
            restoredNanos = now;
            if (!prepared) {
                administrator.prepare(life, 2);
            }
            administrator.restore(life, new ArrayList<>(names.values()));
        }
        return now - restoredNanos < 3 * SECOND ? "restoring" : wrongAtRest();
    }

    /** A stop that failed keeps a node from leaving until somebody has looked at it. */
    private void cleanUpOnce(SimulatedCluster cluster) {
        long now = cluster.time().nowNanos();
        if (peaceNanos == 0) {
            peaceNanos = now;
        } else if (!cleanedUp && now - peaceNanos > 20 * SECOND) {
            for (Machine machine : machines.values()) {
                WholeStack life = machine.life;
                if (life != null && !cleanedUp) {
                    cleanedUp = true;
                    administrator.restore(life, new ArrayList<>(names.values()));
                }
            }
        }
    }

    private String unsettled(SimulatedCluster cluster) {
        Set<String> leaders = new LinkedHashSet<>();
        Set<String> rings = new LinkedHashSet<>();
        for (Machine machine : machines.values()) {
            WholeStack life = machine.life;
            if (life == null || life.isStopping()) {
                // One that had been told to stop does so, and is started again.
                cluster.nodes().get(machine.id.value() - 1).boot();
                cleanUpOnce(cluster);
                return machine.name() + " is down or stopping";
            }
            String state = life.manager().controllerState();
            if (!state.equals("S_IDLE") && !state.equals("S_NOT_DC")) {
                return machine.name() + " is in state " + state;
            }
            ClusterLayer layer = cluster.nodes().get(machine.id.value() - 1).clusterLayer();
            if (layer == null || !layer.isReady()) {
                return machine.name() + " is between two rings";
            }
            leaders.add(String.valueOf(life.manager().dc()));
            rings.add(life.ring());
        }
        if (rings.size() > 1) {
            // Nodes that have not noticed yet that they are apart may look settled.
            return "rings are " + rings;
        }
        return leaders.size() == 1 && !leaders.contains("null") ? "" : "DCs are " + leaders;
    }

    /** What is not as it should be when all is quiet, or an empty string. */
    private String wrongAtRest() {
        Element cib = null;
        for (Machine machine : machines.values()) {
            WholeStack life = machine.life;
            if (life == null) {
                return machine.name() + " is down";
            }
            Element own = life.manager().cib();
            if (cib != null && !own.equals(cib)) {
                return "CIBs differ:%n%s%n%s"
                        .formatted(XmlPrinter.compact(cib), XmlPrinter.compact(own));
            }
            cib = own;
        }
        if (cib == null) {
            return "there are no machines";
        }
        Element resources = cib.path("configuration", "resources");
        for (Element primitive :
                resources == null ? List.<Element>of() : resources.elements("primitive")) {
            if (primitive.has("class")) {
                long active =
                        machines.values().stream()
                                .filter(machine -> machine.agents.isActive(primitive.id()))
                                .count();
                if (active != 1) {
                    return "%s runs on %d nodes:%n%s"
                            .formatted(primitive.id(), active, XmlPrinter.compact(cib));
                }
            }
        }
        return PlanTime.leftToDo(cib, wallSecondsOfTheDc());
    }

    private long wallSecondsOfTheDc() {
        for (Machine machine : machines.values()) {
            WholeStack life = machine.life;
            if (life != null && machine.name().equals(life.manager().dc())) {
                return life.wallMillis() / 1000;
            }
        }
        return 0;
    }

    @Override
    public void checkAtEnd(SimulatedCluster cluster) {
        for (Machine machine : machines.values()) {
            WholeStack life = machine.life;
            if (life != null) {
                noAttributeOfADepartedLife(life, 0);
            }
        }
        String wrong = wrongAtRest();
        if (!wrong.isEmpty()) {
            throw new InvariantBroken(wrong);
        }
    }
}
