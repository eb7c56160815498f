package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.explain.Reference.Type;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OnFail;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.StateReason;
import org.holdfast.scheduler.operations.OperationConfig;
import org.jspecify.annotations.Nullable;

/** Failed operations by their ids: which, where, when, how, and what they ask for. */
final class FailureCauses {

    private final Cluster cluster;
    private final ReasonRecorder reasons;
    private final Options options;

    FailureCauses(Cluster cluster, ReasonRecorder reasons) {
        this.cluster = cluster;
        this.reasons = reasons;
        this.options = new Options(cluster);
    }

    /** All failures of a resource that count, on all nodes. */
    List<Cause> of(Resource resource) {
        List<Cause> causes = new ArrayList<>();
        for (StateReason reason : reasons.statesOf(resource)) {
            if (reason instanceof StateReason.Failure failure) {
                addOnce(
                        causes,
                        failure(resource, failure.entry(), failure.node(), failure.onFail()));
            }
        }
        return causes;
    }

    /** Failures of a resource on one node. */
    List<Cause> on(Resource resource, Node node) {
        List<Cause> causes = new ArrayList<>();
        for (StateReason reason : reasons.statesOf(resource)) {
            if (reason instanceof StateReason.Failure failure && failure.node() == node) {
                addOnce(causes, failure(resource, failure.entry(), node, failure.onFail()));
            }
        }
        return causes;
    }

    private static void addOnce(List<Cause> causes, Cause cause) {
        if (causes.stream().noneMatch(known -> known.text().equals(cause.text()))) {
            causes.add(cause);
        }
    }

    /** The failure of a history entry's id on a node; null if there is no such entry. */
    @Nullable Cause entry(Resource resource, String entryId, String nodeName) {
        Node node = cluster.nodeNamed(nodeName);
        if (node == null) {
            return null;
        }
        for (Element history : cluster.history.resourcesOn(node.name)) {
            for (Element entry : history.elements("lrm_rsc_op")) {
                if (entry.id().equals(entryId)
                        && (history.id().equals(resource.id)
                                || history.id().equals(resource.historyId)
                                || FailCounts.baseName(history.id())
                                        .equals(FailCounts.baseName(resource.id))
                                || !resource.children.isEmpty())) {
                    return failure(resource, entry, node, null);
                }
            }
        }
        return null;
    }

    /** A failed operation. */
    Cause failure(Resource resource, Element entry, Node node, @Nullable OnFail onFail) {
        String text =
                "the "
                        + Words.operation(entry)
                        + " of "
                        + resource.id
                        + " failed on "
                        + node.name
                        + Words.when(entry)
                        + ": "
                        + Words.result(entry)
                        + (onFail == null || onFail == OnFail.RESTART || onFail == OnFail.IGNORE
                                ? ""
                                : "; on-fail is " + onFail.text());
        Element op =
                OperationConfig.find(
                        resource, entry.getOr("operation", ""), Entries.interval(entry), true);
        Cause cause =
                Cause.of("FailedOperation", text)
                        .naming(new Reference(Type.HISTORY, entry.id(), node.name))
                        .unless(
                                new Change.WithoutFailures(
                                        FailCounts.baseName(resource.id), node.name));
        return op == null || onFail == null || op.get("on-fail") == null
                ? cause
                : cause.naming(options.operation(op.id()));
    }
}
