package org.holdfast.cibxml.schema;

import com.thaiopensource.relaxng.SchemaFactory;
import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.IncorrectSchemaException;
import com.thaiopensource.validate.Schema;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.Validator;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.BrokenInvariant;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * One version's compiled grammar: what may stand where. References between elements are {@link
 * IdRules}'s. Safe for concurrent use.
 */
public final class Grammar {

    private static final int VIOLATIONS_MAX = 100;

    private final Schema schema;

    private Grammar(Schema schema) {
        this.schema = schema;
    }

    /** Compiles a version's grammar, which takes some ten milliseconds. */
    static Grammar of(SchemaVersion version) {
        SchemaFactory factory = new SchemaFactory();
        factory.setCompactSyntax(true);
        factory.setCheckIdIdref(false); // the status section allows any attribute anywhere
        try {
            return new Grammar(
                    factory.createSchema(
                            new InputSource(new StringReader(SchemaText.of(version)))));
        } catch (IncorrectSchemaException | SAXException e) {
            throw new BrokenInvariant("grammar of version " + version + ": " + e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a CIB, in document order, at most {@value #VIOLATIONS_MAX} entries. */
    List<SchemaViolation> check(Element cib) {
        SaxFeed feed = new SaxFeed(cib);
        List<SchemaViolation> violations = new ArrayList<>();
        PropertyMapBuilder properties = new PropertyMapBuilder();
        properties.put(
                ValidateProperty.ERROR_HANDLER,
                new DefaultHandler() {
                    @Override
                    public void error(SAXParseException e) {
                        if (violations.size() < VIOLATIONS_MAX) {
                            violations.add(feed.violation(String.valueOf(e.getMessage())));
                        }
                    }

                    @Override
                    public void fatalError(SAXParseException e) {
                        error(e);
                    }
                });
        Validator validator = schema.createValidator(properties.toPropertyMap());
        try {
            feed.sendTo(validator.getContentHandler());
        } catch (SAXException e) {
            throw new BrokenInvariant("schema check failed: " + e);
        }
        return violations;
    }
}
