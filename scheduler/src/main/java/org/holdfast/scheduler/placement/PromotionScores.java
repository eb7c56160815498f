package org.holdfast.scheduler.placement;

import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.scheduler.assignment.Availability;
import org.holdfast.scheduler.constraints.HealthColours;
import org.holdfast.scheduler.locations.NodeAttributes;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/** Reads the promotion scores that agents set as node attributes ({@code master-RESOURCE}). */
final class PromotionScores {

    private final Cluster cluster;
    private final PlacementContext context;
    private final HealthColours colours;

    /** By clone and name of the anonymous instance; looked up only. */
    private final Map<String, KnownNodes> known = new LinkedHashMap<>();

    PromotionScores(PlacementContext context) {
        this.cluster = context.cluster();
        this.context = context;
        this.colours = HealthColours.of(cluster);
    }

    /**
     * A promotion score.
     *
     * @param isSet whether any agent has set one
     */
    record PromotionScore(int score, boolean isSet) {

        private static final PromotionScore NONE = new PromotionScore(0, false);
    }

    /**
     * Adds instances' promotion scores to their scores for nodes, and makes the best an instance's
     * priority. Once a run.
     */
    void addTo(Clone clone) {
        if (clone.promotionAdded) {
            return;
        }
        clone.promotionAdded = true;
        for (Resource instance : clone.children) {
            for (ScoredNode node : instance.allowed) {
                if (Availability.isUp(node.node)) {
                    addTo(instance, node);
                }
            }
        }
    }

    private void addTo(Resource instance, ScoredNode node) {
        int score = of(instance, node.node).score;
        if (score > 0) {
            int before = node.score;
            node.score = Score.add(before, score);
            if (before != node.score && context.sink().wanted()) {
                context.sink()
                        .score(
                                instance,
                                node.node,
                                before,
                                node.score,
                                new ScoreReason.PromotionScore());
            }
        }
        if (score > instance.priority) {
            instance.priority = score;
        }
    }

    /**
     * The promotion score of an instance on a node; that of a cloned group is the sum of its
     * members'.
     */
    PromotionScore of(Resource instance, Node node) {
        if (!instance.children.isEmpty()) {
            int sum = 0;
            boolean isSet = false;
            for (Resource member : instance.children) {
                PromotionScore score = of(member, node);
                sum += score.score;
                isSet |= score.isSet;
            }
            return new PromotionScore(sum, isSet);
        }
        if (!applies(instance, node)) {
            return PromotionScore.NONE;
        }
        String value =
                value(
                        instance,
                        node,
                        instance.historyId == null ? instance.id : instance.historyId);
        if (value == null && !instance.is(ResourceFlag.UNIQUE)) {
            String base = withoutNumber(instance.id);
            value = base.equals(instance.id) ? null : value(instance, node, base);
        }
        if (value == null) {
            return PromotionScore.NONE;
        }
        Integer score = colours.parse(value);
        return new PromotionScore(score == null ? 0 : score, true);
    }

    private static @Nullable String value(Resource instance, Node node, String name) {
        return NodeAttributes.value(
                node,
                "master-" + name,
                instance.meta("container-attribute-target"),
                instance.is(ResourceFlag.UNASSIGNED)
                        ? Resource.Place.CURRENT
                        : Resource.Place.ASSIGNED);
    }

    /**
     * Whether a score counts for an instance: where it is known to be, or, as long as nothing is
     * known of it, anywhere.
     */
    private boolean applies(Resource instance, Node node) {
        if (!instance.is(ResourceFlag.UNIQUE)) {
            KnownNodes nodes = knownNodes(instance);
            Resource active = nodes.active[node.index];
            if (active == instance || (active == null && nodes.probed[node.index])) {
                return isAllowed(instance, node);
            }
        }
        boolean nothingKnown = instance.active.isEmpty() && instance.probed.isEmpty();
        boolean knownHere = instance.probed.contains(node) || instance.active.contains(node);
        return (nothingKnown || knownHere) && isAllowed(instance, node);
    }

    private static boolean isAllowed(Resource instance, Node node) {
        ScoredNode allowed = instance.allowed.get(node);
        return allowed != null && allowed.score >= 0;
    }

    /** Where any instance of a name is active, and where any has been probed. */
    private static final class KnownNodes {
        final @Nullable Resource[] active;
        final boolean[] probed;

        KnownNodes(int size) {
            active = new @Nullable Resource[size];
            probed = new boolean[size];
        }
    }

    private KnownNodes knownNodes(Resource instance) {
        Resource top = instance.top(false);
        String name = withoutNumber(instance.id);
        return known.computeIfAbsent(
                top.id + " " + name,
                _ -> {
                    KnownNodes nodes = new KnownNodes(cluster.nodes.size());
                    for (Resource child : top.children) {
                        collect(child, name, nodes);
                    }
                    return nodes;
                });
    }

    private static void collect(Resource resource, String name, KnownNodes into) {
        if (resource.id.equals(name) || resource.xml.id().equals(name)) {
            for (Node node : resource.active) {
                if (into.active[node.index] == null) {
                    into.active[node.index] = resource;
                }
            }
            for (ScoredNode node : resource.probed) {
                into.probed[node.node.index] = true;
            }
        }
        for (Resource child : resource.children) {
            collect(child, name, into);
        }
    }

    /** An instance's id without its number. */
    static String withoutNumber(String id) {
        int colon = id.lastIndexOf(':');
        if (colon < 0 || colon == id.length() - 1) {
            return id;
        }
        for (int i = colon + 1; i < id.length(); i++) {
            if (!Character.isDigit(id.charAt(i))) {
                return id;
            }
        }
        return id.substring(0, colon);
    }
}
