package org.holdfast.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.Scenario.Placed;
import org.junit.jupiter.api.Test;

/** Utilization and placement strategies. */
class CapacityTest {

    private static Scenario cluster(String strategy) {
        return Scenario.of("n1", "n2")
                .option("placement-strategy", strategy)
                .capacity("n1", "cpu", "2")
                .capacity("n2", "cpu", "4");
    }

    @Test
    void byDefaultCapacityDoesNotCount() {
        Placed placed = cluster("default").using("a", "cpu", "9").place();
        assertThat(placed.node("a")).isEqualTo("n1");
    }

    @Test
    void utilizationBansSmallNodes() {
        Placed placed =
                cluster("utilization").using("a", "cpu", "3").using("b", "cpu", "3").place();
        assertThat(placed.nodes("a", "b")).isEqualTo("n2 -");
    }

    @Test
    void minimalFillsByNameAlone() {
        Placed placed = cluster("minimal").using("a", "cpu", "1").using("b", "cpu", "1").place();
        assertThat(placed.nodes("a", "b")).isEqualTo("n1 n1");
    }

    @Test
    void balancedTakesTheNodeWithMostLeft() {
        Placed placed =
                cluster("balanced")
                        .using("a", "cpu", "1")
                        .using("b", "cpu", "1")
                        .using("c", "cpu", "1")
                        .place();
        assertThat(placed.nodes("a", "b", "c")).isEqualTo("n2 n2 n1");
    }

    @Test
    void whatGoesTogetherNeedsRoomTogether() {
        Placed placed =
                cluster("utilization")
                        .using("a", "cpu", "2")
                        .using("b", "cpu", "2")
                        .together("b", "a", "INFINITY")
                        .place();
        assertThat(placed.nodes("a", "b")).isEqualTo("n2 n2");
    }

    @Test
    void ofTheLargestNodesTheFirstInTheTableIsTakenIfNoneHasRoomForAll() {
        Placed placed =
                Scenario.of("n1", "n2", "n3", "n4", "n5")
                        .option("placement-strategy", "minimal")
                        .capacity("n1", "cpu", "1")
                        .capacity("n2", "cpu", "2")
                        .capacity("n3", "cpu", "2")
                        .capacity("n4", "cpu", "4")
                        .capacity("n5", "cpu", "4")
                        .using("a", "cpu", "2")
                        .using("b", "cpu", "3")
                        .together("b", "a", "INFINITY")
                        .place();
        assertThat(placed.nodes("a", "b")).isEqualTo("n5 -");
    }

    @Test
    void higherPriorityComesFirst() {
        Placed placed =
                cluster("utilization")
                        .using("a", "cpu", "4")
                        .using("b", "cpu", "4", "priority", "1")
                        .place();
        assertThat(placed.nodes("a", "b")).isEqualTo("- n2");
    }

    @Test
    void capacitiesAreAmongTheScoreLines() {
        Placed placed = cluster("utilization").using("a", "cpu", "3").place();
        assertThat(placed.lines())
                .contains(
                        "Original: n2 capacity: cpu=4",
                        "pcmk__assign_resource: a utilization on n2: cpu=3",
                        "Remaining: n2 capacity: cpu=1");
    }
}
