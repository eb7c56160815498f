package org.holdfast.scheduler.explain;

import java.util.List;
import org.holdfast.scheduler.explain.Reference.Type;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.jspecify.annotations.Nullable;

/** Tells the reasons of probes and recurring operations. */
final class OperationReasons {

    private final Options options;
    private final StateCauses states;

    OperationReasons(Cluster cluster, ReasonRecorder reasons) {
        this.options = new Options(cluster);
        this.states = new StateCauses(cluster, reasons);
    }

    Cause of(@Nullable Resource resource, ActionReason.OfOperation why) {
        String kind = why.getClass().getSimpleName();
        return switch (why) {
            case ActionReason.StateUnknown unknown ->
                    Cause.of(kind, "its state there is not known")
                            .naming(Type.NODE, unknown.node().name);
            case ActionReason.OperationDue due ->
                    Cause.of(
                                    kind,
                                    "operation "
                                            + due.operationId()
                                            + " is configured"
                                            + (due.role() == Role.UNKNOWN
                                                    ? ""
                                                    : " for role " + due.role().text())
                                            + " and does not run there yet")
                            .naming(options.operation(due.operationId()));
            case ActionReason.OtherRole other ->
                    Cause.of(
                                    kind,
                                    "operation "
                                            + other.operationId()
                                            + " is not for the role that it will have")
                            .naming(options.operation(other.operationId()));
            case ActionReason.OperationRemoved removed ->
                    Cause.of(
                                    kind,
                                    "its "
                                            + Words.operation(removed.entry())
                                            + " is no longer configured")
                            .naming(
                                    new Reference(
                                            Type.HISTORY,
                                            removed.entry().id(),
                                            removed.node().name));
            case ActionReason.Maintenance maintenance ->
                    Cause.of(kind, "it is in maintenance, so nothing recurs")
                            .naming(
                                    new Reference(
                                            Type.HISTORY,
                                            maintenance.entry().id(),
                                            maintenance.node().name))
                            .since(resource == null ? List.of() : states.unmanaged(resource));
        };
    }
}
