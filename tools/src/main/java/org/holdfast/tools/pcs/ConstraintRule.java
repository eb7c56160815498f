package org.holdfast.tools.pcs;

import java.util.List;

/** {@code pcs constraint location RESOURCE rule}. */
final class ConstraintRule {

    private ConstraintRule() {}

    static void create(PcsRun run, String resource, List<String> arguments) {
        run.options().allowOnly("-f", "--force");
        throw PcsFailure.error(
                "location constraints with rules cannot be created by this version; put a rule"
                        + " element into the CIB with cibadmin instead (resource '"
                        + resource
                        + "', "
                        + arguments.size()
                        + " arguments)");
    }
}
