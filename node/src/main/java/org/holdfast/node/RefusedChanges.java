package org.holdfast.node;

import java.time.Duration;
import java.util.List;
import org.holdfast.cib.result.Rc;
import org.holdfast.controlapi.Caller;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlRequest;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.telemetry.Telemetry;
import org.holdfast.tools.cib.SchemaComplaints;

/**
 * Writes to the log which change of the CIB was refused because the result would break its schema,
 * and where: line, element and id. On the thread of the command that wanted it, as looking for the
 * place takes time on a large CIB.
 */
final class RefusedChanges implements ClusterConnection {

    private static final String LOG = "pacemaker-based";

    private final Caller caller;
    private final ClusterConnection cluster;
    private final Telemetry telemetry;

    RefusedChanges(Caller caller, ClusterConnection cluster, Telemetry telemetry) {
        this.caller = caller;
        this.cluster = cluster;
        this.telemetry = telemetry;
    }

    @Override
    public <A extends ControlAnswer> A call(ControlRequest<A> request, Duration timeout)
            throws RequestRefused {
        A answer = cluster.call(request, timeout);
        if (request instanceof ManagerRequest.CibOperation operation
                && answer instanceof ControlAnswer.CibResult result
                && result.returnCode() == Rc.toLegacy(Rc.SCHEMA_VALIDATION)) {
            List<String> complaints = SchemaComplaints.about(result.output());
            telemetry.log(
                    Level.WARNING,
                    LOG,
                    "Refused %s by %s (user %s): %s"
                            .formatted(
                                    operation.action(),
                                    caller.client(),
                                    caller.user(),
                                    complaints.isEmpty()
                                            ? Rc.describe(Rc.SCHEMA_VALIDATION)
                                            : complaints.getFirst()));
        }
        return answer;
    }
}
