package org.holdfast.cibxml.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import org.holdfast.cib.document.Cdata;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.Text;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/** Tells a validator of a document, element by element, and knows where it is. */
final class SaxFeed {

    private final Element root;
    private final Deque<Element> path = new ArrayDeque<>();

    SaxFeed(Element root) {
        this.root = root;
    }

    void sendTo(ContentHandler handler) throws SAXException {
        handler.startDocument();
        send(root, handler);
        handler.endDocument();
    }

    private void send(Element element, ContentHandler handler) throws SAXException {
        path.push(element);
        AttributesImpl attributes = new AttributesImpl();
        for (int i = 0; i < element.attributeCount(); i++) {
            String name = element.attributeName(i);
            attributes.addAttribute("", name, name, "CDATA", element.attributeValue(i));
        }
        handler.startElement("", element.name(), element.name(), attributes);
        for (Node child : element.children()) {
            switch (child) {
                case Element inner -> send(inner, handler);
                case Text(String value) ->
                        handler.characters(value.toCharArray(), 0, value.length());
                case Cdata(String value) ->
                        handler.characters(value.toCharArray(), 0, value.length());
                case Comment _ -> {}
            }
        }
        handler.endElement("", element.name(), element.name());
        path.pop();
    }

    /** A violation at the element that is being sent. */
    SchemaViolation violation(String message) {
        Element at = path.isEmpty() ? root : path.getFirst();
        return new SchemaViolation(at.line(), at.name(), at.id(), message);
    }
}
