package org.holdfast.cib.patch;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Cdata;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.SharedNodes;
import org.holdfast.cib.document.Text;
import org.jspecify.annotations.Nullable;

/**
 * The changes that lead from one document to another, found as Pacemaker finds them: children are
 * the same if tag and id are; a comment is if place and content are. Parts that both documents
 * share are not looked at, so the cost follows the change and not the document.
 */
public final class Difference {

    /** One change; paths are those of Pacemaker's patchsets. */
    public sealed interface Change {
        /** The path of the parent (creation) or of the element itself. */
        String path();
    }

    /**
     * A node is gone.
     *
     * @param path the node's path
     * @param position a comment's position among its siblings, else -1
     */
    public record Deleted(String path, int position) implements Change {}

    /**
     * A node is new.
     *
     * @param path its parent's path
     * @param position its position among its siblings
     * @param node the node
     */
    public record Created(String path, int position, Node node) implements Change {}

    /**
     * An element has other attributes.
     *
     * @param path its path
     * @param attributes what happened to which, in the order of the new element, removed ones last
     * @param result the element as it is now; only the attributes count
     */
    public record Modified(String path, List<AttributeChange> attributes, Element result)
            implements Change {}

    /**
     * An element has another position among its siblings.
     *
     * @param path its path
     * @param position the new position
     */
    public record Moved(String path, int position) implements Change {}

    /**
     * One attribute's change.
     *
     * @param name its name
     * @param value its new value, or null if it is gone
     */
    public record AttributeChange(String name, @Nullable String value) {}

    private final boolean attributeOrderCounts;
    private final List<Change> deletions = new ArrayList<>();
    private final List<Change> others = new ArrayList<>();

    private Difference(boolean attributeOrderCounts) {
        this.attributeOrderCounts = attributeOrderCounts;
    }

    /** The changes from one document to another: deletions first, then in document order. */
    public static List<Change> between(Element before, Element after) {
        return between(before, after, true);
    }

    /**
     * The changes from one document to another.
     *
     * @param attributeOrderCounts whether an attribute at another place is a change
     */
    public static List<Change> between(
            Element before, Element after, boolean attributeOrderCounts) {
        Difference difference = new Difference(attributeOrderCounts);
        difference.compare(before, after, rootPath(before, after));
        difference.deletions.addAll(difference.others);
        return difference.deletions;
    }

    /**
     * The changes from one document to another, given those from the same one to a third that
     * differs from the other in the root's attributes only.
     *
     * @param changes from {@code before} to a document with the children of {@code after}
     */
    public static List<Change> withRootOf(List<Change> changes, Element before, Element after) {
        String root = rootPath(before, after);
        List<Change> result = new ArrayList<>(changes.size() + 1);
        List<AttributeChange> attributes = AttributeDifference.between(before, after, true);
        boolean rootIsDue = !attributes.isEmpty();
        for (Change change : changes) {
            if (change instanceof Modified && change.path().equals(root)) {
                continue;
            }
            if (rootIsDue && !(change instanceof Deleted)) {
                result.add(new Modified(root, attributes, after));
                rootIsDue = false;
            }
            result.add(change);
        }
        if (rootIsDue) {
            result.add(new Modified(root, attributes, after));
        }
        return result;
    }

    /** Roots are compared whatever their ids are; an id that is gone still names the new one. */
    private static String rootPath(Element before, Element after) {
        String oldId = before.get("id");
        return pathOf(
                "", oldId == null || after.get("id") != null ? after : after.with("id", oldId));
    }

    /** The path of an element below a parent's path ({@code ""} for the root). */
    public static String pathOf(String parentPath, Node node) {
        String name =
                switch (node) {
                    case Element element -> element.name();
                    case Comment _ -> "comment";
                    case Text _ -> "text";
                    case Cdata _ -> "cdata";
                };
        String id = node instanceof Element element ? element.get("id") : null;
        String path = parentPath + "/" + name;
        return id == null ? path : path + "[@id='" + id + "']";
    }

