package org.holdfast.tools.pcs;

/** Checks that all kinds of constraints share. */
final class ConstraintChecks {

    static final String STANDALONE_SCORE =
            "Specifying score as a standalone value is deprecated and might be removed in a future"
                    + " release, use score=value instead";

    private ConstraintChecks() {}

    /** Ends the command if a constraint on that resource makes no sense. */
    static void resource(PcsRun run, String id) {
        Item resource = run.cib().resource(id);
        if (resource == null) {
            throw PcsFailure.error("Resource '" + id + "' does not exist");
        }
        if (resource.is("clone", "master", "bundle") || run.options().force()) {
            return;
        }
        Item around = resource.around("clone", "master", "bundle");
        if (around != null) {
            String kind = around.is("bundle") ? "bundle" : "clone";
            throw PcsFailure.error(
                    id
                            + " is a "
                            + kind
                            + " resource, you should use the "
                            + kind
                            + " id: "
                            + around.id()
                            + " when adding constraints. Use --force to override.");
        }
    }

    /** Ends the command if a new constraint cannot have that id. */
    static void newId(CibEditor cib, String id) {
        String bad = Words.badId(id, "constraint id");
        if (bad != null) {
            throw PcsFailure.error(bad);
        }
        if (cib.idExists(id)) {
            throw PcsFailure.error("id '" + id + "' is already in use, please specify another one");
        }
    }

    /** Takes {@code name=value} apart; neither may be empty. */
    static String[] option(String argument) {
        int equals = argument.indexOf('=');
        if (equals < 0) {
            throw PcsFailure.usage("missing value of '" + argument + "' option");
        }
        if (equals == 0) {
            throw PcsFailure.usage("missing key in '" + argument + "' option");
        }
        if (equals == argument.length() - 1) {
            throw PcsFailure.usage(
                    "value of '" + argument.substring(0, equals) + "' option is empty");
        }
        return new String[] {argument.substring(0, equals), argument.substring(equals + 1)};
    }

    static void score(String score) {
        if (!Words.isScore(score)) {
            throw PcsFailure.error(
                    "invalid score '" + score + "', use integer or INFINITY or -INFINITY");
        }
    }
}
