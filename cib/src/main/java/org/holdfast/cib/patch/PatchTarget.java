package org.holdfast.cib.patch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.result.Rc;
import org.jspecify.annotations.Nullable;

/**
 * A document while a patchset is applied to it. Only the elements on the way to a change are made
 * changeable; everything else is shared with the document before. For one patchset.
 */
final class PatchTarget {

    private static final int DEPTH_MAX = 300;

    /** A change that waits until all deletions and modifications are done. */
    private record Placement(Element change, Draft node, boolean isMove, int position) {}

    private final Draft top; // holds the root as its one child

    PatchTarget(Element root) {
        this.top = Draft.holding(root);
    }

    /** The document, or null if it has no root any more. */
    @Nullable Element result() {
        List<Node> nodes = top.finishedChildren();
        return nodes.size() == 1 && nodes.getFirst() instanceof Element root ? root : null;
    }

    /** Applies the changes in order; creations and moves last, by position. */
    int apply(Element patchset) {
        int code = Rc.OK;
        List<Placement> placements = new ArrayList<>();
        for (Element change : patchset.elements()) {
            String operation = change.get("operation");
            if (operation == null) {
                continue;
            }
            int result = applyNow(change, operation, placements);
            code = result == Rc.OK ? code : result;
        }
        placements.sort(Comparator.comparingInt(Placement::position));
        for (Placement placement : placements) {
            int result = place(placement);
            code = result == Rc.OK ? code : result;
        }
        return code;
    }

    private int applyNow(Element change, String operation, List<Placement> placements) {
        int commentPosition =
                operation.equals("delete") ? CibVersion.number(change, "position", -1) : -1;
        Draft node = find(change.getOr("path", ""), commentPosition);
        if (node == null) {
            return operation.equals("delete") ? Rc.OK : Rc.DIFF_FAILED;
        }
        int position = CibVersion.number(change, "position", -1);
        switch (operation) {
            case "delete" -> node.detach();
            case "modify" -> {
                return modify(node, change);
            }
            case "create" -> placements.add(new Placement(change, node, false, position));
            case "move" -> {
                placements.add(new Placement(change, node, true, position));
                Draft parent = node.parent();
                if (parent != null) {
                    node.detach();
                    parent.insert(parent.size(), node);
                }
            }
            default -> {
                return Rc.DIFF_FAILED;
            }
        }
        return Rc.OK;
    }

    private static int modify(Draft node, Element change) {
        Element result = change.first("change-result");
        if (result == null || result.elements().isEmpty()) {
            return Rc.ENOMSG;
        }
        node.setAttributesOf(result.elements().getFirst());
        return Rc.OK;
    }

    private static int place(Placement placement) {
        return placement.isMove ? move(placement) : create(placement);
    }

    private static int create(Placement placement) {
        if (placement.change.children().isEmpty()) {
            return Rc.DIFF_FAILED;
        }
        Draft parent = placement.node;
        int position = Math.max(0, placement.position);
        parent.insert(
                Math.min(position, parent.size()),
                Draft.of(placement.change.children().getFirst()));
        return Rc.OK;
    }

    private static int move(Placement placement) {
        Draft node = placement.node;
        Draft parent = node.parent();
        if (parent == null) {
            return Rc.DIFF_FAILED;
        }
        int position = Math.max(0, placement.position);
        if (parent.indexOf(node) != position) {
            node.detach();
            parent.insert(Math.min(position, parent.size()), node);
        }
        return parent.indexOf(node) == position ? Rc.OK : Rc.DIFF_FAILED;
    }

    private @Nullable Draft find(String path, int commentPosition) {
        Draft at = top;
        List<String> parts = split(path);
        if (parts.isEmpty() || parts.size() > DEPTH_MAX) {
            return null;
        }
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            int bracket = part.indexOf("[@id='");
            String tag = bracket < 0 ? part : part.substring(0, bracket);
            String id =
                    bracket < 0
                            ? null
                            : part.substring(
                                    bracket + 6, Math.max(bracket + 6, part.lastIndexOf('\'')));
            Draft next = at.find(tag, id, i + 1 == parts.size() ? commentPosition : -1);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    /** Splits at slashes that are not within quotes. */
    private static List<String> split(String path) {
        List<String> parts = new ArrayList<>();
        if (!path.startsWith("/")) {
            return parts;
        }
        boolean quoted = false;
        int from = 1;
        for (int i = 1; i <= path.length(); i++) {
            char c = i == path.length() ? '/' : path.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == '/' && (!quoted || i == path.length())) {
                if (i > from) {
                    parts.add(path.substring(from, i));
                }
                from = i + 1;
            }
        }
        return parts;
    }
}