    private void compare(Element before, Element after, String path) {
        if (before == after) {
            return;
        }
        List<AttributeChange> attributes =
                AttributeDifference.between(before, after, attributeOrderCounts);
        if (!attributes.isEmpty()) {
            others.add(new Modified(path, attributes, after));
        }
        if (before.children() != after.children()) {
            compareChildren(before, after, path);
        }
    }

    private void compareChildren(Element before, Element after, String path) {
        List<Node> oldChildren = withoutText(before.children());
        List<Node> newChildren = withoutText(after.children());
        if (!onlyGrew(oldChildren, newChildren, path)) {
            compareMatched(ChildMatching.of(oldChildren, newChildren), path);
        }
    }

    /**
     * The usual case, without a table of matches: every old child is still in its place and new
     * ones are behind them. Answers false, having noted nothing, if it is another case.
     */
    private boolean onlyGrew(List<Node> olds, List<Node> news, String path) {
        if (news.size() < olds.size()) {
            return false;
        }
        int end = olds.size();
        for (int i = SharedNodes.start(olds, news);
                i < end;
                i = SharedNodes.nextDifference(olds, news, i + 1)) {
            if (!ChildMatching.samePlace(olds.get(i), news.get(i))) {
                return false;
            }
        }
        for (int i = SharedNodes.start(olds, news);
                i < end;
                i = SharedNodes.nextDifference(olds, news, i + 1)) {
            if (olds.get(i) instanceof Element old && news.get(i) instanceof Element now) {
                compare(old, now, pathOf(path, now));
            }
        }
        for (int i = olds.size(); i < news.size(); i++) {
            others.add(new Created(path, i, news.get(i)));
        }
        return true;
    }

    private void compareMatched(ChildMatching matching, String path) {
        List<Node> olds = matching.olds();
        List<Node> news = matching.news();
        // Deletions are listed in the order of the old document, everything else in that of the
        // new one; so each matched pair is compared once, with its changes put where they belong.
        List<List<Change>> changesOfNew = new ArrayList<>(news.size());
        for (int i = 0; i < news.size(); i++) {
            changesOfNew.add(List.of());
        }
        for (int i = 0; i < olds.size(); i++) {
            int match = matching.newIndexOf(i);
            if (match < 0) {
                Node old = olds.get(i);
                int position = old instanceof Comment ? matching.oldPosition(i) : -1;
                deletions.add(new Deleted(pathOf(path, old), position));
                matching.skipOld(i);
            } else if (olds.get(i) != news.get(match)
                    && olds.get(i) instanceof Element old
                    && news.get(match) instanceof Element now) {
                Difference inner = new Difference(attributeOrderCounts);
                inner.compare(old, now, pathOf(path, now));
                deletions.addAll(inner.deletions);
                changesOfNew.set(match, inner.others);
            }
        }
        for (int i = 0; i < news.size(); i++) {
            addNew(matching, i, changesOfNew.get(i), path);
        }
    }

    private void addNew(ChildMatching matching, int index, List<Change> inner, String path) {
        Node now = matching.news().get(index);
        int oldIndex = matching.oldIndexOf(index);
        if (oldIndex < 0) {
            others.add(new Created(path, index, now));
            return;
        }
        others.addAll(inner);
        int oldPosition = matching.oldPosition(oldIndex);
        int newPosition = matching.newPosition();
        boolean skipsNew = false;
        if (oldPosition != newPosition) {
            others.add(new Moved(pathOf(path, now), index));
            if (oldPosition > newPosition) {
                matching.skipOld(oldIndex);
            } else {
                skipsNew = true;
            }
        }
        if (!skipsNew) {
            matching.countNew();
        }
    }

    private static List<Node> withoutText(List<Node> children) {
        if (!SharedNodes.mayHoldText(children)) {
            return children;
        }
        for (Node child : children) {
            if (child instanceof Text) {
                return children.stream().filter(node -> !(node instanceof Text)).toList();
            }
        }
        return children;
    }
}
