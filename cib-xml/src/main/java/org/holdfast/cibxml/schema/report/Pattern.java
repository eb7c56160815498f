package org.holdfast.cibxml.schema.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A piece of a grammar. {@link Preparation} rearranges it; from then on it does not change. */
final class Pattern {

    /** What a pattern asks for. */
    enum Kind {
        /** Nothing. */
        EMPTY,
        /** Nothing fits. */
        NOT_ALLOWED,
        /** Any text. */
        TEXT,
        /** Any attributes and content at all. */
        ANYTHING,
        ELEMENT,
        ATTRIBUTE,
        /** A value of a datatype. */
        DATA,
        /** One given value. */
        VALUE,
        /** Within {@link #DATA}: the values that are excluded. */
        EXCEPT,
        /** The body of a definition. */
        DEFINITION,
        /** A definition's name in place of its body. */
        REFERENCE,
        OPTIONAL,
        ZERO_OR_MORE,
        ONE_OR_MORE,
        CHOICE,
        SEQUENCE,
        INTERLEAVE
    }

    /** The datatype of a literal without one: compared with blanks normalized. */
    static final String TOKEN = "";

    Kind kind;

    /** Of an element, attribute, datatype or definition; a value's datatype. */
    final String name;

    /** Of {@link Kind#VALUE}. */
    final String value;

    final List<Pattern> content = new ArrayList<>();

    /** Of an element: the attributes and what yields nothing but attributes, in checking order. */
    final List<Pattern> attributes = new ArrayList<>();

    /** Of {@link Kind#DATA}: parameters of the datatype. */
    final SortedMap<String, String> facets = new TreeMap<>();

    /** Of a choice: which branch an element leads to, if that is always clear. */
    @Nullable Map<String, Pattern> branches;

    /** Of an interleave: the names of the elements that each group may hold. */
    final List<List<String>> groups = new ArrayList<>();

    Pattern(Kind kind, String name, String value) {
        this.kind = kind;
        this.name = name;
        this.value = value;
    }

    Pattern(Kind kind, String name) {
        this(kind, name, "");
    }

    Pattern(Kind kind, List<Pattern> content) {
        this(kind, "", "");
        this.content.addAll(content);
    }

    @Override
    public String toString() {
        return kind + " " + name + value + content;
    }
}
