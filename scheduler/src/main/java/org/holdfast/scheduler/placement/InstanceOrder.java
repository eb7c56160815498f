package org.holdfast.scheduler.placement;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.scheduler.assignment.Availability;
import org.holdfast.scheduler.model.ActiveNodes;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/**
 * Which instance of a clone or bundle is assigned first: roughly, those that should be kept before
 * those that may go. One object serves one sort, during which nothing changes.
 */
final class InstanceOrder implements Comparator<Resource> {

    private final PlacementContext context;

    /** Scores by colocation of instances compared so far; looked up only, never iterated. */
    private final Map<Resource, Integer> colocationScores = new LinkedHashMap<>();

    InstanceOrder(PlacementContext context) {
        this.context = context;
    }

    @Override
    public int compare(Resource a, Resource b) {
        ActiveNodes activeA = ActiveNodes.of(a);
        ActiveNodes activeB = ActiveNodes.of(b);
        if (activeA.all() > 0 && activeB.all() > 0 && activeA.all() != activeB.all()) {
            return Integer.compare(activeA.all(), activeB.all());
        }
        boolean allowedA = isAllowed(a, activeA.chosen());
        boolean allowedB = isAllowed(b, activeB.chosen());
        if (allowedA != allowedB) {
            return allowedA ? -1 : 1;
        }
        if (a.priority != b.priority) {
            return a.priority > b.priority ? -1 : 1;
        }
        Node nodeA = allowedA ? activeA.chosen() : null;
        Node nodeB = allowedB ? activeB.chosen() : null;
        if (nodeA == null || nodeB == null) {
            return Boolean.compare(nodeA == null, nodeB == null);
        }
        return compareActive(a, nodeA, b, nodeB);
    }

    private int compareActive(Resource a, Node nodeA, Resource b, Node nodeB) {
        int up = Boolean.compare(Availability.isUp(nodeB), Availability.isUp(nodeA));
        if (up != 0) {
            return up;
        }
        ScoredNode inParentA = parentTable(a).get(nodeA);
        ScoredNode inParentB = parentTable(b).get(nodeB);
        if (inParentA == null || inParentB == null) {
            return Boolean.compare(inParentA == null, inParentB == null);
        }
        if (inParentA.count != inParentB.count) {
            return Integer.compare(inParentA.count, inParentB.count);
        }
        int failed = Boolean.compare(didFail(a), didFail(b));
        if (failed != 0) {
            return failed;
        }
        int colocation = Integer.compare(colocationScore(b), colocationScore(a));
        return colocation != 0 ? colocation : compareNumbers(a, b);
    }

    private static boolean isAllowed(Resource instance, @Nullable Node node) {
        if (node == null) {
            return true;
        }
        ScoredNode allowed = instance.allowed.get(node);
        return allowed != null && allowed.score >= 0;
    }

    private static boolean didFail(Resource resource) {
        if (resource.is(ResourceFlag.FAILED)) {
            return true;
        }
        for (Resource child : resource.children) {
            if (didFail(child)) {
                return true;
            }
        }
        return false;
    }

    private int colocationScore(Resource instance) {
        Integer known = colocationScores.get(instance);
        if (known == null) {
            Node current = instance.activeNode();
            known =
                    current == null
                            ? Integer.valueOf(0)
                            : Integer.valueOf(
                                    context.colocations()
                                            .scoreByColocations(instance, ScoredNode.of(current)));
            colocationScores.put(instance, known);
        }
        return known;
    }

    /** The table in which instances per node are counted: that of the clone or bundle. */
    static NodeTable parentTable(Resource instance) {
        return instance.parent == null ? instance.allowed : instance.parent.allowed;
    }

    /** Compares instance numbers: behind a colon for clones, behind a dash for bundles. */
    static int compareNumbers(Resource a, Resource b) {
        return Integer.compare(number(a.id), number(b.id));
    }

    private static int number(String id) {
        int at = id.lastIndexOf(':');
        if (at < 0) {
            at = id.lastIndexOf('-');
        }
        int number = 0;
        for (int i = at + 1;
                i < id.length() && Character.isDigit(id.charAt(i)) && number < 100_000_000;
                i++) {
            number = number * 10 + (id.charAt(i) - '0');
        }
        return number;
    }
}
