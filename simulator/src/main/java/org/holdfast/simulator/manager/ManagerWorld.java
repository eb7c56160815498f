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
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.jspecify.annotations.Nullable;

/**
 * One run: a cluster that is built, troubled for a while, then left in peace. Same seed, same run.
 */
public final class ManagerWorld {

    private static final int TRACE_MAX = 20_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Clock clock = new Clock();
    private final SeededRandom random;
    private final AgentWorld.Mood mood = new AgentWorld.Mood();
    private final SortedMap<NodeId, Machine> machines = new TreeMap<>();
    private final SortedMap<NodeId, String> names = new TreeMap<>();
    private final SortedMap<NodeId, Integer> partition = new TreeMap<>();
    private final Set<Long> unanswered = new LinkedHashSet<>();
    private final List<String> trace = new ArrayList<>();
    private final Map<String, Integer> probes = new LinkedHashMap<>();
    private final Bus bus;
    private final Administrator administrator;
    private final Invariants invariants;
    private final long seed;
    private boolean troubled = true;
    private boolean regroupPlanned;

    /** A world that has not begun. */
    public ManagerWorld(long seed) {
        this.seed = seed;
        this.random = new SeededRandom(seed);
        int size = (int) random.nextBetween(1, 5);
        for (int i = 1; i <= size; i++) {
            names.put(new NodeId(i), "n" + i);
            partition.put(new NodeId(i), 0);
        }
        this.bus = new Bus(clock, random.split(), size);
        this.administrator = new Administrator(this::asked, random.split(), "60s", "10s");
        this.invariants = new Invariants(this);
        for (NodeId id : names.keySet()) {
            machines.put(id, new Machine(this, id, "n" + id, random.split()));
        }
    }

    Clock clock() {
        return clock;
    }

    Bus bus() {
        return bus;
    }

    AgentWorld.Mood mood() {
        return mood;
    }

    Iterable<Machine> machines() {
        return machines.values();
    }

    /** The last lines of what happened, with virtual milliseconds. */
    public List<String> trace() {
        return trace;
    }

    /** How often rare paths were taken, by name. */
    public Map<String, Integer> probes() {
        return probes;
    }

    /** Virtual milliseconds since the beginning. */
    public long elapsedMillis() {
        return clock.nowMillis();
    }

    void probe(String name) {
        probes.merge(name, 1, Integer::sum);
    }

    void trace(String line) {
        trace.add("%8d %s".formatted(clock.nowMillis(), line));
        if (trace.size() > TRACE_MAX) {
            trace.subList(0, TRACE_MAX / 2).clear();
        }
    }

    /**
     * Runs to the end.
     *
     * @throws InvariantBroken if something happened that must not, or did not that must
     */
    public void run() {
        for (Machine machine : machines.values()) {
            clock.afterMillis(random.nextBetween(0, 500), () -> start(machine));
        }
        runFor(5_000);
        Machine.Process first = anyProcess(false);
        if (first != null) {
            administrator.prepare(first, 1 + random.nextInt(4));
        }
        double intensity = random.nextInt(4) / 3.0;
        mood.failChance = intensity * 0.05;
        mood.hangChance = intensity * 0.02;
        mood.slowChance = intensity * 0.05;
        mood.dieChance = intensity * 0.2;
        clock.afterMillis(1_000, this::trouble);
        runFor(20_000 + random.nextInt(100_000));
        heal();
        runUntilSettled();
        invariants.atRest();
    }

    private void runFor(long millis) {
        long end = clock.now() + millis * Clock.MILLI;
        while (clock.step(end)) {
            // events do the rest
        }
    }

    private void trouble() {
        if (!troubled) {
            return;
        }
        Machine victim = new ArrayList<>(machines.values()).get(random.nextInt(machines.size()));
        Machine.Process running = victim.process();
        switch (random.nextInt(14)) {
            case 0 -> crash(victim);
            case 1, 2, 3 -> {
                if (running == null) {
                    start(victim);
                }
            }
            case 4 -> split();
            case 5, 6 -> join();
            case 7 -> {
                if (running != null && !running.stopping) {
                    running.stopping = true;
                    probe("clean stop");
                    running.deliver(new org.holdfast.manager.ManagerInput.Shutdown());
                }
            }
            case 8 -> machines.values().forEach(machine -> machine.agents().maybeDie());
            default -> {
                Machine.Process through = anyProcess(false);
                if (through != null) {
                    administrator.act(through, new ArrayList<>(names.values()));
                }
            }
        }
        clock.afterMillis(
                random.chance(0.2) ? random.nextBetween(1, 50) : random.nextBetween(100, 4_000),
                this::trouble);
    }

