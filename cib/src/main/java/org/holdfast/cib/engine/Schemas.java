package org.holdfast.cib.engine;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** What the engine needs to know of schemas. Implementations are safe for concurrent use. */
public interface Schemas {

    /** Whether a CIB is valid by the schema that it names. */
    boolean isValid(Element cib);

    /** The name of the newest schema. */
    String newest();

    /** Orders schemas by age; unknown names are the oldest. */
    int compare(@Nullable String one, @Nullable String other);

    /**
     * Rewrites a CIB for newer schemas.
     *
     * @param cib the CIB
     * @param schemaMax where to stop; null for the newest
     * @return the CIB for the newest schema that it could be brought to (itself if none), and why
     *     it stopped if it stopped early
     */
    Upgraded upgrade(Element cib, @Nullable String schemaMax);

    /**
     * An upgrade's result.
     *
     * @param returnCode a code of {@link org.holdfast.cib.result.Rc}
     * @param cib the CIB, upgraded as far as possible
     * @param messages what could not be kept as it was, for the administrator
     */
    record Upgraded(int returnCode, Element cib, List<String> messages) {}

    /** Takes every CIB for valid and has nothing to upgrade; for tests and for copies of a CIB. */
    Schemas NONE =
            new Schemas() {
                @Override
                public boolean isValid(Element cib) {
                    return true;
                }

                @Override
                public String newest() {
                    return "pacemaker-4.0";
                }

                @Override
                public int compare(@Nullable String one, @Nullable String other) {
                    return 0;
                }

                @Override
                public Upgraded upgrade(Element cib, @Nullable String schemaMax) {
                    return new Upgraded(
                            org.holdfast.cib.result.Rc.SCHEMA_UNCHANGED, cib, List.of());
                }
            };
}
