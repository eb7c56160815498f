package org.holdfast.tools.cib;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.Schemas;
import org.holdfast.cibxml.schema.EngineSchemas;
import org.holdfast.cibxml.schema.SchemaVersion;
import org.holdfast.cibxml.schema.SchemaViolation;
import org.jspecify.annotations.Nullable;

/**
 * The one set of compiled grammars that all commands of a process share; the daemon runs many
 * commands at a time. Thread-safe: one check at a time.
 */
public final class SharedSchemas implements Schemas {

    /** The one instance. */
    public static final SharedSchemas INSTANCE = new SharedSchemas();

    private final EngineSchemas schemas = new EngineSchemas();

    private SharedSchemas() {}

    @Override
    public synchronized boolean isValid(Element cib) {
        return schemas.isValid(cib);
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
    public synchronized List<SchemaViolation> check(Element cib, SchemaVersion version) {
        return schemas.checks().check(cib, version);
    }
}
