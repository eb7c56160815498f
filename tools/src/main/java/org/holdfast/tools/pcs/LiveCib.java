package org.holdfast.tools.pcs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.patch.Difference;
import org.holdfast.cib.patch.Patchset;
import org.holdfast.cib.result.Rc;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ControlAnswer.CibResult;
import org.holdfast.controlapi.ManagerRequest.CibAction;
import org.holdfast.controlapi.ManagerRequest.CibOperation;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.cib.SchemaComplaints;
import org.jspecify.annotations.Nullable;

/** The CIB of the running cluster. */
final class LiveCib implements CibSource {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final @Nullable ClusterConnection cluster;

    LiveCib(@Nullable ClusterConnection cluster) {
        this.cluster = cluster;
    }

    @Override
    public Element load() {
        CibResult result = call(CibOperation.queryAll(), "unable to get cib");
        if (result.output() == null) {
            throw PcsFailure.error("unable to get cib");
        }
        return result.output();
    }

    @Override
    public void push(Element before, Element after) {
        if (after.equals(before)) {
            return;
        }
        List<Difference.Change> changes = Difference.between(before, after, false);
        // Without versions: what others change meanwhile, elsewhere in the CIB, stays.
        Element patchset = Patchset.of(before, after, changes).remove(0);
        call(new CibOperation(CibAction.PATCH, null, patchset, Set.of()), "Unable to update cib");
    }

    private CibResult call(CibOperation operation, String complaint) {
        if (cluster == null) {
            throw PcsFailure.error(complaint + ": the cluster is not running on this node");
        }
        try {
            CibResult result = cluster.call(operation, TIMEOUT);
            if (result.returnCode() != 0) {
                throw PcsFailure.error(complaint + ": " + refusal(result));
            }
            return result;
        } catch (RequestRefused e) {
            throw PcsFailure.error(complaint + ": " + e.getMessage());
        }
    }

    private static String refusal(CibResult result) {
        int returnCode = Rc.fromLegacy(result.returnCode());
        List<String> lines = new ArrayList<>();
        lines.add(Rc.describe(returnCode));
        if (returnCode == Rc.SCHEMA_VALIDATION) {
            lines.addAll(SchemaComplaints.about(result.output()));
        }
        return String.join("\n  ", lines);
    }

    @Override
    public boolean isLive() {
        return true;
    }
}
