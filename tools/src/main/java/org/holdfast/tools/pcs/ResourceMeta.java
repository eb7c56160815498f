package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.holdfast.cib.document.Element;

/** Meta attributes of resources, and {@code pcs resource meta}. */
final class ResourceMeta {

    /** Meta attributes of a primitive that the cluster knows (Pacemaker Explained). */
    private static final List<String> KNOWN =
            List.of(
                    "allow-migrate",
                    "allow-unhealthy-nodes",
                    "container-attribute-target",
                    "critical",
                    "failure-timeout",
                    "is-managed",
                    "maintenance",
                    "migration-threshold",
                    "multiple-active",
                    "priority",
                    "remote-addr",
                    "remote-allow-migrate",
                    "remote-connect-timeout",
                    "remote-node",
                    "remote-port",
                    "requires",
                    "resource-stickiness",
                    "target-role");

    private ResourceMeta() {}

    static void run(PcsRun run, List<String> arguments) {
        PcsOptions options = run.options();
        options.allowOnly("-f", "--force", "--wait");
        options.exclusive("-f", "--wait");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        String id = arguments.getFirst();
        StonithCheck.refuse(run, List.of(id), "pcs stonith meta");
        Map<String, String> values = KeyValues.parse(arguments.subList(1, arguments.size()));
        update(run, id, values);
        if (options.has("--wait")) {
            ResourceCreate.warnWait(run);
            WaitForIdle.run(run);
        }
    }

    static void update(PcsRun run, String id, Map<String, String> values) {
        CibEditor cib = run.cib();
        Console console = run.console();
        Item resource = cib.resource(id);
        if (resource == null) {
            console.error(StonithCheck.notFound(cib, id));
            throw PcsFailure.errorsOccurred();
        }
        if (resource.is("primitive", "group")) {
            checkGuest(run, values, true);
            if (values.values().stream().anyMatch(value -> !value.isEmpty())) {
                warnUnknown(run, StonithCheck.isStonith(resource), values);
            }
        } else if (values.values().stream().anyMatch(value -> !value.isEmpty())) {
            console.warn(notValidated("bundle / clone"));
        }
        console.stopOnErrors();
        Item set = resource.first("meta_attributes");
        if (set == null) {
            set = new Item("meta_attributes", "id", cib.subId(resource, "meta_attributes"));
        }
        PropertySet.update(cib, set, values);
        if (set.parent() == null && !set.items().isEmpty()) {
            resource.append(set);
        }
        cib.push();
    }

    static String notValidated(String tag) {
        return "Meta attributes of " + tag + " are not validated";
    }

    /** Warns about meta attributes that the cluster does not know. */
    static void warnUnknown(PcsRun run, boolean stonith, Map<String, String> meta) {
        Set<String> unknown = new TreeSet<>();
        meta.forEach((name, value) -> {
            if (!value.isEmpty()) {
                unknown.add(name);
            }
        });
        List<String> known = known(run);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            run.console()
                    .warn(
                            (stonith ? "Stonith" : "Resource")
                                    + " meta "
                                    + Words.plural(unknown, "attribute")
                                    + " "
                                    + Words.list(unknown)
                                    + " "
                                    + Words.plural(unknown, "has")
                                    + " no effect on cluster resource handling, meta attributes"
                                    + " with effect: "
                                    + Words.list(known));
        }
    }

    private static List<String> known(PcsRun run) {
        Element described = run.agents().metadata("holdfast", "", "primitive");
        Element parameters = described == null ? null : described.first("parameters");
        if (parameters == null) {
            return KNOWN;
        }
        List<String> names = new ArrayList<>();
        parameters.elements("parameter").forEach(e -> names.add(e.getOr("name", "")));
        return names;
    }

    /** Making a guest node needs more than a meta attribute: says which command does it. */
    static void checkGuest(PcsRun run, Map<String, String> meta, boolean detectRemoval) {
        if (!meta.containsKey("remote-node")) {
            return;
        }
        String name = meta.getOrDefault("remote-node", "");
        boolean removal = detectRemoval && meta.getOrDefault("remote-node", "").isEmpty();
        run.console()
                .errorUnless(
                        run.options().force(),
                        removal
                                ? "this command is not sufficient for removing a guest node, use"
                                        + " 'pcs cluster node remove-guest'"
                                : "this command is not sufficient for creating a guest node, use"
                                        + " 'pcs cluster node add-guest'");
        if (!name.isEmpty() && run.cib().idExists(name)) {
            run.console()
                    .error(
                            "Cannot set name of the guest node to '"
                                    + name
                                    + "' because that ID already exists in the cluster"
                                    + " configuration.");
        }
    }
}
