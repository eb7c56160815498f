package org.holdfast.scheduler.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.actions.RoleSteps.Step;
import org.holdfast.scheduler.model.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoleStepsTest {

    @ParameterizedTest
    @CsvSource({
        "STOPPED, STARTED, START",
        "STOPPED, PROMOTED, START PROMOTE",
        "STARTED, STOPPED, STOP",
        "STARTED, PROMOTED, PROMOTE",
        "UNPROMOTED, STOPPED, STOP",
        "UNPROMOTED, PROMOTED, PROMOTE",
        "PROMOTED, STOPPED, DEMOTE STOP",
        "PROMOTED, UNPROMOTED, DEMOTE",
        "UNKNOWN, STARTED, STOP START",
    })
    void eachRoleIsReachedByTheRolesBetween(Role from, Role to, String steps) {
        assertThat(String.join(" ", way(from, to))).isEqualTo(steps);
    }

    private static List<String> way(Role from, Role to) {
        List<String> steps = new ArrayList<>();
        Role role = from;
        while (role != to) {
            Role next = RoleSteps.next(role, to);
            Step step = RoleSteps.step(role, next);
            if (step == Step.NONE) {
                break;
            }
            steps.add(step.name());
            role = next;
        }
        return steps;
    }

    @Test
    void everyWayEnds() {
        for (Role from : Role.values()) {
            for (Role to : Role.values()) {
                if (to != Role.UNKNOWN) {
                    assertThat(way(from, to)).hasSizeLessThan(4);
                }
            }
        }
    }
}
