package org.holdfast.scheduler.constraints;

import java.util.Map;
import org.holdfast.cib.value.Booleans;
import org.holdfast.scheduler.locations.Locations;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.LocationConstraint;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;

/**
 * Turns nodes' health attributes into location constraints of every resource (Pacemaker Explained,
 * "Tracking Node Health").
 */
public final class HealthScores {

    private HealthScores() {}

    /** Enters the constraints; none if the cluster's strategy is not to care. */
    public static void enter(Cluster cluster) {
        HealthColours colours = HealthColours.of(cluster);
        if (colours.strategy() == HealthColours.Strategy.NONE) {
            return;
        }
        Locations locations = new Locations(cluster);
        for (Node node : cluster.nodes) {
            int health = sum(cluster, node, colours);
            if (health == 0) {
                continue;
            }
            for (Resource resource : cluster.resources) {
                if (health < 0 && Booleans.isTrue(resource.meta("allow-unhealthy-nodes"))) {
                    continue;
                }
                LocationConstraint constraint =
                        locations.enter(
                                cluster.options.nodeHealthStrategy(), resource, Role.UNKNOWN, null);
                constraint.nodes().add(LocationReader.scored(node, health));
            }
        }
    }

    /** The sum of all attributes of a node whose names begin with {@code #health}. */
    private static int sum(Cluster cluster, Node node, HealthColours colours) {
        int sum = colours.base(cluster);
        for (Map.Entry<String, String> attribute : node.attributes.entrySet()) {
            if (!attribute.getKey().startsWith("#health")) {
                continue;
            }
            Integer score = colours.parse(attribute.getValue());
            if (score == null) {
                cluster.warn(
                        "Ignoring %s for %s because '%s' is not a valid value"
                                .formatted(attribute.getKey(), node.name, attribute.getValue()));
            } else {
                sum = Score.add(score, sum);
            }
        }
        return sum;
    }
}
