package org.holdfast.cib.document;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The children of an element; cannot be changed. A changed copy keeps the index by id as long as it
 * tells the truth, so that finding a child among thousands costs the same after every change.
 */
final class NodeList extends AbstractList<Node> implements RandomAccess {

    private final Node[] nodes;

    /**
     * Made when it is first needed. Threads that make it at the same time make the same one; its
     * fields are final, so a thread sees it whole or not at all.
     */
    private @Nullable ChildIndex index;

    private NodeList(Node[] nodes, @Nullable ChildIndex index) {
        this.nodes = nodes;
        this.index = index;
    }

    /** A list of these nodes; itself if it is one that cannot be changed. */
    static List<Node> of(List<? extends Node> nodes) {
        if (nodes instanceof NodeList same) {
            return same;
        }
        return nodes.isEmpty() ? List.of() : new NodeList(nodes.toArray(new Node[0]), null);
    }

    static List<Node> append(List<Node> nodes, Node node) {
        Node[] more = nodes.toArray(new Node[nodes.size() + 1]);
        more[nodes.size()] = node;
        return new NodeList(more, indexOf(nodes));
    }

    static List<Node> insert(List<Node> nodes, int position, Node node) {
        Node[] more = new Node[nodes.size() + 1];
        Node[] before = nodes.toArray(new Node[0]);
        Objects.checkIndex(position, more.length);
        System.arraycopy(before, 0, more, 0, position);
        more[position] = node;
        System.arraycopy(before, position, more, position + 1, before.length - position);
        return new NodeList(more, null);
    }

    static List<Node> replace(List<Node> nodes, int position, Node node) {
        Node[] changed = nodes.toArray(new Node[0]);
        boolean inItsPlace = hasSameKey(changed[position], node);
        changed[position] = node;
        return new NodeList(changed, inItsPlace ? indexOf(nodes) : null);
    }

    static List<Node> remove(List<Node> nodes, int position) {
        if (nodes.size() == 1 && position == 0) {
            return List.of();
        }
        Node[] before = nodes.toArray(new Node[0]);
        Objects.checkIndex(position, before.length);
        Node[] fewer = Arrays.copyOf(before, before.length - 1);
        System.arraycopy(before, position + 1, fewer, position, fewer.length - position);
        return new NodeList(fewer, null);
    }

    /** The position of the first child element with a tag and an id, or -1. */
    static int find(List<Node> nodes, String tag, String id) {
        return nodes instanceof NodeList list && list.nodes.length >= ChildIndex.WIDE
                ? list.index().find(list, tag, id)
                : ChildIndex.scan(nodes, 0, tag, id);
    }

    private ChildIndex index() {
        ChildIndex present = index;
        if (present == null || present.isOutgrown(nodes.length)) {
            present = ChildIndex.of(this);
            index = present;
        }
        return present;
    }

    private static @Nullable ChildIndex indexOf(List<Node> nodes) {
        return nodes instanceof NodeList list ? list.index : null;
    }

    private static boolean hasSameKey(Node before, Node after) {
        return before instanceof Element old
                && after instanceof Element now
                && old.name().equals(now.name())
                && Objects.equals(old.get("id"), now.get("id"));
    }

    @Override
    public Node get(int position) {
        return nodes[position];
    }

    @Override
    public int size() {
        return nodes.length;
    }

    @Override
    public Object[] toArray() {
        return Arrays.copyOf(nodes, nodes.length, Object[].class);
    }

    @Override
    @SuppressWarnings("unchecked") // as List.toArray: the caller says what the elements are
    public <T> T[] toArray(T[] into) {
        if (into.length < nodes.length) {
            return (T[]) Arrays.copyOf(nodes, nodes.length, into.getClass());
        }
        System.arraycopy(nodes, 0, into, 0, nodes.length);
        if (into.length > nodes.length) {
            Arrays.fill(into, nodes.length, nodes.length + 1, null);
        }
        return into;
    }
}
