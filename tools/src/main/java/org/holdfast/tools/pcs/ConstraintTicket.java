package org.holdfast.tools.pcs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code pcs constraint ticket add|remove}. */
final class ConstraintTicket {

    private ConstraintTicket() {}

    static void add(PcsRun run, List<String> arguments) {
        run.options().allowOnly("--force", "-f");
        int split = 0;
        while (split < arguments.size() && !arguments.get(split).contains("=")) {
            split++;
        }
        List<String> words = arguments.subList(0, split);
        if (words.isEmpty()) {
            throw PcsFailure.usage("Ticket not specified");
        }
        List<String> resource = words.subList(1, words.size());
        if (resource.isEmpty() || resource.size() > 2) {
            throw PcsFailure.usage(
                    "invalid resource specification: '" + String.join(" ", resource) + "'");
        }
        Map<String, String> options =
                new LinkedHashMap<>(KeyValues.parse(arguments.subList(split, arguments.size())));
        if (options.containsKey("rsc-role")) {
            throw PcsFailure.usage(
                    "Resource role must not be specified among options, specify it before resource"
                            + " id");
        }
        String role = resource.size() == 2 ? resource.getFirst() : "";
        add(run, words.getFirst(), resource.getLast(), role, options);
    }

    private static void add(
            PcsRun run, String ticket, String id, String role, Map<String, String> options) {
        Console console = run.console();
        CibEditor cib = run.cib();
        ConstraintSets.checkResource(run, id);
        ConstraintSets.checkTicketName(console, ticket);
        Set<String> unknown = new TreeSet<>(options.keySet());
        List<String> allowed = List.of("id", "loss-policy");
        unknown.removeAll(allowed);
        if (!unknown.isEmpty()) {
            console.error(Words.badNames(unknown, "", allowed));
        }
        ConstraintSets.checkTicketId(run, options.get("id"));
        String name = Operations.capitalize(role);
        if (!role.isEmpty() && !Operations.ROLES.contains(name)) {
            console.error(Words.badValue(role, "role", Words.list(Operations.ROLES)));
        }
        String loss = options.get("loss-policy");
        if (loss != null && !ConstraintSets.LOSS_POLICIES.contains(loss)) {
            console.error(
                    Words.badValue(loss, "loss-policy", Words.list(ConstraintSets.LOSS_POLICIES)));
        }
        console.stopOnErrors();
        Item constraint = new Item("rsc_ticket");
        options.forEach((option, value) -> {
            if (!value.isEmpty()) {
                constraint.set(option, value);
            }
        });
        String cibRole = role.isEmpty() ? "" : cib.roleName(name);
        if (!cibRole.isEmpty()) {
            constraint.set("rsc-role", cibRole);
        }
        if (!constraint.has("id")) {
            String suffix = cibRole.isEmpty() ? "" : "-" + cibRole;
            constraint.set(
                    "id",
                    cib.uniqueId(Words.sanitizeId("ticket-" + ticket + "-" + id + suffix, "")));
        }
        constraint.set("ticket", ticket).set("rsc", id);
        cib.constraints().append(constraint);
        ConstraintSets.checkDuplicates(
                run, constraint, other -> key(cib, other).equals(key(cib, constraint)));
        cib.push();
    }

    private static List<String> key(CibEditor cib, Item constraint) {
        return List.of(
                constraint.get("ticket", ""),
                constraint.get("rsc", ""),
                cib.roleName(constraint.get("rsc-role", "")));
    }

    static void remove(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f");
        if (arguments.size() != 2) {
            throw PcsFailure.usage();
        }
        String ticket = arguments.getFirst();
        String id = arguments.getLast();
        boolean found = false;
        for (Item constraint : run.cib().constraints().items("rsc_ticket")) {
            if (!ticket.equals(constraint.get("ticket"))) {
                continue;
            }
            if (id.equals(constraint.get("rsc"))) {
                constraint.detach();
                found = true;
            }
            for (Item reference : constraint.all("resource_ref")) {
                Item set = reference.parent();
                if (!reference.id().equals(id) || set == null) {
                    continue;
                }
                found = true;
                reference.detach();
                if (set.items().isEmpty()) {
                    set.detach();
                    if (constraint.items().isEmpty()) {
                        constraint.detach();
                    }
                }
            }
        }
        if (!found) {
            throw PcsFailure.error("no matching ticket constraint found");
        }
        run.cib().push();
    }
}
