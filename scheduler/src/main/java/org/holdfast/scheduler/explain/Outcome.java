package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.Tasks;
import org.holdfast.scheduler.ordering.GraphMembership;

/**
 * What a run leads to: where everything is once all planned actions are done, and what is done on
 * the way. Instances of an anonymous clone count as the resource that they are instances of.
 *
 * @param places resources and nodes where they will be
 * @param doings what happens to resources and nodes
 */
public record Outcome(SequencedMap<Place, String> places, SequencedSet<Doing> doings) {

    /** A resource on a node. */
    public record Place(String resource, String node) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int order = resource.compareTo(other.resource);
            return order != 0 ? order : node.compareTo(other.node);
        }
    }

    /**
     * Something that happens.
     *
     * @param verb such as "started"
     * @param subject resource, or empty for what happens to a node
     */
    public record Doing(String subject, String verb, String node) implements Comparable<Doing> {

        @Override
        public int compareTo(Doing other) {
            int order = subject.compareTo(other.subject);
            order = order != 0 ? order : node.compareTo(other.node);
            return order != 0 ? order : verb.compareTo(other.verb);
        }
    }

    private static final List<String> ORDER =
            List.of(Tasks.DEMOTE, Tasks.STOP, Tasks.START, Tasks.PROMOTE);

    private static final List<String> FENCING = List.of(Tasks.OFF, Tasks.REBOOT);

    /** Of a finished run. */
    static Outcome of(Cluster cluster) {
        Outcome outcome = new Outcome(new TreeMap<>(), new TreeSet<>());
        cluster.resources.forEach(outcome::add);
        for (Action action : cluster.actions) {
            if (action.resource == null && action.node != null && isPlanned(action)) {
                String verb =
                        switch (action.task) {
                            case Tasks.DO_SHUTDOWN -> "shut down";
                            case Tasks.STONITH ->
                                    "on".equals(action.meta.get("stonith_action"))
                                            ? "unfenced"
                                            : "fenced";
                            default -> "";
                        };
                if (!verb.isEmpty()) {
                    outcome.doings.add(new Doing("", verb, action.node.name));
                }
            }
        }
        return outcome;
    }

    /** The name by which instances are alike. */
    static String nameOf(Resource primitive) {
        return primitive.is(ResourceFlag.UNIQUE) ? primitive.id : primitive.xml.id();
    }

    static boolean isPlanned(Action action) {
        return !action.isOptional() && GraphMembership.includes(action);
    }

    private void add(Resource resource) {
        if (!(resource instanceof Primitive)) {
            resource.children.forEach(this::add);
            return;
        }
        String name = nameOf(resource);
        after(resource).forEach((node, state) -> places.put(new Place(name, node.name), state));
        List<String> stops = new ArrayList<>();
        for (Action action : resource.actions) {
            if (action.node == null || !isPlanned(action)) {
                continue;
            }
            String node = action.node.name;
            switch (action.task) {
                case Tasks.STOP -> {
                    stops.add(node);
                    doings.add(new Doing(name, "stopped", node));
                }
                case Tasks.PROMOTE -> doings.add(new Doing(name, "promoted", node));
                case Tasks.DEMOTE -> doings.add(new Doing(name, "demoted", node));
                case Tasks.MIGRATE_TO -> doings.add(new Doing(name, "migrated away", node));
                case Tasks.RELOAD_AGENT -> doings.add(new Doing(name, "reloaded", node));
                default -> {}
            }
        }
        for (Action action : resource.actions) {
            if (action.node != null && action.task.equals(Tasks.START) && isPlanned(action)) {
                String node = action.node.name;
                if (stops.contains(node) && doings.remove(new Doing(name, "stopped", node))) {
                    doings.add(new Doing(name, "restarted", node));
                } else {
                    doings.add(new Doing(name, "started", node));
                }
            }
        }
    }

    /** Where one primitive will be. */
    static SequencedMap<Node, String> after(Resource primitive) {
        SequencedMap<Node, String> states = new LinkedHashMap<>();
        for (Node node : primitive.active) {
            if (!isFenced(node, primitive.cluster)) {
                states.put(node, primitive.role == Role.PROMOTED ? "promoted" : "running");
            }
        }
        for (String task : ORDER) {
            for (Action action : primitive.actions) {
                Node node = action.node;
                if (node == null || !action.task.equals(task) || !isPlanned(action)) {
                    continue;
                }
                switch (task) {
                    case Tasks.STOP -> states.remove(node);
                    case Tasks.PROMOTE -> states.put(node, "promoted");
                    case Tasks.DEMOTE -> states.computeIfPresent(node, (_, _) -> "running");
                    default -> states.put(node, "running");
                }
            }
        }
        return states;
    }

    /** Whether a node is going to be fenced, after which nothing is active there. */
    private static boolean isFenced(Node node, Cluster cluster) {
        for (String kind : FENCING) {
            Action fencing =
                    ActionFactory.singleton(cluster, Tasks.STONITH + "-" + node.name + "-" + kind);
            if (fencing != null && isPlanned(fencing)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What would be different, in sentences; empty if nothing would.
     *
     * @param concerned names of resources that matter
     * @param node the only node that matters, or null
     */
    List<String> differences(Outcome after, Predicate<String> concerned, String node) {
        List<String> told = new ArrayList<>();
        SequencedSet<String> moved = new LinkedHashSet<>();
        after.places.forEach((place, state) -> {
            String was = places.get(place);
            if (!state.equals(was) && concerned.test(place.resource)) {
                moved.add(place.resource);
                boolean here = node.isEmpty() || place.node.equals(node);
                boolean leaves = gone(after, place.resource).contains(node);
                if (here || leaves) {
                    told.add(
                            place.resource
                                    + " would be "
                                    + state
                                    + " on "
                                    + place.node
                                    + insteadOf(after, place));
                }
            }
        });
        for (Place place : places.keySet()) {
            if (!after.places.containsKey(place)
                    && !moved.contains(place.resource)
                    && concerned.test(place.resource)
                    && (node.isEmpty() || place.node.equals(node))) {
                told.add(place.resource + " would not be running on " + place.node);
                moved.add(place.resource);
            }
        }
        addDoings(this, after, concerned, node, moved, " would not be ", told);
        addDoings(after, this, concerned, node, moved, " would be ", told);
        return told;
    }

    private String insteadOf(Outcome after, Place place) {
        List<String> gone = gone(after, place.resource);
        return gone.size() == 1 && !places.containsKey(place)
                ? " instead of " + gone.getFirst()
                : "";
    }

    private List<String> gone(Outcome after, String resource) {
        List<String> nodes = new ArrayList<>();
        for (Place place : places.keySet()) {
            if (place.resource.equals(resource) && !after.places.containsKey(place)) {
                nodes.add(place.node);
            }
        }
        return nodes;
    }

    private static void addDoings(
            Outcome of,
            Outcome without,
            Predicate<String> concerned,
            String node,
            SequencedSet<String> told,
            String words,
            List<String> into) {
        for (Doing doing : of.doings) {
            boolean mine =
                    doing.subject.isEmpty()
                            ? doing.node.equals(node)
                            : concerned.test(doing.subject) && !told.contains(doing.subject);
            if (mine
                    && (node.isEmpty() || doing.node.equals(node))
                    && !without.doings.contains(doing)) {
                into.add(
                        (doing.subject.isEmpty() ? doing.node : doing.subject)
                                + words
                                + doing.verb
                                + (doing.subject.isEmpty() ? "" : " on " + doing.node));
            }
        }
    }
}
