package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.explain.Change.ParametersRestored.Digests;
import org.holdfast.scheduler.explain.Reference.Type;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.operations.ParameterDigests;
import org.jspecify.annotations.Nullable;

/** Tells the reasons that the history of operations shows: failures, and changes since. */
final class HistoryReasons {

    private final Cluster cluster;
    private final FailureCauses failures;

    HistoryReasons(Cluster cluster, ReasonRecorder reasons) {
        this.cluster = cluster;
        this.failures = new FailureCauses(cluster, reasons);
    }

    @Nullable Cause of(Action action, ActionReason.OfHistory why) {
        Resource resource = action.resource;
        String kind = why.getClass().getSimpleName();
        return switch (why) {
            case ActionReason.FailureResponse response ->
                    resource == null ? null : failureResponse(resource, response);
            case ActionReason.InsideFailed inside -> insideFailed(action, inside);
            case ActionReason.ParametersChanged changed -> parametersChanged(action, changed);
            case ActionReason.AgentChanged changed -> agentChanged(action, changed);
            case ActionReason.HistoryOutdated outdated ->
                    Cause.of(
                            kind,
                            "what "
                                    + outdated.node().name
                                    + " remembers of it is of a resource or agent that is no"
                                    + " longer configured");
            case ActionReason.FailureOver over -> failureOver(action, over);
            case ActionReason.RemovedWithFailures _ ->
                    Cause.of(kind, "it is no longer configured, so its failures are forgotten");
            case ActionReason.LockOver over ->
                    Cause.of(kind, "its shutdown lock to " + over.node().name + " is over")
                            .naming(Type.NODE, over.node().name);
        };
    }

    private Cause failureResponse(Resource resource, ActionReason.FailureResponse response) {
        List<Cause> on = failures.on(resource, response.node());
        String what =
                switch (response.onFail()) {
                    case RESTART -> "it is restarted after a failure";
                    case DEMOTE -> "it is demoted after a failure (on-fail=demote)";
                    case RESET_REMOTE -> "its connection is reset after a failure";
                    case RESTART_CONTAINER -> "its container is restarted after a failure";
                    case IGNORE, BAN, BLOCK, STOP, STANDBY_NODE, FENCE_NODE ->
                            "a failure asks for it (on-fail=" + response.onFail().text() + ")";
                };
        return Cause.of("FailureResponse", what).since(on.isEmpty() ? failures.of(resource) : on);
    }

    private Cause insideFailed(Action action, ActionReason.InsideFailed inside) {
        List<Cause> because = new ArrayList<>();
        Resource container = action.resource;
        if (container != null) {
            for (Resource launched : container.launched) {
                because.addAll(failures.of(launched));
            }
        }
        return Cause.of("InsideFailed", "what runs inside failed on " + inside.node().name)
                .naming(Type.NODE, inside.node().name)
                .since(because);
    }

    private Cause parametersChanged(Action action, ActionReason.ParametersChanged changed) {
        Element entry = changed.entry();
        String effect =
                switch (changed.effect()) {
                    case RESTART -> "";
                    case RELOAD -> ", which its agent can take over without a restart";
                    case RESCHEDULE -> ", so the operation is set up anew";
                    case CLEAR_FAILURES -> ", so earlier failures count no more";
                };
        Cause cause =
                Cause.of(
                                "ParametersChanged",
                                "its parameters are not those that its "
                                        + Words.operation(entry)
                                        + " was run with on "
                                        + changed.node().name
                                        + Words.when(entry)
                                        + effect)
                        .naming(new Reference(Type.HISTORY, entry.id(), changed.node().name));
        Resource resource = action.resource;
        return resource == null ? cause : cause.unless(restored(resource, changed.node()));
    }

    private Change restored(Resource resource, Node node) {
        String name = FailCounts.baseName(resource.id);
        List<Digests> digests = new ArrayList<>();
        for (Element history : cluster.history.resourcesOn(node.name)) {
            if (!FailCounts.baseName(history.id()).equals(name)) {
                continue;
            }
            for (Element entry : history.elements("lrm_rsc_op")) {
                if (entry.has("op-digest")) {
                    ParameterDigests today = ParameterDigests.ofEntry(resource, entry, node);
                    digests.add(new Digests(entry.id(), today.all(), today.restart()));
                }
            }
        }
        return new Change.ParametersRestored(name, node.name, digests);
    }

    private static Cause agentChanged(Action action, ActionReason.AgentChanged changed) {
        Element history = changed.history();
        String standard = history.getOr("class", "");
        String provider = history.get("provider");
        String type = history.getOr("type", "");
        Cause cause =
                Cause.of(
                                "AgentChanged",
                                "on "
                                        + changed.node().name
                                        + " it was started with another agent: "
                                        + standard
                                        + (provider == null ? "" : ":" + provider)
                                        + ":"
                                        + type)
                        .naming(Type.NODE, changed.node().name);
        return action.resource == null
                ? cause
                : cause.unless(
                        new Change.AgentRestored(
                                action.resource.xml.id(), standard, provider, type));
    }

    private static Cause failureOver(Action action, ActionReason.FailureOver over) {
        String text =
                switch (over.why()) {
                    case EXPIRED -> "its failure is over by time (failure-timeout)";
                    case RECONNECT -> "the connection is tried again (reconnect_interval)";
                    case PARAMETERS_CHANGED -> "its parameters changed since it failed";
                };
        return Cause.of("FailureOver", text)
                .naming(new Reference(Type.HISTORY, over.entry().id(), over.node().name));
    }
}
