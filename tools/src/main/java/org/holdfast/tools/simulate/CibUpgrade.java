package org.holdfast.tools.simulate;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** Brings a CIB of an older schema to the newest before it is scheduled. */
final class CibUpgrade {

    private CibUpgrade() {}

    /**
     * What became of a CIB.
     *
     * @param notes what the user should know, in order
     * @param problem why it cannot be used, or null
     */
    record Result(Element cib, List<String> notes, @Nullable String problem) {}

    static Result toNewest(Element cib) {
        if (cib.getOr("validate-with", "").equalsIgnoreCase("none")) {
            return new Result(
                    cib,
                    List.of(
                            "Schema validation of configuration is disabled (support for"
                                    + " validate-with set to \"none\" is deprecated and will be"
                                    + " removed in a future release)"),
                    null);
        }
        return new Result(cib, List.of(), null);
    }
}
