package org.holdfast.simulator.manager;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.manager.ManagerEffect.RunAgent;
import org.holdfast.manager.ManagerInput.AgentOutcome;

/**
 * The services of one machine and the agents that handle them. They survive the manager, not the
 * machine.
 */
final class AgentWorld {

    /** What every agent says of itself. */
    static final String METADATA =
            """
            <resource-agent name="any"><version>1.1</version>
              <parameters><parameter name="state" unique-group="state"/>
                <parameter name="fake" reloadable="1"/></parameters>
              <actions><action name="start"/><action name="reload-agent"/></actions>
            </resource-agent>
            """;

    /** How agents behave at the moment. */
    static final class Mood {
        double failChance;
        double hangChance;
        double slowChance;
        double dieChance;
    }

    /** Is told of what agents really do. */
    interface Observer {
        void started(String resource);
    }

    private Timeline clock;
    private final SeededRandom random;
    private final Mood mood;
    private final Observer observer;
    private final Set<String> active = new LinkedHashSet<>();
    private final Map<Long, RunAgent> running = new LinkedHashMap<>();

    AgentWorld(Timeline clock, SeededRandom random, Mood mood, Observer observer) {
        this.clock = clock;
        this.random = random;
        this.mood = mood;
        this.observer = observer;
    }

    /** Goes by another clock from now on: that of the machine's next life. */
    void follow(Timeline other) {
        clock = other;
    }

    boolean isActive(String resource) {
        return active.contains(resource);
    }

    Set<String> active() {
        return active;
    }

    int runningAgents() {
        return running.size();
    }

    /** A service dies by itself. */
    void maybeDie() {
        if (!active.isEmpty() && random.chance(mood.dieChance)) {
            active.remove(active.iterator().next());
        }
    }

    /** The machine is off. */
    void powerOff() {
        active.clear();
        running.clear();
    }

    /** Takes the end of an agent. */
    interface End {
        void ended(long call, AgentOutcome outcome, int rc);
    }

    void run(RunAgent run, End end) {
        running.put(run.call(), run);
        if (random.chance(mood.hangChance)) {
            return; // until it is killed
        }
        long millis =
                random.chance(mood.slowChance)
                        ? random.nextBetween(1_000, 30_000)
                        : random.nextBetween(1, 150);
        clock.afterMillis(
                millis,
                () -> {
                    if (running.remove(run.call(), run)) {
                        end.ended(run.call(), AgentOutcome.EXITED, act(run));
                    }
                });
    }

    void kill(long call, End end) {
        RunAgent run = running.remove(call);
        if (run != null) {
            // A start that is killed half-way may have started the service, or not.
            if (run.action().equals("start") && random.chance(0.3)) {
                start(run.resource());
            }
            clock.afterMillis(1, () -> end.ended(call, AgentOutcome.KILLED, 0));
        }
    }

    private void start(String resource) {
        if (active.add(resource)) {
            observer.started(resource);
        }
    }

    private int act(RunAgent run) {
        boolean fails = random.chance(mood.failChance);
        return switch (run.action()) {
            case "start" -> {
                if (fails) {
                    yield 1;
                }
                start(run.resource());
                yield 0;
            }
            case "stop" -> {
                active.remove(run.resource());
                yield 0;
            }
            case "monitor" -> {
                if (fails && run.intervalMillis() > 0) {
                    yield 1;
                }
                yield active.contains(run.resource()) ? 0 : 7;
            }
            default -> 0;
        };
    }
}
