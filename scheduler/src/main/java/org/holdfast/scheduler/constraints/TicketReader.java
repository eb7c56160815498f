package org.holdfast.scheduler.constraints;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.constraints.IdReferences.Place;
import org.holdfast.scheduler.locations.Locations;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.FenceReason;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoreReason.Ticket.State;
import org.holdfast.scheduler.model.StateReason;
import org.holdfast.scheduler.model.TicketConstraint;
import org.holdfast.scheduler.model.TicketConstraint.LossPolicy;
import org.holdfast.scheduler.model.TicketState;
import org.holdfast.scheduler.operations.FenceActions;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code rsc_ticket} constraints and bans at once what lacks its ticket (Pacemaker Explained,
 * "Multi-Site Clusters and Tickets").
 */
final class TicketReader {

    private final Cluster cluster;
    private final ResourceIndex index;
    private final SetExpansion expansion;
    private final IdReferences references;
    private final Locations locations;

    TicketReader(ConstraintContext context) {
        this.cluster = context.cluster();
        this.index = context.index();
        this.expansion = context.expansion();
        this.references = context.references();
        this.locations = context.locations();
    }

    void read(Element written) {
        String ticketId = written.get("ticket");
        if (ticketId == null) {
            cluster.configError(
                    "Ignoring constraint '%s' without ticket".formatted(written.getOr("id", "")));
            return;
        }
        TicketState ticket = cluster.tickets.computeIfAbsent(ticketId, TicketState::new);
        Element constraint = expansion.expandOneSided(written, "rsc-role");
        if (constraint == null) {
            return;
        }
        String policy = constraint.get("loss-policy");
        Place at = Place.firstChild(constraint, "resource_set");
        if (at == null) {
            readPlain(written, ticket, policy);
        }
        while (at != null) {
            at = references.resolve(at);
            if (at == null || !readSet(at.element(), ticket, policy)) {
                return;
            }
            at = at.next("resource_set");
        }
    }

    private boolean readSet(Element set, TicketState ticket, @Nullable String policy) {
        String id = set.get("id");
        if (id == null) {
            cluster.configError("Ignoring <resource_set> without id");
            return false;
        }
        for (String member : ConstraintSet.of(set).members()) {
            Resource resource = index.find(member);
            if (resource == null) {
                cluster.configError("%s: No resource found for %s".formatted(id, member));
                return false;
            }
            enter(id, resource, ticket, set.get("role"), policy);
        }
        return true;
    }

    private void readPlain(Element constraint, TicketState ticket, @Nullable String policy) {
        String id = constraint.getOr("id", "");
        Resource resource = index.find(constraint.get("rsc"));
        if (resource == null) {
            cluster.configError(
                    "Ignoring constraint '%s' because resource '%s' does not exist"
                            .formatted(id, constraint.get("rsc")));
            return;
        }
        enter(id, resource, ticket, constraint.get("rsc-role"), policy);
    }

    private void enter(
            String id,
            Resource resource,
            TicketState ticket,
            @Nullable String roleText,
            @Nullable String policyText) {
        Optional<Role> role = Roles.limit(cluster, id, roleText);
        if (role.isEmpty()) {
            return;
        }
        LossPolicy policy = lossPolicy(ticket, role.get(), policyText);
        TicketConstraint constraint =
                new TicketConstraint(id, resource, ticket, policy, role.get());
        resource.tickets.add(constraint);
        if (!ticket.granted || ticket.standby) {
            enforce(resource, constraint);
        }
    }

    private LossPolicy lossPolicy(TicketState ticket, Role role, @Nullable String text) {
        LossPolicy fallback = role == Role.PROMOTED ? LossPolicy.DEMOTE : LossPolicy.STOP;
        if (text == null) {
            return fallback;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "fence" -> {
                if (cluster.options.fencingEnabled()) {
                    yield LossPolicy.FENCE;
                }
                cluster.configError(
                        "Resetting 'loss-policy' for ticket '%s' to 'stop' because fencing is not configured"
                                .formatted(ticket.id));
                yield LossPolicy.STOP;
            }
            case "freeze" -> LossPolicy.FREEZE;
            case "demote" -> LossPolicy.DEMOTE;
            case "stop" -> LossPolicy.STOP;
            default -> fallback;
        };
    }

    private void enforce(Resource resource, TicketConstraint constraint) {
        if (!resource.children.isEmpty()) {
            for (Resource child : List.copyOf(resource.children)) {
                enforce(child, constraint);
            }
            return;
        }
        boolean promotedOnly = constraint.role() == Role.PROMOTED;
        boolean stops = constraint.lossPolicy() == LossPolicy.STOP;
        if (constraint.ticket().granted) {
            if (!promotedOnly || stops) {
                ban(resource, constraint, State.STANDBY);
            }
        } else if (resource.active.isEmpty()) {
            if (!promotedOnly || stops) {
                ban(resource, constraint, State.NOT_GRANTED);
            }
        } else {
            lose(resource, constraint);
        }
    }

    /**
     * The ticket is gone while the resource is active. A lost promotion ticket counts when
     * instances are promoted.
     */
    private void lose(Resource resource, TicketConstraint constraint) {
        boolean roleMatches =
                constraint.role() == Role.UNKNOWN || constraint.role() == resource.role;
        switch (constraint.lossPolicy()) {
            case STOP -> ban(resource, constraint, State.LOST);
            case DEMOTE -> {
                if (constraint.role() != Role.PROMOTED) {
                    ban(resource, constraint, State.LOST);
                }
            }
            case FENCE -> {
                if (roleMatches) {
                    ban(resource, constraint, State.LOST);
                    for (Node node : resource.active) {
                        FenceActions.fence(
                                cluster,
                                node,
                                new FenceReason.TicketLost(
                                        constraint.id(), constraint.ticket().id, resource),
                                false);
                    }
                }
            }
            case FREEZE -> {
                if (roleMatches) {
                    resource.clear(ResourceFlag.MANAGED);
                    resource.set(ResourceFlag.BLOCKED);
                    cluster.reasonSink.state(
                            resource,
                            new StateReason.FrozenByTicket(
                                    constraint.id(), constraint.ticket().id));
                }
            }
        }
    }

    private void ban(Resource resource, TicketConstraint constraint, State state) {
        locations.banEverywhere(resource, new ScoreReason.Ticket(constraint.ticket().id, state));
    }
}
