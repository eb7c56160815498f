package org.holdfast.cibxml.schema;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.upgrade.MajorUpgrade;
import org.holdfast.cib.upgrade.UpgradeException;
import org.holdfast.cib.upgrade.UpgradeLog;
import org.jspecify.annotations.Nullable;

/**
 * Brings a CIB to a newer schema version: from version to version as long as it is valid, and by a
 * transformation where the next major version does not take it as it is. Not thread-safe.
 */
public final class SchemaUpgrade {

    /** The value of {@code validate-with} that turns checks off. */
    public static final String NONE = "none";

    /** How an upgrade ended. */
    public enum Outcome {
        /** The document is valid in the version that was reached. */
        DONE,
        /** {@code validate-with} names no schema. */
        UNKNOWN_SCHEMA,
        /** The document is valid in no version from its own on. */
        INVALID,
        /** A transformation failed or made something invalid. */
        TRANSFORMATION_FAILED
    }

    /**
     * The document after an upgrade.
     *
     * @param outcome how it ended
     * @param cib the upgraded document; the one given if nothing could be done
     * @param warnings what could not be kept, for the administrator
     */
    public record Result(Outcome outcome, Element cib, List<String> warnings) {

        /** The version that the document now names, or null for none. */
        public @Nullable SchemaVersion version() {
            return SchemaVersion.named(cib.getOr("validate-with", ""));
        }
    }

    private final CibSchemas schemas;

    /** Uses these schemas; they must not be used by others at the same time. */
    public SchemaUpgrade(CibSchemas schemas) {
        this.schemas = schemas;
    }

    /** Upgrades to the newest version. */
    public Result toLatest(Element cib) {
        return upgrade(cib, SchemaVersion.latest(), true);
    }

    /**
     * Upgrades as far as possible.
     *
     * @param cib the document
     * @param newest the last version to go to
     * @param transform whether transformations are allowed; without, only the name of the schema
     *     changes
     */
    public Result upgrade(Element cib, SchemaVersion newest, boolean transform) {
        UpgradeLog log = new UpgradeLog();
        String named = cib.getOr("validate-with", "");
        SchemaVersion original = SchemaVersion.named(named);
        if (original == null) {
            return new Result(
                    named.equals(NONE) ? Outcome.DONE : Outcome.UNKNOWN_SCHEMA, cib, List.of());
        }
        Outcome outcome = Outcome.DONE;
        Element current = cib;
        SchemaVersion best = null;
        SchemaVersion first = original;
        for (SchemaVersion version = original;
                version != null && version.compareTo(newest) <= 0;
                version = version.next()) {
            if (!isValid(current, version, first)) {
                if (best != null) {
                    break;
                }
                outcome = Outcome.INVALID;
                continue;
            }
            outcome = Outcome.DONE;
            best = version;
            SchemaVersion next = version.next();
            MajorUpgrade step = transformation(version);
            if (next == null
                    || version.equals(newest)
                    || !transform
                    || step == null
                    || isValid(current, next, first)) {
                continue;
            }
            Element transformed = transform(current, step, next, log);
            if (transformed == null) {
                outcome = Outcome.TRANSFORMATION_FAILED;
            } else {
                current = transformed;
                first = next;
            }
        }
        if (best != null && best.compareTo(original) > 0) {
            current = current.with("validate-with", best.validateWith());
        }
        return new Result(outcome, current, log.warnings());
    }

    /**
     * Whether a document is valid in a version. What was a reference in the first version that it
     * was checked against stays one in those behind it: the reference implementation marks
     * references in the document itself.
     */
    private boolean isValid(Element cib, SchemaVersion version, SchemaVersion first) {
        return schemas.grammar(version).check(cib).isEmpty() && IdRules.check(cib, first).isEmpty();
    }

    private static @Nullable MajorUpgrade transformation(SchemaVersion from) {
        return switch (from.toString()) {
            case "1.3" -> MajorUpgrade.FROM_1_3_TO_2_0;
            case "2.10" -> MajorUpgrade.FROM_2_10_TO_3_0;
            case "3.10" -> MajorUpgrade.FROM_3_10_TO_4_0;
            default -> null;
        };
    }

    private @Nullable Element transform(
            Element cib, MajorUpgrade step, SchemaVersion next, UpgradeLog log) {
        try {
            Element transformed = step.apply(cib, log);
            return isValid(transformed, next, next) ? transformed : null;
        } catch (UpgradeException e) {
            return null;
        }
    }
}
