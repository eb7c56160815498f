package org.holdfast.cibxml;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.holdfast.cib.document.Cdata;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Text;
import org.jspecify.annotations.Nullable;

/**
 * XML text to document. White space between elements is dropped, comments and CDATA sections stay,
 * processing instructions and the document type go; entities other than the five of XML are an
 * error, and nothing outside the text is ever read. Safe for concurrent use.
 */
public final class XmlParser {

    /** What libxml2 accepts. */
    private static final int NAME_CHARS_MAX = 50_000;

    private static final XmlParser DEFAULT = new XmlParser(XmlLimits.DEFAULT);

    private final XmlLimits limits;
    private final WstxInputFactory factory;

    /** A parser with its own limits. */
    public XmlParser(XmlLimits limits) {
        this.limits = limits;
        this.factory = secureFactory(limits);
    }

    private static WstxInputFactory secureFactory(XmlLimits limits) {
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(WstxInputProperties.P_MIN_TEXT_SEGMENT, Integer.MAX_VALUE);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, limits.depthMax());
        factory.setProperty(
                WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, limits.attributesMax());
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, limits.valueCharsMax());
        factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, limits.valueCharsMax());
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, (long) limits.nodesMax());
        return factory;
    }

    /**
     * The document that a message or an argument holds.
     *
     * @throws XmlSyntaxException if the text is not well-formed or too large
     */
    public static Element parse(String text) throws XmlSyntaxException {
        return DEFAULT.read(text);
    }

    /**
     * The document that bytes hold, in the encoding that they declare (UTF-8 if none).
     *
     * @throws XmlSyntaxException if the text is not well-formed or too large
     */
    public static Element parse(byte[] bytes) throws XmlSyntaxException {
        return DEFAULT.read(bytes);
    }

    /**
     * The document of a file or of standard input. As Pacemaker does when it reads either,
     * character data is dropped too.
     *
     * @throws XmlSyntaxException if the text is not well-formed or too large
     */
    public static Element parseFile(byte[] bytes) throws XmlSyntaxException {
        return withoutText(DEFAULT.read(bytes));
    }

    /** The same document without its texts; CDATA sections stay. */
    public static Element withoutText(Element element) {
        boolean textSeen = element.children().stream().anyMatch(Text.class::isInstance);
        Element bare =
                textSeen
                        ? element.withChildren(
                                element.children().stream()
                                        .filter(child -> !(child instanceof Text))
                                        .toList())
                        : element;
        return bare.mapElements(XmlParser::withoutText);
    }

    /** As {@link #parse(String)}, with this parser's limits. */
    public Element read(String text) throws XmlSyntaxException {
        checkLength(text.length());
        // Woodstox would take a declaration's encoding as a promise about the characters.
        return read(() -> factory.createXMLStreamReader(new StringReader(text)));
    }

    /** As {@link #parse(byte[])}, with this parser's limits. */
    public Element read(byte[] bytes) throws XmlSyntaxException {
        checkLength(bytes.length);
        String text = Encoding.decoded(bytes);
        if (text != null) {
            return read(text);
        }
        byte[] document = Encoding.withoutZerosAtTheEnd(bytes);
        Encoding.checkUtf8(document);
        return read(() -> factory.createXMLStreamReader(new ByteArrayInputStream(document)));
    }

    private void checkLength(int length) throws XmlSyntaxException {
        if (length > limits.bytesMax()) {
            throw new XmlSyntaxException(
                    "text of " + length + " exceeds the limit of " + limits.bytesMax(), 0, 0);
        }
    }

    private interface Source {
        XMLStreamReader open() throws XMLStreamException;
    }

    private Element read(Source source) throws XmlSyntaxException {
        @Nullable XMLStreamReader reader = null;
        try {
            reader = source.open();
            return build(reader);
        } catch (XMLStreamException e) {
            throw syntax(e, reader);
        } catch (RuntimeException e) {
            // Woodstox wraps trouble met in lazy parsing and in decoding characters.
            if (e.getCause() instanceof XMLStreamException inner) {
                throw syntax(inner, reader);
            }
            throw new XmlSyntaxException(firstLine(String.valueOf(e.getMessage())), 0, 0);
        }
    }

    private Element build(XMLStreamReader reader) throws XMLStreamException, XmlSyntaxException {
        Deque<Element.Builder> open = new ArrayDeque<>();
        Element root = null;
        String blank = null; // all that the innermost element has had, if it is white space
        int before = 0;
        int nodes = 0;
        if ("1.1".equals(reader.getVersion())) {
            throw new XmlSyntaxException("XML version 1.1 is not supported", 1, 1);
        }
        while (reader.hasNext()) {
            int event = reader.next();
            if (++nodes > limits.nodesMax()) {
                throw new XmlSyntaxException("more than " + limits.nodesMax() + " nodes", 0, 0);
            }
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> open.push(start(reader));
                case XMLStreamConstants.END_ELEMENT -> {
                    // libxml2 drops space between elements only, not if there is nothing else.
                    if (blank != null) {
                        open.element().child(new Text(blank));
                    }
                    Element done = open.pop().build();
                    Element.Builder parent = open.peek();
                    if (parent == null) {
                        root = done;
                    } else {
                        parent.child(done);
                    }
                }
                case XMLStreamConstants.CHARACTERS -> addText(reader, open.peek());
                case XMLStreamConstants.CDATA -> addCdata(reader, open.peek());
                case XMLStreamConstants.COMMENT -> {
                    Element.Builder parent = open.peek();
                    if (parent != null) {
                        parent.child(new Comment(reader.getText()));
                    }
                }
                case XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new XmlSyntaxException(
                                "Entity '" + reader.getLocalName() + "' not defined",
                                reader.getLocation().getLineNumber(),
                                reader.getLocation().getColumnNumber());
                default -> {
                    // Declaration, document type, processing instruction: not part of a document.
                }
            }
            boolean onlySpace =
                    event == XMLStreamConstants.CHARACTERS
                            && reader.isWhiteSpace()
                            && (blank != null || before == XMLStreamConstants.START_ELEMENT);
            blank = onlySpace ? (blank == null ? "" : blank) + reader.getText() : null;
            before = event;
        }
        if (root == null) {
            throw new XmlSyntaxException("Document is empty", 1, 1);
        }
        return root;
    }

    private static Element.Builder start(XMLStreamReader reader) throws XmlSyntaxException {
        if (reader.getLocalName().length() > NAME_CHARS_MAX) {
            throw new XmlSyntaxException(
                    "Name longer than " + NAME_CHARS_MAX + " characters",
                    reader.getLocation().getLineNumber(),
                    reader.getLocation().getColumnNumber());
        }
        Element.Builder builder =
                Element.builder(reader.getLocalName()).line(reader.getLocation().getLineNumber());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            builder.attribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return builder;
    }

    private static void addText(XMLStreamReader reader, Element.@Nullable Builder parent) {
        if (parent != null && !reader.isWhiteSpace()) {
            parent.child(new Text(reader.getText()));
        }
    }

    private static void addCdata(XMLStreamReader reader, Element.@Nullable Builder parent) {
        if (parent != null) {
            parent.child(new Cdata(reader.getText()));
        }
    }

    private static XmlSyntaxException syntax(
            XMLStreamException e, @Nullable XMLStreamReader reader) {
        Location at = e.getLocation();
        if (at == null && reader != null) {
            at = reader.getLocation();
        }
        return new XmlSyntaxException(
                firstLine(String.valueOf(e.getMessage())),
                at == null ? 0 : at.getLineNumber(),
                at == null ? 0 : at.getColumnNumber());
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end).strip();
    }
}
