package org.holdfast.cib.acl;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.cib.acl.Permission.Kind;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.xpath.Location;
import org.holdfast.cib.xpath.Work;
import org.holdfast.cib.xpath.XPath;
import org.jspecify.annotations.Nullable;

/** Permissions applied to one document: what was said about which element. Immutable once made. */
public final class AccessMap {

    /** What a user may do with an element. */
    public enum Access {
        /** Not even see it. */
        DENIED,
        /** See it. */
        READABLE,
        /** See and change it. */
        WRITABLE
    }

    private final Map<List<Integer>, Set<Kind>> kinds = new LinkedHashMap<>();
    private final boolean empty;

    /**
     * Applies a user's permissions to a document.
     *
     * @throws org.holdfast.cib.xpath.TooMuchWorkException if a permission's expression takes too
     *     much work: without it nobody knows what is forbidden
     */
    public AccessMap(Element root, Acls acls) {
        this.empty = acls.permissions().isEmpty();
        for (Permission permission : acls.permissions()) {
            for (Location match : XPath.selectOrNothing(root, permission.xpath(), new Work(root))) {
                kinds.computeIfAbsent(match.holder().path(), _ -> EnumSet.noneOf(Kind.class))
                        .add(permission.kind());
            }
        }
    }

    private Set<Kind> kindsAt(List<Integer> path) {
        return kinds.getOrDefault(path, Set.of());
    }

    /** What was decided above applies below until something else is said. */
    private static boolean decide(Set<Kind> said, boolean inherited, boolean write) {
        if (said.contains(Kind.DENY)) {
            return false;
        }
        boolean allowed = said.contains(Kind.WRITE) || !write && said.contains(Kind.READ);
        return allowed || inherited;
    }

    /** Whether an element at a path of child positions may be changed. */
    boolean isWritable(List<Integer> path) {
        boolean writable = false;
        for (int length = 0; length <= path.size(); length++) {
            writable = decide(kindsAt(path.subList(0, length)), writable, true);
        }
        return writable && !empty;
    }

    /** Receives each element's access in document order. */
    public interface Visitor {
        /** An element and what may be done with it. */
        void visit(Element element, Access access);
    }

    /** Walks a document (the one that the permissions were applied to). */
    public void walk(Element root, Visitor visitor) {
        walk(root, List.of(), false, false, visitor);
    }

    private void walk(
            Element element,
            List<Integer> path,
            boolean readableAbove,
            boolean writableAbove,
            Visitor visitor) {
        boolean readable = decide(kindsAt(path), readableAbove, false);
        boolean writable = decide(kindsAt(path), writableAbove, true);
        visitor.visit(
                element,
                !readable || empty ? Access.DENIED : writable ? Access.WRITABLE : Access.READABLE);
        List<Node> children = element.children();
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof Element child) {
                walk(child, below(path, i), readable, writable, visitor);
            }
        }
    }

    /** The part of the document that may be read; null if that is nothing. */
    public @Nullable Element readable(Element root) {
        return empty ? null : purge(root, List.of());
    }

    /** An element below something readable: all of it but what is forbidden. */
    private @Nullable Element keep(Element element, List<Integer> path) {
        if (kindsAt(path).contains(Kind.DENY)) {
            return purge(element, path);
        }
        List<Node> kept = new ArrayList<>();
        boolean changed = false;
        List<Node> children = element.children();
        for (int i = 0; i < children.size(); i++) {
            Node child = children.get(i);
            Node left = child instanceof Element inner ? keep(inner, below(path, i)) : child;
            changed |= left != child;
            if (left != null) {
                kept.add(left);
            }
        }
        return changed ? element.withChildren(kept) : element;
    }

    /** An element that may not be read itself: its id, around what is readable within. */
    private @Nullable Element purge(Element element, List<Integer> path) {
        Set<Kind> said = kindsAt(path);
        if (!said.contains(Kind.DENY) && (said.contains(Kind.READ) || said.contains(Kind.WRITE))) {
            return keep(element, path);
        }
        List<Node> kept = new ArrayList<>();
        boolean readable = false;
        List<Node> children = element.children();
        for (int i = 0; i < children.size(); i++) {
            Node child = children.get(i);
            if (child instanceof Element inner) {
                Element left = purge(inner, below(path, i));
                if (left != null) {
                    readable = true;
                    kept.add(left);
                }
            } else {
                kept.add(child);
            }
        }
        if (!readable) {
            return null;
        }
        String id = element.get("id");
        Element bare = Element.of(element.name());
        return (id == null ? bare : bare.with("id", id)).withChildren(kept);
    }

    private static List<Integer> below(List<Integer> path, int index) {
        List<Integer> longer = new ArrayList<>(path.size() + 1);
        longer.addAll(path);
        longer.add(index);
        return longer;
    }
}
