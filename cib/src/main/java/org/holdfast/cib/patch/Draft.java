package org.holdfast.cib.patch;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.jspecify.annotations.Nullable;

/**
 * A node that may be changed. An element's children become drafts when they are first looked for,
 * so that what is not on the way to a change costs one reference. Not thread-safe.
 */
final class Draft {

    private @Nullable Draft parent;
    private Node node;
    private @Nullable List<Object> children; // Node or Draft; null while as in the node

    private Draft(Node node) {
        this.node = node;
    }

    static Draft of(Node node) {
        return new Draft(node);
    }

    /** A holder whose one child is the root. */
    static Draft holding(Element root) {
        return new Draft(Element.of("document").append(root));
    }

    @Nullable Draft parent() {
        return parent;
    }

    private List<Object> open() {
        if (children == null) {
            children =
                    new ArrayList<>(
                            node instanceof Element element ? element.children() : List.of());
        }
        return children;
    }

    int size() {
        return open().size();
    }

    int indexOf(Draft child) {
        List<Object> all = open();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) == child) {
                return i;
            }
        }
        return -1;
    }

    void insert(int index, Draft child) {
        open().add(index, child);
        child.parent = this;
    }

    void detach() {
        if (parent != null) {
            int index = parent.indexOf(this);
            if (index >= 0) {
                parent.open().remove(index);
            }
            parent = null;
        }
    }

    void setAttributesOf(Element other) {
        if (node instanceof Element element) {
            node = other.withName(element.name()).withChildren(element.children());
        }
    }

    /** The first child of a tag and, if given, an id; a comment also by position. */
    @Nullable Draft find(String tag, @Nullable String id, int commentPosition) {
        List<Object> all = open();
        for (int i = 0; i < all.size(); i++) {
            Object child = all.get(i);
            Node candidate = child instanceof Draft draft ? draft.node : (Node) child;
            if (matches(candidate, tag, id)
                    && !(candidate instanceof Comment
                            && commentPosition >= 0
                            && commentPosition != i)) {
                return draftAt(i);
            }
        }
        return null;
    }

    private static boolean matches(Node node, String tag, @Nullable String id) {
        if (node instanceof Element element) {
            return element.name().equals(tag) && (id == null || id.equals(element.get("id")));
        }
        return node instanceof Comment && tag.equals("comment") && id == null;
    }

    private Draft draftAt(int index) {
        List<Object> all = open();
        if (all.get(index) instanceof Draft draft) {
            return draft;
        }
        Draft draft = new Draft((Node) all.get(index));
        draft.parent = this;
        all.set(index, draft);
        return draft;
    }

    List<Node> finishedChildren() {
        List<Node> finished = new ArrayList<>();
        for (Object child : open()) {
            finished.add(child instanceof Draft draft ? draft.finished() : (Node) child);
        }
        return finished;
    }

    private Node finished() {
        if (children == null || !(node instanceof Element element)) {
            return node;
        }
        return element.withChildren(finishedChildren());
    }
}
