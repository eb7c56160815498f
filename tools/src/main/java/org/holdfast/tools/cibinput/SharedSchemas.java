package org.holdfast.tools.cibinput;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.Schemas;
import org.holdfast.cibxml.schema.CibSchemas;
import org.holdfast.cibxml.schema.EngineSchemas;
import org.holdfast.cibxml.schema.Grammar;
import org.holdfast.cibxml.schema.IncrementalCheck;
import org.holdfast.cibxml.schema.SchemaVersion;
import org.holdfast.cibxml.schema.SchemaViolation;
import org.jspecify.annotations.Nullable;

/**
 * The one set of compiled grammars that all commands of a process share; the daemon runs many
 * commands at a time. Thread-safe.
 */
public final class SharedSchemas implements Schemas {

    /** The one instance. */
    public static final SharedSchemas INSTANCE = new SharedSchemas();

    private final EngineSchemas schemas = new EngineSchemas();

    /** Commands mostly look at versions of one CIB, so what they have in common is checked once. */
    private final IncrementalCheck seen = new IncrementalCheck(this::grammar);

    private SharedSchemas() {}

    @Override
    public boolean isValid(Element cib) {
        synchronized (seen) {
            return seen.isValid(cib);
        }
    }

    private synchronized Grammar grammar(SchemaVersion version) {
        return schemas.checks().grammar(version);
    }

    @Override
    public String newest() {
        return schemas.newest();
    }

    @Override
    public int compare(@Nullable String one, @Nullable String other) {
        return schemas.compare(one, other);
    }

    @Override
    public synchronized Upgraded upgrade(Element cib, @Nullable String schemaMax) {
        return schemas.upgrade(cib, schemaMax);
    }

    /** What is wrong with a CIB by a version of the schema. */
    public List<SchemaViolation> check(Element cib, SchemaVersion version) {
        return CibSchemas.check(cib, version, grammar(version));
    }

    /**
     * The same schemas for one owner who has one CIB checked after each change: a check costs what
     * the change costs. Not thread-safe.
     */
    public Schemas following() {
        IncrementalCheck check = new IncrementalCheck(this::grammar);
        return new Schemas() {
            @Override
            public boolean isValid(Element cib) {
                return check.isValid(cib);
            }

            @Override
            public String newest() {
                return SharedSchemas.this.newest();
            }

            @Override
            public int compare(@Nullable String one, @Nullable String other) {
                return SharedSchemas.this.compare(one, other);
            }

            @Override
            public Upgraded upgrade(Element cib, @Nullable String schemaMax) {
                return SharedSchemas.this.upgrade(cib, schemaMax);
            }
        };
    }
}
