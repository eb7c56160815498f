package org.holdfast.scheduler.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.explain.Explanation.NodePart;
import org.holdfast.scheduler.explain.Explanation.NodeVerdict;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.explain.Explanation.PlannedAction;
import org.holdfast.scheduler.explain.Reference.Type;
import org.junit.jupiter.api.Test;

/** Each kind of reason of an action, from a small cluster that has it. */
class CauseTest {

    /** An answer with all its causes in one list. */
    private record Answer(Explanation explanation, List<Cause> causes) {

        List<String> kinds() {
            return causes.stream().map(Cause::kind).distinct().toList();
        }

        List<String> texts() {
            return causes.stream().map(Cause::text).toList();
        }

        List<String> ids(Type type) {
            List<String> ids = new ArrayList<>();
            for (Cause cause : causes) {
                for (Reference reference : cause.references()) {
                    if (reference.type() == type) {
                        ids.add(reference.id());
                    }
                }
            }
            return ids;
        }

        List<Change> changes() {
            return explanation.alternatives().stream().map(each -> each.change()).toList();
        }

        String outcomeOf(Class<? extends Change> change) {
            return explanation.alternatives().stream()
                    .filter(each -> change.isInstance(each.change()))
                    .findFirst()
                    .orElseThrow()
                    .outcome();
        }
    }

    private static Answer ask(Element cib, String subject) {
        Explainer explainer = new Explainer(cib, TimeContext.utc(Scenario.NOW));
        Explanation explanation = Objects.requireNonNull(explainer.explain(subject, null));
        List<Cause> causes = new ArrayList<>();
        collect(explanation.facts(), causes);
        for (Part part : explanation.parts()) {
            collect(part.facts(), causes);
            for (NodeVerdict verdict : part.nodes()) {
                if (verdict.obstacle() != null) {
                    collect(List.of(verdict.obstacle()), causes);
                }
                verdict.steps().forEach(step -> collect(List.of(step.cause()), causes));
            }
            part.actions().forEach(action -> collect(action, causes));
        }
        for (NodePart part : explanation.nodes()) {
            collect(part.facts(), causes);
            part.actions().forEach(action -> collect(action, causes));
            part.leaving().forEach(action -> collect(action, causes));
        }
        return new Answer(explanation, causes);
    }

    private static void collect(PlannedAction action, List<Cause> into) {
        collect(action.causes(), into);
        collect(action.obstacles(), into);
    }

    private static void collect(List<Cause> causes, List<Cause> into) {
        for (Cause cause : causes) {
            into.add(cause);
            collect(cause.because(), into);
        }
    }

    private static Element failedMonitor(String resource, long when) {
        return entry(resource, resource + "_last_failure_0", "monitor", "10000", "0", "1", when);
    }

    private static Element entry(
            String resource,
            String id,
            String operation,
            String interval,
            String expected,
            String status,
            long when) {
        return Element.of(
                "lrm_rsc_op",
                "id",
                id,
                "operation_key",
                resource + "_" + operation + "_" + interval,
                "operation",
                operation,
                "transition-key",
                "1:1:" + expected + ":f5b6a3c6-0000-4000-8000-000000000000",
                "rc-code",
                status,
                "op-status",
                "0",
                "interval",
                interval,
                "call-id",
                "99",
                "exit-reason",
                "disk on fire",
                "last-rc-change",
                Long.toString(when));
    }

    private static Element history(
            Scenario scenario, String node, String resource, UnaryOperator<Element> change) {
        return Edits.inHistory(scenario.cib(), node, resource, change);
    }

    private static Element state(Scenario scenario, String node, UnaryOperator<Element> change) {
        return Edits.in(
                scenario.cib(),
                "status",
                status -> Edits.map(status, each -> each.getOr("uname", "").equals(node), change));
    }

    @Test
    void aFailedOperationIsNamedWithTimeAndExitReason() {
        Scenario scenario = Scenario.of("n1").primitive("a").running("n1", "a");
        Element cib =
                history(
                        scenario,
                        "n1",
                        "a",
                        each -> each.append(failedMonitor("a", Scenario.NOW - 30)));
        Answer answer = ask(cib, "a");
        assertThat(answer.kinds()).contains("FailedOperation", "FailureResponse");
        assertThat(answer.ids(Type.HISTORY)).contains("a_last_failure_0");
        assertThat(answer.texts())
                .contains(
                        "the monitor (every 10s) of a failed on n1 at 2023-12-31 23:59:30 UTC: Error"
                                + " occurred (1), \"disk on fire\"");
        assertThat(answer.outcomeOf(Change.WithoutFailures.class))
                .isEqualTo("a would not be restarted on n1");
    }

    @Test
    void whatIsActiveTwiceIsStoppedForThat() {
        Answer answer =
                ask(
                        Scenario.of("n1", "n2")
                                .primitive("a")
                                .running("n1", "a")
                                .running("n2", "a")
                                .cib(),
                        "a");
        assertThat(answer.kinds()).contains("MultiplyActive");
        assertThat(answer.changes()).contains(new Change.StoppedOn("a", "n2"));
    }

