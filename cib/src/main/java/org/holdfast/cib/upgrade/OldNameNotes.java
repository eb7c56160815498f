package org.holdfast.cib.upgrade;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the upgrade to 3.0 does about old names, in the words and order of Pacemaker's: what
 * is lost as an information, what changes the meaning as a warning, the rest as a trace.
 */
final class OldNameNotes {

    private static final String REQUIRES = "requires";
    private static final String STARTING = "start|promote";
    private static final String PORT = "port:";

    private final UpgradeLog log;

    OldNameNotes(UpgradeLog log) {
        this.log = log;
    }

    /** Adds the notes about a CIB that is not upgraded yet. */
    void add(Draft cib) {
        cib.forEachInTree(draft -> {
            switch (draft.name()) {
                case "cluster_property_set" -> options(draft);
                case "node" -> node(draft);
                case "primitive", "template" -> resource(draft);
                case "rsc_colocation" -> colocation(draft);
                default -> {}
            }
        });
    }

    private void options(Draft set) {
        for (Draft pair : set.elements("nvpair")) {
            note("Cluster properties", pair.id(), found(OldNames.CLUSTER_OPTIONS, pair));
        }
    }

    private void node(Draft node) {
        if ("normal".equals(node.get("type"))) {
            note(
                    "Cluster node",
                    node.getOrEmpty("uname") + " (id=" + node.id() + ")",
                    new Replacement("type", List.of("normal"), "type", "member", null));
        }
    }

    private void colocation(Draft constraint) {
        for (String name : constraint.attributes().keySet()) {
            if (name.equals("score-attribute") || name.equals("score-attribute-mangle")) {
                note("Constraints-colocation", constraint.id(), Replacement.drop(name));
            }
        }
    }

    private void resource(Draft resource) {
        for (Draft part : resource.elements()) {
            switch (part.name()) {
                case "operations" ->
                        part.elements("op").forEach(operation -> setsOf(operation, resource));
                case "instance_attributes" -> part.elements("nvpair").forEach(this::parameter);
                case "meta_attributes" -> {
                    String context = resource.id() + " (meta=" + part.id() + ")";
                    for (Draft pair : part.elements("nvpair")) {
                        note(
                                "Resource meta_attributes",
                                context,
                                found(OldNames.RESOURCE_META, pair));
                    }
                }
                default -> {}
            }
        }
        for (Draft operations : resource.elements("operations")) {
            for (Draft operation : operations.elements("op")) {
                if (operation.has(REQUIRES)) {
                    String context = operation.id() + " (rsc=" + resource.id() + ")";
                    note("Resources-operation", context, requires(operation, "meta_attributes"));
                }
            }
        }
    }

    private void parameter(Draft pair) {
        Replacement entry = found(OldNames.RESOURCE_PARAMETERS, pair);
        if (entry == null) {
            return;
        }
        if (entry.what().equals("pcmk_arg_map") && pair.getOrEmpty("value").startsWith(PORT)) {
            log.trace(
                    "Resource instance_attributes: "
                            + pair.id()
                            + ": renaming pcmk_arg_map as pcmk_host_argument for matching "
                            + PORT
                            + " prefix that will, meanwhile, get dropped");
        } else {
            note("Resource instance_attributes", pair.id(), entry);
        }
    }

    /** Parameters without rules first, then meta-attributes, then parameters with rules. */
    private void setsOf(Draft operation, Draft resource) {
        List<Draft> parameters = operation.elements("instance_attributes");
        for (Draft set : parameters) {
            if (!set.contains("rule")) {
                parametersOf(set, operation, resource);
            }
        }
        for (Draft set : operation.elements("meta_attributes")) {
            for (Draft pair : set.elements("nvpair")) {
                if (REQUIRES.equals(pair.get("name"))) {
                    note(
                            "Resources-operation",
                            context(set, operation, resource),
                            requires(operation, "meta_attributes"));
                }
            }
        }
        for (Draft set : parameters) {
            if (set.contains("rule")) {
                parametersOf(set, operation, resource);
            }
        }
    }

    private void parametersOf(Draft set, Draft operation, Draft resource) {
        for (Draft pair : set.elements("nvpair")) {
            String name = pair.getOrEmpty("name");
            Replacement entry = null;
            if (name.equals(REQUIRES)) {
                entry = requires(operation, "per-resource-meta_attributes");
            } else if (OldNames.OPERATION_META.contains(name)) {
                entry = Replacement.move(name, name, "meta_attributes");
            }
            note(
                    "Resources-operation instance_attributes",
                    context(set, operation, resource),
                    entry);
        }
    }

    private static String context(Draft set, Draft operation, Draft resource) {
        return operation.id() + " (rsc=" + resource.id() + ", meta=" + set.id() + ")";
    }

    private static Replacement requires(Draft operation, String where) {
        boolean starts = List.of(STARTING.split("\\|")).contains(operation.getOrEmpty("name"));
        return starts
                ? new Replacement(REQUIRES, List.of(STARTING), REQUIRES, null, where)
                : Replacement.drop(REQUIRES);
    }

    private static @Nullable Replacement found(List<Replacement> table, Draft pair) {
        return Replacement.find(table, pair.getOrEmpty("name"), pair.getOrEmpty("value"));
    }

    private void note(String subject, String context, @Nullable Replacement entry) {
        if (entry == null) {
            return;
        }
        String text = subject + ": " + context + ": " + entry.description();
        String advice = advice(subject, entry);
        if (advice == null) {
            log.trace(text);
        } else if (entry.what().startsWith("isolation")) {
            log.warn(text);
            log.warn(subject + ": ... " + advice);
        } else {
            log.inform(text);
            log.inform(subject + ": ... " + advice);
        }
    }

    /** What to do instead, or why it does not matter; null for what is kept in another form. */
    private static @Nullable String advice(String subject, Replacement entry) {
        String what = entry.what().replace('_', '-');
        if (what.startsWith("isolation")) {
            return "i.e. resource at hand disabled; isolation wrappers obsoleted with bundle"
                    + " resources";
        }
        if (!entry.with().isEmpty()) {
            return null;
        }
        return switch (what) {
            case "cluster-infrastructure" ->
                    "corosync (2+) infrastructure can be used instead, though the value is not of"
                            + " significance";
            case "default-migration-threshold", "default-resource-failure-stickiness" ->
                    "migration-threshold in rsc_defaults can be configured instead";
            case "resource-failure-stickiness" -> "migration-threshold can be configured instead";
            case "expected-quorum-votes" -> "corosync (2+) infrastructure tracks quorum on its own";
            case "notification-agent", "notification-recipient" ->
                    "standalone alerts can be configured instead";
            case REQUIRES -> "only start/promote operation taken into account";
            case "score-attribute", "score-attribute-mangle" -> "was actually never in effect";
            default -> null;
        };
    }
}
