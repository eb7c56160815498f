package org.holdfast.scheduler.status;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.Execution;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** One entry of the operation history while it is judged; the result's meaning can be remapped. */
public final class OperationEntry {

    final Cluster cluster;
    final Resource resource;
    final Node node;
    final Element xml;
    final String id;
    final String task;
    final long intervalMillis;

    /** Operation key. */
    final String key;

    /** -1 if the entry does not tell. */
    final int expectedExitStatus;

    int exitStatus;
    int execution;

    private OperationEntry(
            Resource resource, Node node, Element xml, String task, int execution, int exitStatus) {
        this.cluster = resource.cluster;
        this.resource = resource;
        this.node = node;
        this.xml = xml;
        this.id = xml.id();
        this.task = task;
        this.execution = execution;
        this.exitStatus = exitStatus;
        this.intervalMillis = Entries.interval(xml);
        this.key = Entries.key(xml);
        this.expectedExitStatus = Entries.expectedExitStatus(xml);
    }

    /** Reads an entry; null, with a report, if it cannot mean anything. */
    static @Nullable OperationEntry read(Resource resource, Node node, Element xml) {
        String id = xml.get("id");
        String task = xml.get("operation");
        if (id == null || task == null) {
            resource.cluster.configError(
                    "Ignoring resource history entry %sfor %s on %s without %s"
                            .formatted(
                                    id == null ? "" : id + " ",
                                    resource.id,
                                    node,
                                    id == null ? "ID" : "operation"));
            return null;
        }
        if (!affectsState(task)) {
            return null;
        }
        long execution = Values.number(xml.get("op-status"), Execution.UNKNOWN);
        if (execution < Execution.PENDING
                || execution > Execution.NO_SECRETS
                || execution == Execution.CANCELLED) {
            report(resource, node, xml, "op-status");
            return null;
        }
        long exitStatus = Values.number(xml.get("rc-code"), -1);
        if (exitStatus < 0 || exitStatus > 255) {
            report(resource, node, xml, "rc-code");
            return null;
        }
        return new OperationEntry(resource, node, xml, task, (int) execution, (int) exitStatus);
    }

    private static void report(Resource resource, Node node, Element xml, String attribute) {
        resource.cluster.configError(
                "Ignoring resource history entry "
                        + xml.id()
                        + " for "
                        + resource.id
                        + " on "
                        + node
                        + " with invalid "
                        + attribute
                        + " '"
                        + xml.getOr(attribute, "")
                        + "'");
    }

    private static boolean affectsState(String task) {
        return switch (task) {
            case "monitor",
                    "start",
                    "stop",
                    "promote",
                    "demote",
                    "migrate_to",
                    "migrate_from",
                    "asyncmon" ->
                    true;
            default -> false;
        };
    }

    boolean isMaskedProbe() {
        return !isBundled() && Entries.isMaskedProbe(xml);
    }

    boolean isProbe() {
        return task.equals("monitor") && intervalMillis == 0;
    }

    boolean isBundled() {
        return resource.top() instanceof Bundle;
    }
}