    @Test
    void anOrderingIsNamedWhereOneStopBringsAnother() {
        Scenario scenario =
                Scenario.of("n1")
                        .primitive("a", "target-role", "Stopped")
                        .primitive("b")
                        .running("n1", "a")
                        .running("n1", "b")
                        .constraint("<rsc_order id='o' first='a' then='b'/>");
        Answer answer = ask(scenario.cib(), "b");
        assertThat(answer.ids(Type.CONSTRAINT)).contains("o");
        assertThat(answer.texts()).contains("target-role of a is Stopped");
        assertThat(answer.changes())
                .contains(new Change.WithoutConstraint("o"), new Change.Enabled(List.of("a")));
    }

    @Test
    void aStartThatWaitsInVainSaysForWhat() {
        Scenario scenario =
                Scenario.of("n1")
                        .primitive("a")
                        .primitive("b")
                        .constraint("<rsc_location id='ban' rsc='a' node='n1' score='-INFINITY'/>")
                        .constraint("<rsc_order id='o' first='a' then='b'/>");
        Answer answer = ask(scenario.cib(), "b");
        assertThat(answer.explanation().parts().getFirst().after()).isEmpty();
        assertThat(answer.ids(Type.CONSTRAINT)).contains("o", "ban");
        assertThat(answer.outcomeOf(Change.WithoutConstraint.class))
                .isEqualTo("b would be running on n1");
    }

    @Test
    void lackOfQuorum() {
        Answer answer = ask(Scenario.of("n1").withoutQuorum().primitive("a").cib(), "a");
        assertThat(answer.kinds()).contains("NoQuorum");
        assertThat(answer.changes()).contains(new Change.Quorate());
    }

    @Test
    void changedParametersRestart() {
        Scenario scenario = Scenario.of("n1").primitive("a").running("n1", "a");
        Element cib =
                history(
                        scenario,
                        "n1",
                        "a",
                        each ->
                                each.mapElements(entry ->
                                        entry.with(
                                                "op-digest", "00000000000000000000000000000000")));
        Answer answer = ask(cib, "a");
        assertThat(answer.kinds()).contains("ParametersChanged");
        assertThat(answer.outcomeOf(Change.ParametersRestored.class))
                .isEqualTo("a would not be restarted on n1");
    }

    @Test
    void anotherAgentRestarts() {
        Scenario scenario = Scenario.of("n1").primitive("a").running("n1", "a");
        Element cib = history(scenario, "n1", "a", each -> each.with("type", "Stateful"));
        Answer answer = ask(cib, "a");
        assertThat(answer.kinds()).contains("AgentChanged");
        assertThat(answer.changes())
                .contains(new Change.AgentRestored("a", "ocf", "pacemaker", "Stateful"));
    }

    @Test
    void probesAndRecurringOperations() {
        Scenario scenario =
                Scenario.of("n1")
                        .resource(
                                "<primitive id='a' class='ocf' provider='pacemaker' type='Dummy'>"
                                        + "<operations><op id='m' name='monitor' interval='10s'/>"
                                        + "</operations></primitive>");
        Answer answer = ask(scenario.cib(), "a");
        assertThat(answer.kinds()).contains("StateUnknown", "OperationDue", "RoleChange");
        assertThat(answer.ids(Type.OPERATION)).contains("m");
    }

    @Test
    void anOperationThatIsNoLongerConfiguredIsCancelled() {
        Scenario scenario = Scenario.of("n1").primitive("a").running("n1", "a");
        Element cib =
                history(
                        scenario,
                        "n1",
                        "a",
                        each ->
                                each.append(
                                        entry(
                                                "a",
                                                "a_monitor_10000",
                                                "monitor",
                                                "10000",
                                                "0",
                                                "0",
                                                Scenario.NOW - 50)));
        Answer answer = ask(cib, "a");
        assertThat(answer.kinds()).contains("OperationRemoved");
        assertThat(answer.ids(Type.HISTORY)).contains("a_monitor_10000");
    }

    @Test
    void aFailureThatIsOverIsForgotten() {
        Scenario scenario =
                Scenario.of("n1")
                        .primitive("a", "failure-timeout", "60")
                        .running("n1", "a")
                        .transientAttribute("n1", "fail-count-a#monitor_10000", "1")
                        .transientAttribute("n1", "last-failure-a#monitor_10000", "1000");
        Element cib = history(scenario, "n1", "a", each -> each.append(failedMonitor("a", 1000)));
        assertThat(ask(cib, "a").kinds()).contains("FailureOver");
    }

