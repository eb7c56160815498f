package org.holdfast.scheduler.failures;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Failures of operations with {@code on-fail=block}: the administrator must clear them. */
final class BlockedFailures {

    private BlockedFailures() {}

    /**
     * Whether a resource has such a failure on a node.
     *
     * @param entry the only history entry to look at; null for all
     */
    static boolean blocks(Resource resource, Node node, @Nullable Element entry) {
        String name = FailCounts.baseName(resource.id);
        return anyBlocks(resource.xml, name, resource, node, entry);
    }

    private static boolean anyBlocks(
            Element xml, String name, Resource resource, Node node, @Nullable Element entry) {
        if (xml.name().equals("primitive") && xml.id().equals(name)) {
            for (Element operations : xml.elements("operations")) {
                for (Element operation : operations.elements("op")) {
                    if (operation.getOr("on-fail", "").equals("block")
                            && failed(operation, name, resource, node, entry)) {
                        return true;
                    }
                }
            }
        }
        for (Element child : xml.elements()) {
            if (anyBlocks(child, name, resource, node, entry)) {
                return true;
            }
        }
        return false;
    }

    private static boolean failed(
            Element operation, String name, Resource resource, Node node, @Nullable Element entry) {
        if (entry != null) {
            return isFailureOf(operation, name, entry);
        }
        for (Element candidate : resource.cluster.history.operations(node.name, name)) {
            if (isFailureOf(operation, name, candidate)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFailureOf(Element operation, String name, Element entry) {
        String task = operation.getOr("name", "");
        long interval = Values.intervalMillis(operation.get("interval"));
        if (interval != Math.max(0, Values.number(entry.get("interval"), 0))
                || !task.equalsIgnoreCase(entry.getOr("operation", ""))) {
            return false;
        }
        if (entry.id().equalsIgnoreCase(OpKey.of(name, "last_failure", 0))) {
            return true;
        }
        return entry.id().equalsIgnoreCase(OpKey.of(name, task, interval))
                && Values.number(entry.get("rc-code"), 0) != Entries.expectedExitStatus(entry);
    }
}
