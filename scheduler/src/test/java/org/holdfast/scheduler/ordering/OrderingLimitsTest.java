package org.holdfast.scheduler.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Very many orderings neither exhaust the stack nor take a time that grows with their square. */
@Timeout(60)
class OrderingLimitsTest {

    private static final int LENGTH = 10_000;

    private static Scenario primitives(int count) {
        Scenario scenario = Scenario.of("n1", "n2").option("stonith-enabled", "false");
        for (int i = 0; i < count; i++) {
            scenario.primitive("r" + i);
        }
        return scenario;
    }

    private static String order(int number, String first, String then) {
        return "<rsc_order id='o" + number + "' first='" + first + "' then='" + then + "'/>";
    }

    private static Cluster decide(Scenario scenario) {
        Cluster cluster = Scheduler.status(ScheduleRequest.of(scenario.cib(), Scenario.NOW));
        Scheduler.decide(cluster);
        return cluster;
    }

    private static List<Action> starts(Cluster cluster) {
        return cluster.actions.stream()
                .filter(action -> action.task.equals("start"))
                .filter(action -> !action.isOptional() && action.isRunnable())
                .toList();
    }

    private static Scenario orders(int count, IntFunction<String> constraint) {
        Scenario scenario = primitives(count);
        for (int i = 0; i < count; i++) {
            scenario.constraint(constraint.apply(i));
        }
        return scenario;
    }

    @Test
    void aLongChain() {
        Scenario chain =
                orders(LENGTH, i -> order(i, "r" + i, i + 1 < LENGTH ? "r" + (i + 1) : "none"));
        assertThat(starts(decide(chain))).hasSize(LENGTH);
    }

    @Test
    void aLongRing() {
        Scenario ring = orders(LENGTH, i -> order(i, "r" + i, "r" + (i + 1) % LENGTH));
        assertThat(decide(ring).resources).hasSize(LENGTH);
    }

    @Test
    void aLargeGroup() {
        String[] members = new String[2_000];
        for (int i = 0; i < members.length; i++) {
            members[i] = "m" + i;
        }
        Scenario group =
                Scenario.of("n1", "n2").option("stonith-enabled", "false").group("g", members);
        assertThat(starts(decide(group))).hasSize(members.length + 1);
    }

    /** Its probes are ordered before as many stops as there are pairs, none of which happens. */
    @Test
    void aNewNodeBesideALongActiveChain() {
        Scenario chain =
                orders(LENGTH - 1, i -> order(i, "r" + i, "r" + (i + 1)))
                        .primitive("r" + (LENGTH - 1))
                        .resourceDefault("resource-stickiness", "1000");
        for (int i = 0; i < LENGTH; i++) {
            chain.running("n1", "r" + i);
        }
        assertThat(decide(chain).actions)
                .filteredOn(action -> !action.isOptional() && !action.isPseudo())
                .hasSize(LENGTH)
                .allMatch(action -> action.task.equals("monitor"));
    }

    /** A restarted resource's probe on a new node comes before the stops that depend on it. */
    @Test
    void probesComeBeforeRestartsFarBehindThem() {
        Scenario chain = primitives(4).running("n1", "r3");
        for (int i = 0; i < 3; i++) {
            chain.constraint(order(i, "r" + i, "r" + (i + 1)));
        }
        Action stop =
                decide(chain).actions.stream()
                        .filter(action -> action.key.equals("r3_stop_0"))
                        .findFirst()
                        .orElseThrow();
        assertThat(stop.before)
                .extracting(before -> before.action.key)
                .contains("r0_monitor_0", "r1_monitor_0", "r2_monitor_0");
    }
}
