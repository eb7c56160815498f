package org.holdfast.cibxml.schema;

import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.Schemas;
import org.holdfast.cib.result.Rc;
import org.jspecify.annotations.Nullable;

/**
 * The schemas as the CIB engine asks for them. Not thread-safe: grammars are compiled when they are
 * first needed, so one owner at a time.
 */
public final class EngineSchemas implements Schemas {

    private final CibSchemas schemas = new CibSchemas();
    private final SchemaUpgrade upgrade = new SchemaUpgrade(schemas);

    /** No grammar is compiled yet. */
    public EngineSchemas() {}

    @Override
    public boolean isValid(Element cib) {
        String name = cib.getOr("validate-with", "");
        if (name.equals(SchemaUpgrade.NONE)) {
            return true;
        }
        SchemaVersion version = SchemaVersion.named(name);
        return version != null && schemas.check(cib, version).isEmpty();
    }

    @Override
    public String newest() {
        return SchemaVersion.latest().validateWith();
    }

    @Override
    public int compare(@Nullable String one, @Nullable String other) {
        return Integer.compare(rank(one), rank(other));
    }

    private static int rank(@Nullable String name) {
        if (name == null) {
            return -1;
        }
        if (name.equals(SchemaUpgrade.NONE)) {
            return SchemaVersion.ALL.size();
        }
        SchemaVersion version = SchemaVersion.named(name);
        return version == null ? -1 : SchemaVersion.ALL.indexOf(version);
    }

    @Override
    public Upgraded upgrade(Element cib, @Nullable String schemaMax) {
        SchemaVersion limit = schemaMax == null ? null : SchemaVersion.named(schemaMax);
        SchemaUpgrade.Result result =
                upgrade.upgrade(cib, limit == null ? SchemaVersion.latest() : limit, true);
        return new Upgraded(
                switch (result.outcome()) {
                    case DONE -> Rc.OK;
                    case UNKNOWN_SCHEMA -> Rc.CIB_CORRUPT;
                    case INVALID -> Rc.SCHEMA_VALIDATION;
                    case TRANSFORMATION_FAILED -> Rc.TRANSFORM_FAILED;
                },
                result.cib(),
                result.warnings());
    }

    /** The checks themselves, for messages about what is wrong. */
    public CibSchemas checks() {
        return schemas;
    }
}
