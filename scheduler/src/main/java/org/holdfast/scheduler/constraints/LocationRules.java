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
        if (ruleId == null) {
            cluster.configError(
                    "Ignoring location constraint '%s' because its rule has no id"
                            .formatted(constraintId));
            return;
        }
        Role role = LocationReader.roleFilter(cluster, rule.get("role"));
        if (role == null || !isCombination(rule.get("boolean-op"))) {
            String wrong = role == null ? "role" : "boolean-op";
            cluster.configError(
                    "Ignoring location constraint '%s' because rule '%s' has invalid %s '%s'"
                            .formatted(constraintId, ruleId, wrong, rule.get(wrong)));
            return;
        }
        String scoreAttribute = rule.get("score-attribute");
        if (scoreAttribute != null && match != null) {
            scoreAttribute = match.expand(scoreAttribute);
        }
        Integer score = scoreAttribute == null ? fixedScore(rule, ruleId) : null;
        if (scoreAttribute == null && score == null) {
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

    private @Nullable Integer fixedScore(Element rule, String id) {
        String text = rule.get("score");
        Integer score = text == null ? null : colours.parse(text);
        if (score == null) {
            cluster.configError(
                    "Ignoring location constraint rule %s because %s"
                            .formatted(
                                    id,
                                    text == null
                                            ? "neither score nor score-attribute was specified"
                                            : "'%s' is not a valid score: Bad input value provided"
                                                    .formatted(text)));
        }
        return score;
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
