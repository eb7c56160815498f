package org.holdfast.cib.document;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The children of an element; cannot be changed. A wide list is cut into blocks, and a changed copy
 * shares all blocks but one with its origin; so neither making the copy nor finding where the two
 * differ looks at every child. It also keeps the index by id as long as that tells the truth.
 */
final class NodeList extends AbstractList<Node> implements RandomAccess {

    private static final int BLOCK_BITS = 6;
    private static final int BLOCK = 1 << BLOCK_BITS;

    /** The nodes themselves if they fit into one block, else blocks, all full but the last. */
    private final Object[] parts;

    private final int size;
    private final long tags;
    private final boolean mixed;

    /**
     * Made when it is first needed. Threads that make it at the same time make the same one; its
     * fields are final, so a thread sees it whole or not at all.
     */
    private @Nullable ChildIndex index;

    private NodeList(
            Object[] parts, int size, long tags, boolean mixed, @Nullable ChildIndex index) {
        this.parts = parts;
        this.size = size;
        this.tags = tags;
        this.mixed = mixed;
        this.index = index;
    }

    /** A list of these nodes; itself if it is one that cannot be changed. */
    static List<Node> of(List<? extends Node> nodes) {
        if (nodes instanceof NodeList same) {
            return same;
        }
        return nodes.isEmpty() ? List.of() : of(nodes.toArray(new Node[0]));
    }

    private static NodeList of(Node[] nodes) {
        long tags = 0;
        boolean mixed = false;
        for (Node node : nodes) {
            tags |= tagsOf(node);
            mixed |= !(node instanceof Element);
        }
        return new NodeList(cut(nodes), nodes.length, tags, mixed, null);
    }

    private static Object[] cut(Node[] nodes) {
        if (nodes.length <= BLOCK) {
            return nodes;
        }
        Object[] blocks = new Object[nodes.length + BLOCK - 1 >> BLOCK_BITS];
        for (int i = 0; i < blocks.length; i++) {
            int from = i << BLOCK_BITS;
            blocks[i] = Arrays.copyOfRange(nodes, from, Math.min(nodes.length, from + BLOCK));
        }
        return blocks;
    }

    private static long tagsOf(Node node) {
        return node instanceof Element element ? element.tags() : 0;
    }

    /** Which tags may occur in these nodes or below them, as {@link Element#tags}. */
    static long tagsOf(List<Node> nodes) {
        return nodes instanceof NodeList list ? list.tags : 0;
    }

    /** Whether other nodes than elements may be among these; false is certain. */
    static boolean mayBeMixed(List<Node> nodes) {
        return nodes instanceof NodeList list ? list.mixed : !nodes.isEmpty();
    }

    static List<Node> append(List<Node> nodes, Node node) {
        if (!(nodes instanceof NodeList list)) {
            return of(List.of(node));
        }
        int size = list.size;
        long tags = list.tags | tagsOf(node);
        boolean mixed = list.mixed || !(node instanceof Element);
        if (size < BLOCK) {
            Node[] more = Arrays.copyOf(list.block(0), size + 1);
            more[size] = node;
            return new NodeList(more, size + 1, tags, mixed, list.index);
        }
        Object[] blocks;
        if (size == BLOCK) {
            blocks = new Object[] {list.parts, new Node[] {node}};
        } else if ((size & BLOCK - 1) == 0) {
            blocks = Arrays.copyOf(list.parts, list.parts.length + 1);
            blocks[list.parts.length] = new Node[] {node};
        } else {
            blocks = list.parts.clone();
            Node[] last = list.block(blocks.length - 1);
            Node[] longer = Arrays.copyOf(last, last.length + 1);
            longer[last.length] = node;
            blocks[blocks.length - 1] = longer;
        }
        return new NodeList(blocks, size + 1, tags, mixed, list.index);
    }

    static List<Node> insert(List<Node> nodes, int position, Node node) {
        Node[] more = new Node[nodes.size() + 1];
        Node[] before = nodes.toArray(new Node[0]);
        Objects.checkIndex(position, more.length);
        System.arraycopy(before, 0, more, 0, position);
        more[position] = node;
        System.arraycopy(before, position, more, position + 1, before.length - position);
        return spliced(
                nodes,
                position,
                more,
                tagsOf(nodes) | tagsOf(node),
                mayBeMixed(nodes) || !(node instanceof Element));
    }