    private void crash(Machine victim) {
        if (victim.process() != null) {
            probe("crash");
            victim.crash();
            planRegroup(random.nextBetween(1, 1_500));
            if (random.chance(0.5)) {
                clock.afterMillis(random.nextBetween(1, 3_000), () -> start(victim));
            }
        }
    }

    private void start(Machine machine) {
        if (machine.process() == null) {
            machine.start(names);
            planRegroup(random.nextBetween(1, 200));
        }
    }

    private void split() {
        probe("split");
        partition.replaceAll((id, before) -> random.nextInt(2));
        planRegroup(random.nextBetween(1, 1_500));
    }

    private void join() {
        partition.replaceAll((id, before) -> 0);
        planRegroup(random.nextBetween(1, 1_500));
    }

    private void planRegroup(long millis) {
        if (!regroupPlanned) {
            regroupPlanned = true;
            clock.afterMillis(millis, this::regroup);
        }
    }

    private void regroup() {
        regroupPlanned = false;
        SortedMap<Integer, List<Bus.Station>> parts = new TreeMap<>();
        for (Machine machine : machines.values()) {
            Machine.Process process = machine.process();
            if (process != null) {
                parts.computeIfAbsent(
                                partition.getOrDefault(machine.id(), 0), key -> new ArrayList<>())
                        .add(process);
            }
        }
        trace("rings " + parts.values().stream().map(ManagerWorld::describe).toList());
        invariants.ringsChanged();
        bus.regroup(new ArrayList<>(parts.values()));
    }

    private static String describe(List<Bus.Station> members) {
        return String.join(" ", members.stream().map(Bus.Station::name).toList());
    }

    void exited(Machine machine) {
        planRegroup(random.nextBetween(1, 300));
        if (!troubled || random.chance(0.7)) {
            clock.afterMillis(random.nextBetween(500, 5_000), () -> start(machine));
        }
    }

    private void heal() {
        trace("peace");
        troubled = false;
        mood.failChance = 0;
        mood.hangChance = 0;
        mood.slowChance = 0;
        mood.dieChance = 0;
        join();
        for (Machine machine : machines.values()) {
            clock.afterMillis(random.nextBetween(0, 2_000), () -> start(machine));
        }
        // Longer than any timeout of an operation and the kill behind it.
        runFor(60_000);
        Machine.Process any = anyProcess(true);
        if (any != null) {
            administrator.restore(any, new ArrayList<>(names.values()));
        }
    }

    private void runUntilSettled() {
        long end = clock.now() + 300 * NANOS_PER_SECOND;
        while (clock.now() < end) {
            runFor(2_000);
            if (invariants.isSettled()) {
                return;
            }
        }
        throw broken("not settled within 300 s of peace: " + invariants.describe());
    }

    private Machine.@Nullable Process anyProcess(boolean evenStopping) {
        List<Machine.Process> up = new ArrayList<>();
        for (Machine machine : machines.values()) {
            Machine.Process process = machine.process();
            if (process != null && (evenStopping || !process.stopping)) {
                up.add(process);
            }
        }
        return up.isEmpty() ? null : up.get(random.nextInt(up.size()));
    }

    void stepped(Machine machine, Machine.Process process) {
        invariants.stepped(machine, process);
    }

    void serviceStarted(Machine machine, String resource) {
        invariants.serviceStarted(machine, resource);
    }

    void asked(long client, String what) {
        trace(what);
        unanswered.add(client);
    }

    void answered(long client, ControlAnswer answer) {
        if (!unanswered.remove(client)) {
            throw broken("request " + client + " answered twice: " + answer);
        }
    }

    @Nullable Element cibOf(Machine machine) {
        Machine.Process process = machine.process();
        return process == null ? null : process.manager.cib();
    }

    InvariantBroken broken(String what) {
        return new InvariantBroken("seed " + seed + ", at " + clock.nowMillis() + " ms: " + what);
    }
}
