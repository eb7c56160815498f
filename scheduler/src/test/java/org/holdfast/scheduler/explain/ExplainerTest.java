package org.holdfast.scheduler.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.explain.Explanation.Alternative;
import org.holdfast.scheduler.explain.Explanation.NodeVerdict;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.explain.Explanation.Verdict;
import org.holdfast.scheduler.model.ScoreReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplainerTest {

    private static Explanation explain(Scenario scenario, String resource, @Nullable String node) {
        Explainer explainer = new Explainer(scenario.cib(), TimeContext.utc(Scenario.NOW));
        return Objects.requireNonNull(explainer.explain(resource, node));
    }

    private static NodeVerdict node(Part part, String name) {
        return part.nodes().stream()
                .filter(node -> node.node().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Change> changes(Explanation explanation) {
        return explanation.alternatives().stream().map(Alternative::change).toList();
    }

    @Test
    void namesTheConstraintAndWhatItsRemovalWouldDo() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .constraint("<rsc_location id='ban' rsc='a' node='n1' score='-INFINITY'/>");
        Explanation explanation = explain(scenario, "a", "n1");
        Part part = explanation.parts().getFirst();
        assertThat(part.to()).isEqualTo("n2");
        assertThat(node(part, "n1").verdict()).isEqualTo(Verdict.BANNED);
        assertThat(node(part, "n1").steps())
                .singleElement()
                .satisfies(step ->
                        assertThat(step.reason()).isEqualTo(new ScoreReason.Location("ban")));
        assertThat(changes(explanation)).contains(new Change.WithoutConstraint("ban"));
        assertThat(explanation.alternatives().getFirst().outcome())
                .isEqualTo("a would be running on n1 instead of n2");
    }

    @Test
    void countsFailures() {
        Scenario scenario =
                Scenario.of("n1")
                        .primitive("a", "migration-threshold", "3")
                        .transientAttribute("n1", "fail-count-a#monitor_10000", "3");
        Explanation explanation = explain(scenario, "a", null);
        Part part = explanation.parts().getFirst();
        assertThat(part.decision()).isEqualTo("no node can take it");
        assertThat(node(part, "n1").steps().getFirst().cause().text())
                .isEqualTo("failed there 3 times, and migration-threshold is 3");
        assertThat(changes(explanation)).startsWith(new Change.WithoutFailures("a", "n1"));
    }

    @Test
    void findsTwoChangesWhereOneIsNotEnough() {
        Scenario scenario =
                Scenario.of("n1")
                        .primitive("a", "target-role", "Stopped")
                        .constraint("<rsc_location id='ban' rsc='a' node='n1' score='-INFINITY'/>");
        Explanation explanation = explain(scenario, "a", null);
        assertThat(explanation.alternatives())
                .singleElement()
                .satisfies(alternative -> {
                    assertThat(alternative.change()).isInstanceOf(Change.Together.class);
                    assertThat(alternative.outcome()).isEqualTo("a would be running on n1");
                });
    }

    @Test
    void saysWhatStandsInANodesWay() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .attribute("n1", "standby", "on")
                        .primitive("a")
                        .prefer("a", "n1", "100");
        Explanation explanation = explain(scenario, "a", "n1");
        NodeVerdict standby = node(explanation.parts().getFirst(), "n1");
        assertThat(standby.verdict()).isEqualTo(Verdict.UNAVAILABLE);
        assertThat(Objects.requireNonNull(standby.obstacle()).text())
                .isEqualTo("node n1 is in standby");
        assertThat(changes(explanation)).contains(new Change.WithoutNodeAttribute("n1", "standby"));
    }

    @Test
    void followsColocations() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .primitive("b")
                        .prefer("b", "n2", "9")
                        .constraint(
                                "<rsc_colocation id='k' rsc='a' with-rsc='b' score='INFINITY'/>");
        Part part = explain(scenario, "a", null).parts().getFirst();
        assertThat(node(part, "n1").steps().getLast().cause().text())
                .isEqualTo("must be with b, which goes to n2 (colocation k)");
    }

    @Test
    void whoFollowsAnotherIsBroughtByBringingThatOne() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .group("g", "a", "b")
                        .primitive("c")
                        .constraint("<rsc_location id='l' rsc='g' node='n1' score='9'/>")
                        .constraint(
                                "<rsc_colocation id='k' rsc='c' with-rsc='g' score='INFINITY'/>");
        Change bring = new Change.Preferring("g", "n2", "10");
        Explanation member = explain(scenario, "b", "n2");
        assertThat(changes(member)).contains(bring);
        assertThat(member.alternatives().getFirst().outcome())
                .isEqualTo("b would be running on n2 instead of n1");
        assertThat(changes(explain(scenario, "c", "n2"))).contains(bring);
    }

    @Test
    void changesThatHelpOnlyTogetherAreFoundOneAfterTheOther() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .group("g", "a", "b")
                        .constraint("<rsc_location id='ban' rsc='g' node='n2' score='-INFINITY'/>")
                        .constraint("<rsc_location id='must' rsc='g' node='n1' score='INFINITY'/>");
        Explanation explanation = explain(scenario, "b", "n2");
        assertThat(changes(explanation))
                .singleElement()
                .satisfies(change ->
                        assertThat(((Change.Together) change).changes())
                                .containsExactlyInAnyOrder(
                                        new Change.WithoutConstraint("ban"),
                                        new Change.WithoutConstraint("must"),
                                        new Change.Preferring("g", "n2", "1")));
        assertThat(explanation.alternatives().getFirst().outcome())
                .isEqualTo("b would be running on n2 instead of n1");
    }

    @Test
    void whatDefaultsSayIsOverriddenInTheResource() {
        Scenario scenario = Scenario.of("n1").primitive("a").resourceDefault("is-managed", "false");
        assertThat(changes(explain(scenario, "a", null)))
                .contains(new Change.MetaSet("a", "is-managed", "true"));
    }

    @Test
    void proposesAPreferenceThatIsJustStrongEnough() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .prefer("a", "n1", "70")
                        .prefer("a", "n2", "20");
        Explanation explanation = explain(scenario, "a", "n2");
        assertThat(changes(explanation)).contains(new Change.Preferring("a", "n2", "51"));
    }

    @Test
    void grantsTicketsAndEnablesAndManages() {
        Scenario ticket =
                Scenario.of("n1")
                        .primitive("a")
                        .constraint("<rsc_ticket id='t' rsc='a' ticket='T'/>")
                        .ticket("T", false);
        assertThat(changes(explain(ticket, "a", null))).contains(new Change.TicketGranted("T"));
        Scenario unmanaged = Scenario.of("n1").primitive("a", "is-managed", "false");
        assertThat(changes(explain(unmanaged, "a", null)))
                .contains(new Change.Managed(List.of("a")));
        Scenario noFencing = Scenario.of("n1").option("stonith-enabled", "true").primitive("a");
        assertThat(explain(noFencing, "a", null).parts().getFirst().facts())
                .anyMatch(fact -> fact.text().contains("no fencing device"));
    }

    @Test
    void anUnknownResourceIsNotExplained() {
        Explainer explainer = new Explainer(Scenario.of("n1").cib(), TimeContext.utc(Scenario.NOW));
        assertThat(explainer.explain("zz", null)).isNull();
    }

    @Test
    void clonesAreExplainedInstanceByInstance() {
        Scenario scenario = Scenario.of("n1", "n2").clone("c", "a").prefer("c", "n2", "-INFINITY");
        Explanation explanation = explain(scenario, "a", null);
        assertThat(explanation.parts()).hasSize(2);
        assertThat(explanation.alternatives())
                .anyMatch(alternative -> alternative.outcome().equals("a would be running on n2"));
    }
}
