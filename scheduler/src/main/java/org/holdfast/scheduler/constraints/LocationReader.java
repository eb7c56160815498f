package org.holdfast.scheduler.constraints;

import java.util.Locale;
import java.util.Optional;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.constraints.IdReferences.Place;
import org.holdfast.scheduler.locations.Locations;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.LocationConstraint;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.ProbeMode;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code rsc_location} constraints (Pacemaker Explained, "Deciding Which Nodes a Resource Can
 * Run On").
 */
final class LocationReader {

    private final Cluster cluster;
    private final ResourceIndex index;
    private final SetExpansion expansion;
    private final IdReferences references;
    private final HealthColours colours;
    private final Locations locations;
    private final LocationRules rules;

    LocationReader(ConstraintContext context) {
        this.cluster = context.cluster();
        this.index = context.index();
        this.expansion = context.expansion();
        this.references = context.references();
        this.colours = context.colours();
        this.locations = context.locations();
        this.rules = new LocationRules(context);
    }

    void read(Element written) {
        Element constraint = expansion.expandOneSided(written, "role");
        if (constraint == null) {
            return;
        }
        Place at = Place.firstChild(constraint, "resource_set");
        if (at == null) {
            readPlain(written);
        }
        while (at != null) {
            Place set = references.resolve(at);
            if (set == null || !readSet(constraint, set.element())) {
                return;
            }
            at = set.next("resource_set");
        }
    }

    private boolean readSet(Element constraint, Element set) {
        if (!set.has("id")) {
            cluster.configError(
                    "Ignoring resource_set without id in constraint '%s'"
                            .formatted(constraint.getOr("id", "")));
            return false;
        }
        for (String member : ConstraintSet.of(set).members()) {
            Resource resource = index.find(member);
            if (resource == null) {
                cluster.configError(
                        "%s: No resource found for %s".formatted(set.getOr("id", ""), member));
                return false;
            }
            readFor(constraint, resource, set.get("role"), set.get("score"), null);
        }
        return true;
    }

    private void readPlain(Element constraint) {
        String id = constraint.get("rsc");
        if (id != null) {
            Resource resource = index.find(id);
            if (resource != null) {
                readFor(constraint, resource, null, null, null);
            }
        }
        String pattern = constraint.get("rsc-pattern");
        if (pattern != null) {
            readPattern(constraint, pattern);
        }
    }

    private void readPattern(Element constraint, String written) {
        boolean invert = written.startsWith("!");
        Optional<PosixPattern> pattern =
                PosixPattern.compile(invert ? written.substring(1) : written);
        if (pattern.isEmpty()) {
            cluster.configError(
                    "Ignoring constraint '%s' because rsc-pattern has invalid value '%s'"
                            .formatted(constraint.getOr("id", ""), written));
            return;
        }
        for (Resource resource : cluster.resources) {
            Optional<Submatches> match = pattern.get().find(resource.id);
            if (match.isPresent() != invert) {
                readFor(constraint, resource, null, null, match.orElse(null));
            }
        }
    }

    /**
     * Enters the constraint for one resource.
     *
     * @param setRole role of the set that names the resource, or null for the constraint's own
     * @param setScore score of that set, or null
     * @param match what the constraint's pattern matched, or null
     */
    private void readFor(
            Element constraint,
            Resource resource,
            @Nullable String setRole,
            @Nullable String setScore,
            @Nullable Submatches match) {
        String node = constraint.get("node");
        String score = setScore == null ? constraint.get("score") : setScore;
        if (node == null || score == null) {
            rules.read(constraint, resource, match);
            return;
        }
        Node target = cluster.nodeNamed(node);
        if (target == null) {
            return;
        }
        String id = constraint.getOr("id", "");
        Integer value = colours.parse(score);
        if (value == null) {
            cluster.configError(
                    "Ignoring location constraint %s because '%s' is not a valid score"
                            .formatted(id, score));
            return;
        }
        String role = setRole == null ? constraint.get("role") : setRole;
        Role filter = roleFilter(cluster, role);
        if (filter == null) {
            cluster.configError(
                    "Ignoring location constraint %s because '%s' is not a valid role"
                            .formatted(id, role));
            return;
        }
        LocationConstraint entered =
                locations.enter(id, resource, filter, probeMode(cluster, constraint));
        entered.nodes().add(scored(target, value));
    }

    /** A node with a constraint's score. */
    static ScoredNode scored(Node node, int score) {
        ScoredNode scored = ScoredNode.of(node);
        scored.score = score;
        return scored;
    }

    /**
     * The role that a constraint is limited to; null if the text is no role. Every promotable
     * instance is started and unpromoted before it is promoted, so that those two roles mean any
     * role.
     */
    static @Nullable Role roleFilter(Cluster cluster, @Nullable String text) {
        if (text == null) {
            return Role.UNKNOWN;
        }
        return switch (cluster.role(text)) {
            case UNKNOWN -> null;
            case STARTED, UNPROMOTED -> Role.UNKNOWN;
            case STOPPED -> Role.STOPPED;
            case PROMOTED -> Role.PROMOTED;
        };
    }

    /** The constraint's {@code resource-discovery}; null, which means always, for nonsense too. */
    static @Nullable ProbeMode probeMode(Cluster cluster, Element constraint) {
        String text = constraint.get("resource-discovery");
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "always" -> ProbeMode.ALWAYS;
            case "never" -> ProbeMode.NEVER;
            case "exclusive" -> ProbeMode.EXCLUSIVE;
            default -> {
                cluster.configError(
                        "Invalid resource-discovery value %s in location constraint"
                                .formatted(text));
                yield null;
            }
        };
    }
}
