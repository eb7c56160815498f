package org.holdfast.tools.cibinput;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.Schemas;
import org.holdfast.cib.result.Rc;
import org.holdfast.cibxml.schema.SchemaVersion;
import org.holdfast.cibxml.schema.SchemaViolation;
import org.jspecify.annotations.Nullable;

/** Brings a CIB to a schema that the scheduler takes, and checks it. Stateless. */
public final class CibUpgrade {

    /** The oldest schema that is taken as it is. */
    private static final String ACCEPTABLE = "pacemaker-4.0";

    private static final String NONE = "none";

    /** Most mistakes of one document that are told. */
    private static final int TOLD_MAX = 5;

    private CibUpgrade() {}

    /** Why a CIB cannot be used. */
    public enum Problem {
        /** It names no schema that there is. */
        CORRUPT,
        /** It could not be brought to an acceptable schema. */
        NOT_UPGRADABLE,
        /** It is not valid by the schema that it names. */
        INVALID
    }

    /**
     * What became of a CIB.
     *
     * @param notes lines for standard error, in order
     * @param problem why it cannot be used, or null
     */
    public record Result(Element cib, List<String> notes, @Nullable Problem problem) {}

    /** Upgrades a CIB if it has to be, and checks the result against its schema. */
    public static Result prepare(Element cib) {
        Result upgraded = upgrade(cib);
        if (upgraded.problem == null
                && !upgraded.cib.getOr("validate-with", "").equals(NONE)
                && !SharedSchemas.INSTANCE.isValid(upgraded.cib)) {
            List<String> notes = new ArrayList<>(upgraded.notes);
            notes.addAll(violations(upgraded.cib));
            return new Result(upgraded.cib, notes, Problem.INVALID);
        }
        return upgraded;
    }

    /** Upgrades a CIB if its schema is older than those that are taken as they are. */
    public static Result upgrade(Element cib) {
        String named = cib.getOr("validate-with", "");
        if (named.equals(NONE)) {
            return new Result(
                    cib,
                    List.of(
                            "Schema validation of configuration is disabled (support for"
                                    + " validate-with set to \"none\" is deprecated and will be"
                                    + " removed in a future release)"),
                    null);
        }
        Schemas schemas = SharedSchemas.INSTANCE;
        if (named.isEmpty() || !named.startsWith("pacemaker-")) {
            return new Result(cib, List.of(unusable(cib)), Problem.CORRUPT);
        }
        if (schemas.compare(named, ACCEPTABLE) >= 0) {
            return new Result(cib, List.of(), null);
        }
        Schemas.Upgraded outcome = schemas.upgrade(cib, null);
        Element upgraded = outcome.cib();
        String reached = upgraded.getOr("validate-with", "");
        if (schemas.compare(reached, ACCEPTABLE) >= 0) {
            return new Result(upgraded, outcome.messages(), null);
        }
        String begin =
                "Cannot upgrade configuration (claiming "
                        + named
                        + " schema) to at least "
                        + ACCEPTABLE
                        + " because it ";
        String reason =
                outcome.returnCode() == Rc.OK && schemas.compare(reached, named) >= 0
                        ? "would not upgrade past " + reached
                        : "does not validate with any schema from " + named + " to the latest";
        List<String> notes = new ArrayList<>(outcome.messages());
        if (SchemaVersion.named(named) != null) {
            notes.add(begin + reason);
        }
        notes.addAll(violations(upgraded));
        return new Result(cib, notes, Problem.NOT_UPGRADABLE);
    }

    /** What breaks the schema that a CIB names, with line, element and id; and what to do. */
    private static List<String> violations(Element cib) {
        String named = cib.getOr("validate-with", "");
        SchemaVersion version = SchemaVersion.named(named);
        if (version == null) {
            return List.of(unusable(cib));
        }
        List<SchemaViolation> violations = SharedSchemas.INSTANCE.check(cib, version);
        List<String> lines = new ArrayList<>();
        for (SchemaViolation violation : violations) {
            if (lines.size() == TOLD_MAX) {
                lines.add("... and " + (violations.size() - TOLD_MAX) + " more");
                break;
            }
            lines.add(violation.toString());
        }
        if (!lines.isEmpty()) {
            lines.add(
                    "Correct this (crm_verify -V tells all), or name the schema that it follows in"
                            + " validate-with, now "
                            + named);
        }
        return lines;
    }

    private static String unusable(Element cib) {
        if (!cib.name().equals("cib")) {
            return "The document is no configuration: its root is <" + cib.name() + ">, not <cib>";
        }
        String named = cib.get("validate-with");
        return "<cib> "
                + (named == null
                        ? "has no validate-with"
                        : "names the schema \"" + named + "\" in validate-with, which is not known")
                + "; known are pacemaker-1.0 to "
                + SharedSchemas.INSTANCE.newest();
    }
}