    @Test
    void aNodeIsFencedForWhatItIs() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .option("stonith-enabled", "true")
                        .resource("<primitive id='f' class='stonith' type='fence_x'/>")
                        .primitive("a")
                        .running("n2", "a");
        Element cib = state(scenario, "n2", each -> each.with("in_ccm", "false"));
        Answer answer = ask(cib, "n2");
        assertThat(answer.explanation().kind()).isEqualTo(Explanation.Kind.NODE);
        assertThat(answer.kinds()).contains("NodeUnclean", "NodeState");
        assertThat(answer.texts()).contains("node n2 left the cluster without a shutdown");
        assertThat(answer.outcomeOf(Change.NodeOnline.class)).contains("n2 would not be fenced");
        Answer resource = ask(cib, "a");
        assertThat(resource.explanation().parts().getFirst().after())
                .containsExactly("running on n1");
    }

    @Test
    void aNodeThatComesBackRunsNothingOfWhatItRanBefore() {
        Scenario scenario =
                Scenario.of("n1", "n2").primitive("a").running("n1", "a").running("n2", "a");
        Element cib =
                state(scenario, "n1", each -> each.with("in_ccm", "false").with("crmd", "offline"));
        assertThat(ask(cib, "n1").kinds()).contains("NodeOffline");
        assertThat(ask(cib, "n1").changes()).isEmpty(); // nothing to stop, nothing runs twice
    }

    @Test
    void shutdownStandbyAndLiveMigration() {
        Scenario leaving =
                Scenario.of("n1", "n2")
                        .primitive("a", "allow-migrate", "true")
                        .running("n1", "a")
                        .transientAttribute("n1", "shutdown", "1700000000");
        Answer answer = ask(leaving.cib(), "a");
        assertThat(answer.kinds()).contains("LiveMigration", "NodeShutdown");
        assertThat(answer.changes()).contains(new Change.WithoutNodeAttribute("n1", "shutdown"));
        assertThat(ask(leaving.cib(), "n1").kinds()).contains("NodeShutdown");
        Scenario standby =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .running("n1", "a")
                        .attribute("n1", "standby", "on");
        assertThat(ask(standby.cib(), "a").kinds()).contains("Move", "NodeStandby");
    }

    @Test
    void ticketsTagsAndConstraints() {
        Scenario scenario =
                Scenario.of("n1")
                        .primitive("a")
                        .running("n1", "a")
                        .constraint("<rsc_ticket id='t' rsc='a' ticket='T' loss-policy='freeze'/>")
                        .ticket("T", false);
        Answer ticket = ask(scenario.cib(), "T");
        assertThat(ticket.explanation().kind()).isEqualTo(Explanation.Kind.TICKET);
        assertThat(ticket.kinds()).contains("TicketState", "FrozenByTicket");
        assertThat(ticket.explanation().parts()).hasSize(1);
        Answer constraint = ask(scenario.cib(), "t");
        assertThat(constraint.explanation().kind()).isEqualTo(Explanation.Kind.CONSTRAINT);
        Element tagged =
                Edits.mapDeep(
                        scenario.cib(),
                        each -> each.name().equals("configuration"),
                        each ->
                                each.append(
                                        Element.of("tags")
                                                .append(
                                                        Element.of("tag", "id", "all")
                                                                .append(
                                                                        Element.of(
                                                                                "obj_ref", "id",
                                                                                "a")))));
        assertThat(ask(tagged, "all").explanation().kind()).isEqualTo(Explanation.Kind.TAG);
    }

    @Test
    void capacityAndHealth() {
        Scenario capacity =
                Scenario.of("n1")
                        .option("placement-strategy", "utilization")
                        .capacity("n1", "cpu", "2")
                        .using("a", "cpu", "3");
        Answer answer = ask(capacity.cib(), "a");
        assertThat(answer.kinds()).contains("Capacity");
        assertThat(answer.changes())
                .contains(
                        new Change.Utilization(true, "n1", "cpu", "3"),
                        new Change.Utilization(false, "a", "cpu", "2"));
        Scenario health =
                Scenario.of("n1", "n2")
                        .option("node-health-strategy", "migrate-on-red")
                        .attribute("n1", "#health-disk", "red")
                        .primitive("a")
                        .running("n1", "a");
        assertThat(ask(health.cib(), "a").changes())
                .contains(new Change.WithoutNodeAttribute("n1", "#health-disk"));
    }

    @Test
    void promotion() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .clone("c", "a", "promotable", "true")
                        .running("n1", "a")
                        .running("n2", "a")
                        .transientAttribute("n1", "master-a", "10")
                        .transientAttribute("n2", "master-a", "5");
        Answer answer = ask(scenario.cib(), "c");
        assertThat(answer.texts())
                .contains(
                        "it is to be promoted: promotion score 10",
                        "its agent gives it a promotion score of 5");
        assertThat(answer.changes()).contains(new Change.MetaSet("c", "promoted-max", "2"));
    }

    @Test
    void anUnmanagedResourceIsLeftAloneForTheReasonThatItIs() {
        Scenario scenario =
                Scenario.of("n1").primitive("a", "is-managed", "false").running("n1", "a");
        Element cib =
                history(
                        scenario,
                        "n1",
                        "a",
                        each -> each.append(failedMonitor("a", Scenario.NOW - 30)));
        Answer answer = ask(cib, "a");
        assertThat(answer.kinds()).contains("Unmanaged");
        assertThat(answer.explanation().parts().getFirst().decision())
                .isEqualTo("it is left where it is");
        assertThat(answer.changes()).contains(new Change.Managed(List.of("a")));
    }
}
