package org.holdfast.scheduler.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Scored nodes of one resource, found by node in constant time, iterated in the cluster's node
 * order.
 */
public final class NodeTable implements Iterable<ScoredNode> {

    private @Nullable ScoredNode[] byIndex;
    private int size;

    public NodeTable() {
        this(0);
    }

    /** With room for nodes of index below {@code capacity}; grows when needed. */
    public NodeTable(int capacity) {
        byIndex = new @Nullable ScoredNode[capacity];
    }

    /** The entry of a node, or null. */
    public @Nullable ScoredNode get(Node node) {
        return node.index < byIndex.length ? byIndex[node.index] : null;
    }

    /** Whether there is an entry for the node. */
    public boolean contains(Node node) {
        return get(node) != null;
    }

    /** The node's score, or {@code fallback} when it has no entry. */
    public int scoreOr(Node node, int fallback) {
        ScoredNode entry = get(node);
        return entry == null ? fallback : entry.score;
    }

    /** Adds or replaces the entry of its node. */
    public void put(ScoredNode entry) {
        int index = entry.node.index;
        if (index >= byIndex.length) {
            byIndex = Arrays.copyOf(byIndex, Math.max(index + 1, byIndex.length * 2));
        }
        if (byIndex[index] == null) {
            size++;
        }
        byIndex[index] = entry;
    }

    /** Removes a node's entry if there is one. */
    public void remove(Node node) {
        if (node.index < byIndex.length && byIndex[node.index] != null) {
            byIndex[node.index] = null;
            size--;
        }
    }

    /** How many nodes have an entry. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Copies of all entries in a new table. */
    public NodeTable copy() {
        NodeTable copy = new NodeTable(byIndex.length);
        for (int i = 0; i < byIndex.length; i++) {
            ScoredNode entry = byIndex[i];
            if (entry != null) {
                copy.byIndex[i] = entry.copy();
            }
        }
        copy.size = size;
        return copy;
    }

    /** The entries in node order, in a new list. */
    public List<ScoredNode> toList() {
        List<ScoredNode> all = new ArrayList<>(size);
        for (ScoredNode entry : this) {
            all.add(entry);
        }
        return all;
    }

    @Override
    public Iterator<ScoredNode> iterator() {
        return new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                while (at < byIndex.length && byIndex[at] == null) {
                    at++;
                }
                return at < byIndex.length;
            }

            @Override
            public ScoredNode next() {
                ScoredNode entry = hasNext() ? byIndex[at++] : null;
                if (entry == null) {
                    throw new NoSuchElementException();
                }
                return entry;
            }
        };
    }
}
