package org.holdfast.scheduler.constraints;

import java.util.Locale;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.constraints.IdReferences.Place;
import org.holdfast.scheduler.locations.Locations;
import org.holdfast.scheduler.locations.NodeAttributes;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.LocationConstraint;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.jspecify.annotations.Nullable;

/**
 * Reads location constraints that have a rule in place of a node: the score goes to every node for
 * which the rule holds.
 */
final class LocationRules {

    private final Cluster cluster;
    private final IdReferences references;
    private final HealthColours colours;
    private final Locations locations;
    private final RuleGate gate;

    LocationRules(ConstraintContext context) {
        this.cluster = context.cluster();
        this.references = context.references();
        this.colours = context.colours();
        this.locations = context.locations();
        this.gate = context.gate();
    }

    void read(Element constraint, Resource resource, @Nullable Submatches match) {
        Place written = Place.firstChild(constraint, "rule");
        Place resolved = written == null ? null : references.resolve(written);
        if (resolved == null) {
            return;
        }
        Element rule = resolved.element();
        String constraintId = constraint.getOr("id", "");
        String ruleId = rule.get("id");
        Role role = LocationReader.roleFilter(cluster, rule.get("role"));
        String scoreAttribute = rule.get("score-attribute");
        if (scoreAttribute != null && match != null) {
            scoreAttribute = match.expand(scoreAttribute);
        }
        Integer score = fixedScore(rule);
        if (ruleId == null
                || role == null
                || !isCombination(rule.get("boolean-op"))
                || (scoreAttribute == null && score == null)) {
            cluster.configError(
                    "Ignoring location constraint '%s' because rule '%s' is not valid"
                            .formatted(constraintId, ruleId));
            return;
        }
        LocationConstraint entered =
                locations.enter(
                        ruleId, resource, role, LocationReader.probeMode(cluster, constraint));
        for (Node node : cluster.nodes) {
            if (!gate.holds(rule, resource, node, match)) {
                continue;
            }
            Integer nodeScore =
                    scoreAttribute == null ? score : attributeScore(node, scoreAttribute, resource);
            if (nodeScore != null) {
                entered.nodes().add(LocationReader.scored(node, nodeScore));
            }
        }
    }

    private @Nullable Integer fixedScore(Element rule) {
        String text = rule.get("score");
        return text == null ? null : colours.parse(text);
    }

    private static boolean isCombination(@Nullable String operator) {
        if (operator == null) {
            return true;
        }
        String lower = operator.toLowerCase(Locale.ROOT);
        return lower.equals("and") || lower.equals("or");
    }

    private @Nullable Integer attributeScore(Node node, String attribute, Resource resource) {
        String text =
                NodeAttributes.value(
                        node,
                        attribute,
                        resource.meta("container-attribute-target"),
                        Resource.Place.CURRENT);
        if (text == null || text.isEmpty()) {
            return null;
        }
        Integer score = colours.parse(text);
        if (score == null) {
            cluster.warn(
                    "Ignoring location for node %s because node attribute %s value '%s' is not a valid score"
                            .formatted(node.name, attribute, text));
        }
        return score;
    }
}
