package org.holdfast.tools.crm.frame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.jspecify.annotations.Nullable;

/** An element of XML output while it is being made. Not thread-safe. */
public final class XmlNode {

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Object> children = new ArrayList<>(); // XmlNode or Node

    /** An element without content. */
    public XmlNode(String name) {
        this.name = name;
    }

    /** Sets an attribute; a null value leaves it as it is. */
    public XmlNode set(String attribute, @Nullable String value) {
        if (value != null) {
            attributes.put(attribute, value);
        }
        return this;
    }

    /** Adds an element behind the other children and answers it. */
    public XmlNode add(String tag) {
        XmlNode child = new XmlNode(tag);
        children.add(child);
        return child;
    }

    /** Adds a finished node behind the other children. */
    public XmlNode add(Node node) {
        children.add(node);
        return this;
    }

    /** How many child elements there are. */
    public int elementCount() {
        return (int)
                children.stream()
                        .filter(child -> child instanceof XmlNode || child instanceof Element)
                        .count();
    }

    /** The finished element. */
    public Element toElement() {
        Element.Builder element = Element.builder(name);
        attributes.forEach(element::attribute);
        for (Object child : children) {
            element.child(child instanceof XmlNode node ? node.toElement() : (Node) child);
        }
        return element.build();
    }
}
