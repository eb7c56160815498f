package org.holdfast.scheduler.constraints;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.Cluster;

/** The stage that reads the constraints of the configuration into the working state. */
public final class ConstraintStage {

    private ConstraintStage() {}

    /** Reads all constraints in the order of the configuration. */
    public static void unpack(Cluster cluster) {
        Element constraints = cluster.cib.path("configuration", "constraints");
        if (constraints == null) {
            return;
        }
        ConstraintContext context = ConstraintContext.of(cluster, new ConfiguredRules(cluster));
        LocationReader locations = new LocationReader(context);
        ColocationReader colocations = new ColocationReader(context);
        OrderingReader orderings = new OrderingReader(context);
        TicketReader tickets = new TicketReader(context);
        for (Element constraint : constraints.elements()) {
            if (!constraint.has("id")) {
                cluster.configError(
                        "Ignoring <%s> constraint without id".formatted(constraint.name()));
                continue;
            }
            switch (constraint.name()) {
                case "rsc_location" -> locations.read(constraint);
                case "rsc_colocation" -> colocations.read(constraint);
                case "rsc_order" -> orderings.read(constraint);
                case "rsc_ticket" -> tickets.read(constraint);
                default -> cluster.configError("Unsupported constraint type: " + constraint.name());
            }
        }
    }
}
