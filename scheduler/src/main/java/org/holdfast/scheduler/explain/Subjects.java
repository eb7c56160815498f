package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.explain.Reference.Type;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.TicketState;
import org.jspecify.annotations.Nullable;

/** What tickets and constraints are, and which resources they concern. */
final class Subjects {

    private static final List<String> SIDES = List.of("rsc", "with-rsc", "first", "then");

    private final Cluster cluster;
    private final @Nullable Element constraints;

    Subjects(Cluster cluster) {
        this.cluster = cluster;
        this.constraints = cluster.cib.path("configuration", "constraints");
    }

    /** What is known of a ticket; empty if nobody knows it. */
    List<Cause> ticket(String name) {
        TicketState state = cluster.tickets.get(name);
        List<Cause> facts = new ArrayList<>();
        List<Element> users = ticketConstraints(name);
        if (state == null && users.isEmpty()) {
            return facts;
        }
        boolean granted = state != null && state.granted;
        boolean standby = state != null && state.standby;
        Cause fact =
                Cause.of(
                                "TicketState",
                                "ticket "
                                        + name
                                        + (!granted
                                                ? " is not granted"
                                                : standby
                                                        ? " is granted and in standby"
                                                        : " is granted"))
                        .naming(Type.TICKET, name);
        facts.add(
                granted && !standby
                        ? fact.unless(new Change.TicketRevoked(name))
                        : fact.unless(new Change.TicketGranted(name)));
        for (Element user : users) {
            facts.addAll(factsOf(user));
        }
        if (users.isEmpty()) {
            facts.add(Cause.of("NoUser", "no constraint depends on it"));
        }
        return facts;
    }

    private List<Element> ticketConstraints(String name) {
        List<Element> found = new ArrayList<>();
        if (constraints != null) {
            for (Element constraint : constraints.elements("rsc_ticket")) {
                if (constraint.getOr("ticket", "").equals(name)) {
                    found.add(constraint);
                }
            }
        }
        return found;
    }

    /** Resources that depend on a ticket. */
    List<String> concernedByTicket(String name) {
        List<String> all = new ArrayList<>();
        ticketConstraints(name).forEach(constraint -> all.addAll(concernedBy(constraint)));
        return all;
    }

    /** The constraint of an id, or null. */
    @Nullable Element constraint(String id) {
        if (constraints != null) {
            for (Element constraint : constraints.elements()) {
                if (constraint.id().equals(id)) {
                    return constraint;
                }
            }
        }
        return null;
    }

    /** Resources that a constraint names, by way of tags and sets too. */
    List<String> concernedBy(Element constraint) {
        List<String> ids = new ArrayList<>();
        for (String side : SIDES) {
            addNamed(constraint.getOr(side, ""), ids);
        }
        for (Element set : constraint.elements("resource_set")) {
            for (Element member : set.elements("resource_ref")) {
                addNamed(member.id(), ids);
            }
        }
        return ids;
    }

    private void addNamed(String name, List<String> into) {
        if (!name.isEmpty()) {
            Set<String> tagged = cluster.tags.get(name);
            into.addAll(tagged == null ? List.of(name) : tagged);
        }
    }

    /** A constraint in words. */
    List<Cause> factsOf(Element constraint) {
        StringBuilder text = new StringBuilder();
        text.append(
                switch (constraint.name()) {
                    case "rsc_location" -> "location constraint ";
                    case "rsc_colocation" -> "colocation ";
                    case "rsc_order" -> "ordering ";
                    case "rsc_ticket" -> "ticket constraint ";
                    default -> "constraint ";
                });
        text.append(constraint.id()).append(':');
        constraint.forEachAttribute((name, value) -> {
            if (!name.equals("id")) {
                text.append(' ').append(name).append('=').append(value);
            }
        });
        return List.of(
                Cause.of("Constraint", text.toString())
                        .naming(Type.CONSTRAINT, constraint.id())
                        .unless(new Change.WithoutConstraint(constraint.id())));
    }
}
