package org.holdfast.cibxml.schema.report;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Cdata;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.Text;
import org.jspecify.annotations.Nullable;

/**
 * A node of the document that is checked. The forward links change while an interleave is checked:
 * each of its groups sees only its own items.
 */
final class Item {

    /** An attribute; the same object in every attempt to check it. */
    static final class Attribute {
        final String name;
        final String value;

        /** What it has been found to be so far. */
        IdTable.Role role = IdTable.Role.NONE;

        Attribute(String name, String value) {
            this.name = name;
            this.value = value;
        }
    }

    /** The element's tag; what the reference calls text otherwise. */
    final String name;

    final boolean isElement;
    final int line;

    /** Counts the document's items in their order, from 0. */
    final int number;

    final List<Attribute> attributes = new ArrayList<>();
    @Nullable Item first;
    @Nullable Item next;
    @Nullable Item previous;

    /** The pattern that this element has been found to fit. */
    @Nullable Pattern proven;

    private Item(String name, boolean isElement, int line, int number) {
        this.name = name;
        this.isElement = isElement;
        this.line = line;
        this.number = number;
    }

    /** The document's root; it stands alone. */
    static Item of(Element root) {
        return new Reader().read(root);
    }

    /** Numbers the items. */
    private static final class Reader {

        private int count;

        private Item item(String name, boolean isElement, int line) {
            return new Item(name, isElement, line, count++);
        }

        private Item read(Element element) {
            Item item = item(element.name(), true, element.line());
            for (int i = 0; i < element.attributeCount(); i++) {
                item.attributes.add(
                        new Attribute(element.attributeName(i), element.attributeValue(i)));
            }
            Item last = null;
            for (Node child : element.children()) {
                Item inner =
                        switch (child) {
                            case Element part -> read(part);
                            case Cdata(String text) ->
                                    text.isBlank() ? null : item("", false, element.line());
                            case Text _, Comment _ -> null; // text is taken out when a CIB is read
                        };
                if (inner == null) {
                    continue;
                }
                inner.previous = last;
                if (last == null) {
                    item.first = inner;
                } else {
                    last.next = inner;
                }
                last = inner;
            }
            return item;
        }
    }
}
