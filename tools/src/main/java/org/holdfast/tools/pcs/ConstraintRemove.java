package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code pcs constraint delete} and {@code pcs constraint ref}. */
final class ConstraintRemove {

    static final String[] TAGS = {"rsc_location", "rsc_colocation", "rsc_order", "rsc_ticket"};

    private ConstraintRemove() {}

    static void run(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        ResourceDelete.unique(arguments);
        Set<String> missing = new TreeSet<>(arguments);
        for (Item constraint : run.cib().constraints().items(TAGS)) {
            missing.remove(constraint.id());
            if (constraint.is("rsc_location")) {
                constraint.items("rule").forEach(rule -> missing.remove(rule.id()));
            }
        }
        if (!missing.isEmpty()) {
            throw PcsFailure.usage(
                    "Unable to find constraints or constraint rules: " + Words.list(missing));
        }
        removeAll(run, arguments);
    }

    static void removeAll(PcsRun run, List<String> ids) {
        References.Removal removal = References.remove(run.cib(), ids);
        removal.messages().forEach(run.console()::info);
        run.cib().push();
    }

    /** Lists the constraints in which resources appear. */
    static void references(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        for (String id : new TreeSet<>(arguments)) {
            run.console().print("Resource: " + id);
            Set<String> found = new TreeSet<>();
            List<String> wanted = new ArrayList<>(List.of(id));
            Item resource = run.cib().resource(id);
            if (resource != null
                    && resource.is("primitive")
                    && resource.parent() != null
                    && resource.parent().is("clone", "master")) {
                wanted.add(resource.parent().id());
            }
            for (Item constraint : run.cib().constraints().items(TAGS)) {
                boolean matches =
                        List.of("rsc", "with-rsc", "first", "then").stream()
                                .anyMatch(name -> wanted.contains(constraint.get(name, "")));
                boolean inSet =
                        constraint.all("resource_ref").stream()
                                .anyMatch(reference -> wanted.contains(reference.id()));
                if (matches || inSet) {
                    found.add(constraint.id());
                }
            }
            if (found.isEmpty()) {
                run.console().print("  No Matches");
            }
            found.forEach(constraint -> run.console().print("  " + constraint));
        }
    }
}