    static List<Node> replace(List<Node> nodes, int position, Node node) {
        Objects.checkIndex(position, nodes.size());
        NodeList list = (NodeList) of(nodes);
        long tags = list.tags | tagsOf(node);
        boolean mixed = list.mixed || !(node instanceof Element);
        ChildIndex index = hasSameKey(list.get(position), node) ? list.index : null;
        int number = position >> BLOCK_BITS;
        Node[] block = list.block(number).clone();
        block[position & BLOCK - 1] = node;
        if (list.size <= BLOCK) {
            return new NodeList(block, list.size, tags, mixed, index);
        }
        Object[] blocks = list.parts.clone();
        blocks[number] = block;
        return new NodeList(blocks, list.size, tags, mixed, index);
    }

    static List<Node> remove(List<Node> nodes, int position) {
        if (nodes.size() == 1 && position == 0) {
            return List.of();
        }
        Node[] before = nodes.toArray(new Node[0]);
        Objects.checkIndex(position, before.length);
        Node[] fewer = Arrays.copyOf(before, before.length - 1);
        System.arraycopy(before, position + 1, fewer, position, fewer.length - position);
        return spliced(nodes, position, fewer, tagsOf(nodes), mayBeMixed(nodes));
    }

    /** A list of other length that shares the blocks before a position with its origin. */
    private static NodeList spliced(
            List<Node> origin, int position, Node[] nodes, long tags, boolean mixed) {
        Object[] parts = cut(nodes);
        if (nodes.length > BLOCK && origin instanceof NodeList list && list.size > BLOCK) {
            System.arraycopy(list.parts, 0, parts, 0, position >> BLOCK_BITS);
        }
        return new NodeList(parts, nodes.length, tags, mixed, null);
    }

    /**
     * The first position from {@code from} on at which two lists of which neither ends before
     * {@code to} hold different objects, or {@code to}.
     */
    static int nextDifference(List<Node> one, List<Node> other, int from, int to) {
        int at = from;
        boolean blocks = one instanceof NodeList && other instanceof NodeList;
        while (at < to) {
            if (blocks
                    && (at & BLOCK - 1) == 0
                    && one instanceof NodeList left
                    && other instanceof NodeList right
                    && left.block(at >> BLOCK_BITS) == right.block(at >> BLOCK_BITS)) {
                at += BLOCK;
            } else if (one.get(at) == other.get(at)) {
                at++;
            } else {
                return at;
            }
        }
        return to;
    }

    /** The position of the first child element with a tag and an id, or -1. */
    static int find(List<Node> nodes, String tag, String id) {
        return nodes instanceof NodeList list && list.size >= ChildIndex.WIDE
                ? list.index().find(list, tag, id)
                : ChildIndex.scan(nodes, 0, tag, id);
    }

    private ChildIndex index() {
        ChildIndex present = index;
        if (present == null || present.isOutgrown(size)) {
            present = ChildIndex.of(this);
            index = present;
        }
        return present;
    }

    private static boolean hasSameKey(Node before, Node after) {
        return before instanceof Element old
                && after instanceof Element now
                && old.name().equals(now.name())
                && Objects.equals(old.get("id"), now.get("id"));
    }

    private Node[] block(int number) {
        return (Node[]) (size <= BLOCK ? parts : parts[number]);
    }

    @Override
    public Node get(int position) {
        Objects.checkIndex(position, size);
        return block(position >> BLOCK_BITS)[position & BLOCK - 1];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof NodeList that)) {
            return super.equals(other);
        }
        if (size != that.size) {
            return false;
        }
        int at = nextDifference(this, that, 0, size);
        while (at < size) {
            if (!get(at).equals(that.get(at))) {
                return false;
            }
            at = nextDifference(this, that, at + 1, size);
        }
        return true;
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public Object[] toArray() {
        return copyInto(new Object[size]);
    }

    @Override
    public <T> T[] toArray(T[] into) {
        T[] whole = into.length < size ? Arrays.copyOf(into, size) : into;
        copyInto(whole);
        if (whole.length > size) {
            Arrays.fill(whole, size, size + 1, null);
        }
        return whole;
    }

    private Object[] copyInto(Object[] into) {
        for (int from = 0; from < size; from += BLOCK) {
            Node[] block = block(from >> BLOCK_BITS);
            System.arraycopy(block, 0, into, from, block.length);
        }
        return into;
    }
}
