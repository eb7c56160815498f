package org.holdfast.manager.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerConfig;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerEffect.DescribeAgent;
import org.holdfast.manager.ManagerEffect.KillAgent;
import org.holdfast.manager.ManagerEffect.RunAgent;
import org.holdfast.manager.ManagerEffect.SetTimer;
import org.holdfast.manager.ManagerInput.AgentOutcome;
import org.holdfast.manager.ManagerInput.AgentResult;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExecutorTest {

    private static final long MILLI = 1_000_000;

    private @Nullable String metadata;
    private final List<ManagerEffect> effects = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final List<OperationResult> results = new ArrayList<>();
    private final NodeContext node =
            new NodeContext(
                    new ManagerConfig(new NodeId(1), 100, new TreeMap<>(), "test", 1, 1, 4, null));
    private final Executor executor =
            new Executor(
                    node,
                    new ExecutorListener() {
                        @Override
                        public void onPending(OperationResult pending) {
                            heard.add("pending " + pending.order().key());
                        }

                        @Override
                        public void onResult(OperationResult result) {
                            heard.add(
                                    "result %s %d %s"
                                            .formatted(
                                                    result.order().key(),
                                                    result.rc(),
                                                    result.status()));
                            results.add(result);
                        }

                        @Override
                        public void onCancelled(OperationOrder order, String cancelledKey) {
                            heard.add("cancelled " + cancelledKey);
                        }

                        @Override
                        public void onForgotten(OperationOrder order) {
                            heard.add("forgotten " + order.resource().id());
                        }
                    });

    private void at(long millis) {
        node.begin(millis * MILLI, 1_000_000 + millis, effects::add);
    }

    private static Element order(String resource, String task, long interval, String... more) {
        Element attributes =
                Element.of(
                        "attributes",
                        "CRM_meta_timeout",
                        "20000",
                        "CRM_meta_interval",
                        Long.toString(interval));
        for (int i = 0; i < more.length; i += 2) {
            attributes = attributes.with(more[i], more[i + 1]);
        }
        Element primitive =
                Element.of(
                        "primitive",
                        "id",
                        resource,
                        "class",
                        "ocf",
                        "provider",
                        "pacemaker",
                        "type",
                        "Dummy");
        return Element.of("rsc_op", "operation", task, "transition-key", "1:1:0:uuid")
                .withChildren(List.of(primitive, attributes));
    }

    private void execute(String resource, String task, long interval, String... more) {
        OperationOrder parsed = OperationOrder.parse(order(resource, task, interval, more));
        assertThat(parsed).isNotNull();
        executor.execute(java.util.Objects.requireNonNull(parsed));
        describe();
    }

    /** Answers what the executor wants to know of agents. */
    private void describe() {
        while (effects.stream().anyMatch(DescribeAgent.class::isInstance)) {
            for (ManagerEffect effect : List.copyOf(effects)) {
                if (effect instanceof DescribeAgent ask) {
                    effects.remove(effect);
                    executor.onDescribed(ask.call(), metadata);
                }
            }
        }
    }

    private List<RunAgent> runs() {
        return effects.stream()
                .filter(RunAgent.class::isInstance)
                .map(RunAgent.class::cast)
                .toList();
    }

    private void ends(RunAgent run, int rc) {
        executor.onAgentResult(new AgentResult(run.call(), AgentOutcome.EXITED, rc, "", "", 1_000));
    }

    /** Fires every timer of a purpose that is set and not yet fired. */
    private void fire(String purpose) {
        List<ManagerEffect> before = List.copyOf(effects);
        effects.removeIf(
                e -> e instanceof SetTimer(var timer, _) && timer.purpose().equals(purpose));
        for (ManagerEffect effect : before) {
            if (effect instanceof SetTimer(var timer, _) && timer.purpose().equals(purpose)) {
                executor.onTimer(timer);
            }
        }
    }

    @Test
    void oneResourceRunsOneAtATimeOthersBeside() {
        at(0);
        execute("a", "monitor", 0);
        execute("a", "start", 0);
        execute("b", "start", 0);

        assertThat(runs()).extracting(RunAgent::resource).containsExactly("a", "b");
        at(70);
        ends(runs().getFirst(), 7);
        assertThat(runs())
                .extracting(RunAgent::action)
                .containsExactly("monitor", "start", "start");
        at(100);
        ends(runs().get(2), 0);
        assertThat(results.get(1).queueMillis()).isEqualTo(70);
        assertThat(results.get(1).execMillis()).isEqualTo(30);
        assertThat(executor.isIdle()).isFalse();
    }

    @Test
    void aRecurringOperationReportsOnlyChanges() {
        at(0);
        execute("a", "monitor", 10_000);
        ends(runs().getLast(), 0);
        for (int rc : new int[] {0, 0, 7, 7, 0}) {
            fire("executor-recur");
            ends(runs().getLast(), rc);
        }

        assertThat(heard)
                .containsExactly(
                        "pending a_monitor_10000",
                        "result a_monitor_10000 0 DONE",
                        "result a_monitor_10000 7 DONE",
                        "result a_monitor_10000 0 DONE");
        assertThat(results).extracting(OperationResult::callId).containsOnly(1L);
    }

    @Test
    void whatTakesTooLongIsKilledAndTimedOut() {
        at(0);
        execute("a", "start", 0);
        at(20_000);
        fire("executor-timeout");
        assertThat(effects).contains(new KillAgent(1));
        assertThat(heard).hasSize(1);

        executor.onAgentResult(new AgentResult(1, AgentOutcome.KILLED, 0, "", "", 1_000));
        assertThat(heard).last().isEqualTo("result a_start_0 1 TIMEOUT");
        assertThat(results.getFirst().exitReason())
                .isEqualTo("Resource agent did not complete within 20s");
    }

    @Test
    void anAgentThatCannotBeKilledDoesNotBlockItsResourceForEver() {
        at(0);
        execute("a", "start", 0);
        execute("a", "stop", 0);
        fire("executor-timeout");
        fire("executor-give-up");

        assertThat(heard).contains("result a_start_0 1 TIMEOUT");
        assertThat(runs()).extracting(RunAgent::action).containsExactly("start", "stop");
        executor.onAgentResult(new AgentResult(1, AgentOutcome.KILLED, 0, "", "", 1_000));
        assertThat(results).hasSize(1);
    }

    @Test
    void stoppingEndsRecurringOperations() {
        at(0);
        execute("a", "start", 0);
        ends(runs().getLast(), 0);
        execute("a", "monitor", 10_000);
        ends(runs().getLast(), 0);
        execute("a", "stop", 0);
        ends(runs().getLast(), 0);
        int before = runs().size();
        fire("executor-recur");

        assertThat(runs()).hasSize(before);
    }

    @Test
    void aStopUsesTheParametersOfTheStart() {
        at(0);
        execute("a", "start", 0, "ip", "10.0.0.1");
        ends(runs().getLast(), 0);
        execute("a", "stop", 0, "ip", "10.0.0.2", "CRM_meta_timeout", "5000");

        assertThat(runs().getLast().parameters())
                .containsEntry("ip", "10.0.0.1")
                .containsEntry("CRM_meta_timeout", "5000");
        assertThat(runs().getLast().timeoutMillis()).isEqualTo(5_000);
    }

    @Test
    void aCancelledOperationIsNotReportedAnyMore() {
        at(0);
        execute("a", "monitor", 10_000);
        execute("a", "cancel", 10_000, "CRM_meta_operation", "monitor");
        ends(runs().getLast(), 7);

        assertThat(heard).containsExactly("pending a_monitor_10000", "cancelled a_monitor_10000");
        assertThat(executor.isIdle()).isTrue();
    }

    @Test
    void aStartDelayIsWaitedFor() {
        at(0);
        execute("a", "monitor", 10_000, "CRM_meta_start_delay", "3000");
        assertThat(runs()).isEmpty();
        assertThat(effects)
                .contains(
                        new SetTimer(
                                new org.holdfast.manager.ManagerTimer("executor-delay", 1),
                                3_000 * MILLI));
        fire("executor-delay");
        assertThat(runs()).hasSize(1);
    }

    @Test
    void aMissingAgentIsReportedAsSuch() {
        at(0);
        execute("a", "monitor", 0);
        executor.onAgentResult(
                new AgentResult(1, AgentOutcome.NOT_INSTALLED, 0, "no agent", "", 1_000));

        assertThat(heard).last().isEqualTo("result a_monitor_0 5 NOT_INSTALLED");
    }

    /** The digests were recorded from Pacemaker 2.1.5 for the same parameters. */
    @Test
    void theDigestOfParametersIsPacemakers() {
        OperationOrder none =
                OperationOrder.parse(order("d1", "start", 0, "crm_feature_set", "3.16.1"));
        OperationOrder vip =
                OperationOrder.parse(
                        order("vip", "monitor", 0, "cidr_netmask", "24", "ip", "10.77.0.100"));

        assertThat(OperationDigest.of(java.util.Objects.requireNonNull(none)))
                .isEqualTo("f2317cad3d54cec5d7d7aa7d0bf35cf8");
        assertThat(OperationDigest.of(java.util.Objects.requireNonNull(vip)))
                .isEqualTo("a59c6e79e2426dd00cc16aa902157f52");
    }

    private static final String RELOADABLE =
            """
            <?xml version="1.0"?>
            <resource-agent name="Dummy"><version>1.1</version>
              <parameters><parameter name="state" unique-group="state"/>
                <parameter name="passwd" reloadable="1"/>
                <parameter name="fake" reloadable="1"/>
                <parameter name="envfile" reloadable="1"/></parameters>
              <actions><action name="start"/><action name="reload-agent"/></actions>
            </resource-agent>
            """;

    private Element entryOf(String resource) {
        ends(runs().getLast(), 0);
        assertThat(results.getLast().order().resource().id()).isEqualTo(resource);
        return HistoryXml.entries(results.getLast(), "n1", "test", "3.20.5").getLast();
    }

    /** The digests are those that a real controller recorded for the same parameters. */
    @Test
    void recordsWhatTheAgentSaysOfItsParameters() {
        at(0);
        metadata = RELOADABLE;
        execute("a", "start", 0, "fake", "one", "envfile", "/tmp/env-a");

        Element entry = entryOf("a");
        assertThat(entry.get("op-digest")).isEqualTo("e77c087dcc126a19263de8bdfdcd18a4");
        assertThat(entry.get("op-force-restart")).isEqualTo("  state  ");
        assertThat(entry.get("op-restart-digest")).isEqualTo("f2317cad3d54cec5d7d7aa7d0bf35cf8");
        assertThat(entry.get("op-secure-params")).isEqualTo("  passwd  ");
        assertThat(entry.get("op-secure-digest")).isEqualTo("e77c087dcc126a19263de8bdfdcd18a4");
    }

    @Test
    void usualNamesArePrivateWhereTheAgentSaysNothing() {
        at(0);
        metadata =
                "<resource-agent name='mysql'><version>1.0</version><parameters>"
                        + "<parameter name='user'/><parameter name='test_passwd'/></parameters>"
                        + "<actions><action name='start'/></actions></resource-agent>";
        execute("db", "monitor", 0, "user", "joe", "test_passwd", "x");

        Element entry = entryOf("db");
        assertThat(entry.get("op-digest")).isEqualTo("1b8a43b63d49a5124f0219042411cc00");
        assertThat(entry.has("op-force-restart")).isFalse();
        assertThat(entry.get("op-secure-params")).isEqualTo("  user  ");
        assertThat(entry.get("op-secure-digest")).isEqualTo("93e356daa4874d6f0f20320309fa2e68");
    }

    @Test
    void anOldAgentIsAskedToReloadInItsOwnWords() {
        at(0);
        metadata = RELOADABLE.replace("1.1", "1.0").replace("reload-agent", "reload");
        execute("a", "reload-agent", 0);
        assertThat(runs()).extracting(RunAgent::action).containsExactly("reload");
    }

    @Test
    void aStopNeedsNoDescriptionAndKeepsItsTurn() {
        at(0);
        OperationOrder start = OperationOrder.parse(order("a", "start", 0));
        OperationOrder stop = OperationOrder.parse(order("a", "stop", 0));
        executor.execute(java.util.Objects.requireNonNull(start));
        executor.execute(java.util.Objects.requireNonNull(stop));
        assertThat(runs()).isEmpty();
        assertThat(executor.isIdle()).isFalse();

        describe();
        ends(runs().getFirst(), 0);
        assertThat(runs()).extracting(RunAgent::action).containsExactly("start", "stop");
        assertThat(entryOf("a").has("op-force-restart")).isFalse();
    }

    @Test
    void manyOrdersOfOneAgentAskOnce() {
        at(0);
        for (int i = 0; i < 50; i++) {
            OperationOrder probe = OperationOrder.parse(order("r" + i, "monitor", 0));
            executor.execute(java.util.Objects.requireNonNull(probe));
        }
        assertThat(effects.stream().filter(DescribeAgent.class::isInstance)).hasSize(1);
        describe();
        assertThat(runs()).hasSize(50);
    }
}
