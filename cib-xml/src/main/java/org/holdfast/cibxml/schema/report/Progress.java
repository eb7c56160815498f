package org.holdfast.cibxml.schema.report;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** How far one element has been checked: the attributes and children that are left. */
final class Progress {

    /** What two progresses within one element share if they are alike. */
    record Key(int next, BitSet used) {}

    /** The element; null for the document itself. */
    final @Nullable Item element;

    /** The next child; null if none is left. */
    @Nullable Item next;

    /** Places of the attributes that have been checked. */
    private final BitSet used;

    private Progress(@Nullable Item element, @Nullable Item next, BitSet used) {
        this.element = element;
        this.next = next;
        this.used = used;
    }

    /** The document before its root. */
    static Progress beforeRoot(Item root) {
        return new Progress(null, root, new BitSet());
    }

    /** The start of an element. */
    static Progress into(Item element) {
        return new Progress(element, element.first, new BitSet());
    }

    Progress copy() {
        return new Progress(element, next, copyOfUsed());
    }

    private BitSet copyOfUsed() {
        return (BitSet) used.clone();
    }

    /** This progress as it is now. */
    Key key() {
        return new Key(next == null ? -1 : next.number, copyOfUsed());
    }

    private int attributes() {
        return element == null ? 0 : element.attributes.size();
    }

    int attributesLeft() {
        return attributes() - used.cardinality();
    }

    /** The place of the first attribute that is left, at or behind a place; -1 if there is none. */
    int firstLeft(int from) {
        int place = used.nextClearBit(from);
        return place < attributes() ? place : -1;
    }

    Item.Attribute attribute(int place) {
        if (element == null) {
            throw new IllegalStateException("the document has no attributes");
        }
        return element.attributes.get(place);
    }

    /** The attribute at a place has been checked. */
    void use(int place) {
        used.set(place);
    }

    /** All that is left has been checked. */
    void useAll() {
        used.set(0, attributes());
        next = null;
    }
}
