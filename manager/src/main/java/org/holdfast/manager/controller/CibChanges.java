package org.holdfast.manager.controller;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.SharedNodes;
import org.holdfast.kernel.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a CIB operation changed, as far as a transition cares. Versions of the document share
 * what did not change, so only the changed branches are looked at.
 */
final class CibChanges {

    /** Takes the changes. */
    interface Visitor {

        /** The configuration changed. */
        void configurationChanged();

        /** A node's transient attributes changed. */
        void attributesChanged(NodeId node);

        /** An entry of a node's history is new or changed. */
        void historyEntry(NodeId node, Element entry);

        /** An entry of a node's history is gone, but not the resource's whole history. */
        void historyRemoved(NodeId node, Element entry);

        /** A resource's whole history on a node is gone. */
        void resourceRemoved(NodeId node, String resource);
    }

    private CibChanges() {}

    static void visit(Element before, Element after, Visitor visitor) {
        Element oldConfiguration = before.first("configuration");
        Element newConfiguration = after.first("configuration");
        if (oldConfiguration != newConfiguration
                && (oldConfiguration == null || !oldConfiguration.equals(newConfiguration))) {
            visitor.configurationChanged();
        }
        Element oldStatus = before.first("status");
        Element newStatus = after.first("status");
        if (oldStatus == newStatus) {
            return;
        }
        Map<String, Element> oldStates = byId(oldStatus);
        Map<String, Element> newStates = byId(newStatus);
        newStates.forEach((id, state) -> {
            Element old = oldStates.remove(id);
            NodeId node = ControllerMessages.nodeId(id);
            if (old != state && node != null) {
                visitState(node, old, state, visitor);
            }
        });
        oldStates.forEach((id, state) -> {
            NodeId node = ControllerMessages.nodeId(id);
            if (node != null) {
                visitState(node, state, null, visitor);
            }
        });
    }

    private static void visitState(
            NodeId node, @Nullable Element before, @Nullable Element after, Visitor visitor) {
        Element oldAttributes = before == null ? null : before.first("transient_attributes");
        Element newAttributes = after == null ? null : after.first("transient_attributes");
        if (oldAttributes != newAttributes
                && (oldAttributes == null || !oldAttributes.equals(newAttributes))) {
            visitor.attributesChanged(node);
        }
        Element oldResources = before == null ? null : before.path("lrm", "lrm_resources");
        Element newResources = after == null ? null : after.path("lrm", "lrm_resources");
        if (oldResources == newResources) {
            return;
        }
        List<Node> olds = oldResources == null ? List.of() : oldResources.children();
        List<Node> news = newResources == null ? List.of() : newResources.children();
        int shared = SharedNodes.start(olds, news);
        if (olds.size() == news.size()) {
            visitAligned(node, shared, olds, news, visitor);
            return;
        }
        Map<String, Element> oldById = byId(olds.subList(shared, olds.size()));
        byId(news.subList(shared, news.size()))
                .forEach((id, resource) ->
                        visitResource(node, oldById.remove(id), resource, visitor));
        oldById.values().forEach(gone -> visitResource(node, gone, null, visitor));
    }

    /** The usual case: no resource came or went, one changed. */
    private static void visitAligned(
            NodeId node, int from, List<Node> olds, List<Node> news, Visitor visitor) {
        for (int i = from; i < olds.size(); i = SharedNodes.nextDifference(olds, news, i + 1)) {
            if (olds.get(i) instanceof Element before && news.get(i) instanceof Element after) {
                if (before.id().equals(after.id())) {
                    visitResource(node, before, after, visitor);
                } else {
                    visitResource(node, before, null, visitor);
                    visitResource(node, null, after, visitor);
                }
            }
        }
    }

    private static void visitResource(
            NodeId node, @Nullable Element before, @Nullable Element after, Visitor visitor) {
        if (before == after) {
            return;
        }
        if (before != null && after == null) {
            visitor.resourceRemoved(node, before.id());
            return;
        }
        Map<String, Element> oldEntries = byId(before);
        byId(after)
                .forEach((id, entry) -> {
                    Element old = oldEntries.remove(id);
                    if (old != entry && !entry.equals(old)) {
                        visitor.historyEntry(node, entry);
                    }
                });
        oldEntries.values().forEach(gone -> visitor.historyRemoved(node, gone));
    }

    private static Map<String, Element> byId(@Nullable Element parent) {
        return byId(parent == null ? List.of() : parent.children());
    }

    private static Map<String, Element> byId(List<Node> children) {
        Map<String, Element> found = new LinkedHashMap<>();
        for (Node child : children) {
            if (child instanceof Element element) {
                found.put(element.id(), element);
            }
        }
        return found;
    }
}
