package org.holdfast.cib.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;

/**
 * Decides whether a user may make the changes between two documents. An element may be removed or
 * get other attributes where it is writable; a new one must be writable where it stands, unless it
 * is mere scaffolding (no attribute but an id) outside the ACLs themselves.
 */
public final class ChangeCheck {

    private final AccessMap before;
    private final AccessMap after;

    private ChangeCheck(AccessMap before, AccessMap after) {
        this.before = before;
        this.after = after;
    }

    /** Whether all changes are permitted. */
    public static boolean permits(Acls acls, Element before, Element after) {
        ChangeCheck check =
                new ChangeCheck(new AccessMap(before, acls), new AccessMap(after, acls));
        return check.compare(before, List.of(), after, List.of(), false);
    }

    private boolean compare(
            Element old,
            List<Integer> oldPath,
            Element now,
            List<Integer> newPath,
            boolean withinAcls) {
        if (old == now) {
            return true;
        }
        if (!sameAttributes(old, now) && !after.isWritable(newPath)) {
            return false;
        }
        boolean acls = withinAcls || now.name().equals("acls");
        List<Node> oldChildren = old.children();
        List<Node> newChildren = now.children();
        boolean[] matched = new boolean[newChildren.size()];
        int search = 0;
        for (int i = 0; i < oldChildren.size(); i++) {
            int match = find(oldChildren.get(i), newChildren, matched, search);
            if (match < 0) {
                if (!before.isWritable(below(oldPath, i))) {
                    return false;
                }
                continue;
            }
            matched[match] = true;
            search = match + 1;
            if (oldChildren.get(i) instanceof Element oldChild
                    && newChildren.get(match) instanceof Element newChild
                    && !compare(
                            oldChild, below(oldPath, i), newChild, below(newPath, match), acls)) {
                return false;
            }
        }
        for (int i = 0; i < newChildren.size(); i++) {
            if (!matched[i] && !mayCreate(newChildren.get(i), below(newPath, i), acls)) {
                return false;
            }
        }
        return true;
    }

    private boolean mayCreate(Node node, List<Integer> path, boolean withinAcls) {
        if (!(node instanceof Element element)) {
            return after.isWritable(path);
        }
        boolean scaffolding =
                !withinAcls
                        && (element.attributeCount() == 0
                                || element.attributeCount() == 1 && element.has("id"));
        if (!scaffolding && !after.isWritable(path)) {
            return false;
        }
        boolean acls = withinAcls || element.name().equals("acls");
        List<Node> children = element.children();
        for (int i = 0; i < children.size(); i++) {
            if (!mayCreate(children.get(i), below(path, i), acls)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameAttributes(Element old, Element now) {
        if (old.attributeCount() != now.attributeCount()) {
            return false;
        }
        for (int i = 0; i < old.attributeCount(); i++) {
            if (!old.attributeValue(i).equals(now.get(old.attributeName(i)))) {
                return false;
            }
        }
        return true;
    }

    /** The first free child that is the same as an old one; looked for from where it should be. */
    private static int find(Node old, List<Node> candidates, boolean[] taken, int from) {
        for (int k = 0; k < candidates.size(); k++) {
            int i = (from + k) % candidates.size();
            if (!taken[i] && same(old, candidates.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(Node old, Node now) {
        if (old instanceof Element one && now instanceof Element two) {
            return one.name().equals(two.name()) && Objects.equals(one.get("id"), two.get("id"));
        }
        return old.equals(now);
    }

    private static List<Integer> below(List<Integer> path, int index) {
        List<Integer> longer = new ArrayList<>(path);
        longer.add(index);
        return longer;
    }
}
