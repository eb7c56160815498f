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
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.BrokenInvariant;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Checks CIBs against their schema. A version's grammar is compiled when it is first asked for
 * (some ten milliseconds) and kept. Not thread-safe: one owner at a time.
 */
public final class CibSchemas {

    private static final int VIOLATIONS_MAX = 100;

    private final SortedMap<SchemaVersion, Schema> compiled = new TreeMap<>();

    /** No version is compiled yet. */
    public CibSchemas() {}

    /**
     * Checks a whole CIB against a version, whatever its own {@code validate-with} says.
     *
     * @param cib the {@code <cib>} element
     * @param version which grammar
     * @return what is wrong, in document order, at most 100 entries; empty if it is valid
     */
    public List<SchemaViolation> check(Element cib, SchemaVersion version) {
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
        Validator validator = schema(version).createValidator(properties.toPropertyMap());
        try {
            feed.sendTo(validator.getContentHandler());
        } catch (SAXException e) {
            throw new BrokenInvariant("schema check failed: " + e);
        }
        for (SchemaViolation violation : IdRules.check(cib, version)) {
            if (violations.size() < VIOLATIONS_MAX) {
                violations.add(violation);
            }
        }
        return violations;
    }

    private Schema schema(SchemaVersion version) {
        return compiled.computeIfAbsent(version, CibSchemas::compile);
    }

    private static Schema compile(SchemaVersion version) {
        SchemaFactory factory = new SchemaFactory();
        factory.setCompactSyntax(true);
        factory.setCheckIdIdref(false); // the status section allows any attribute anywhere
        try {
            return factory.createSchema(new InputSource(new StringReader(SchemaText.of(version))));
        } catch (IncorrectSchemaException | SAXException e) {
            throw new BrokenInvariant("grammar of version " + version + ": " + e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
