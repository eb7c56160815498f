package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.explain.Explanation.Alternative;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.ScoreLog;
import org.jspecify.annotations.Nullable;

/**
 * Explains decisions: one run that collects reasons, then one run for each change that might alter
 * the outcome.
 */
public final class Explainer {

    /** Most changes that are tried, pairs counted. */
    private static final int TRIES_MAX = 60;

    private final Element cib;
    private final TimeContext time;

    /** For a CIB of the newest schema, at a time. */
    public Explainer(Element cib, TimeContext time) {
        this.cib = cib;
        this.time = time;
    }

    /**
     * Explains where a resource goes.
     *
     * @param resource id of a resource of any kind, or of one instance
     * @param node the node of interest: why (not) there, and what would bring it there; or null
     * @return null if there is no such resource
     */
    public @Nullable Explanation explain(String resource, @Nullable String node) {
        ReasonRecorder recorder = new ReasonRecorder();
        Cluster cluster =
                Scheduler.status(new ScheduleRequest(cib, time, ScoreLog.NONE, null), recorder);
        Scheduler.decide(cluster);
        Resource asked = find(cluster, resource);
        if (asked == null) {
            return null;
        }
        PartExplainer explainer = new PartExplainer(cluster, recorder);
        List<Part> parts = new ArrayList<>();
        for (Resource primitive : primitives(asked)) {
            parts.add(explainer.explain(primitive));
        }
        Search search = new Search(asked.id, outcome(asked), node);
        search.tryAll(Candidates.of(cluster, parts, node));
        return new Explanation(resource, parts, search.found, search.tried);
    }

    private static @Nullable Resource find(Cluster cluster, String id) {
        Resource exact = cluster.resource(id);
        if (exact != null) {
            return exact;
        }
        // The name of a cloned primitive means the clone
        Resource instance = cluster.resource(id + ":0");
        return instance == null ? null : instance.top(true);
    }

    private static List<Resource> primitives(Resource resource) {
        if (resource instanceof Primitive) {
            return List.of(resource);
        }
        List<Resource> all = new ArrayList<>();
        for (Resource child : resource.children) {
            all.addAll(primitives(child));
        }
        return all;
    }

    /**
     * Each primitive's instances by node with their role; which instance is where does not matter.
     */
    private static SequencedMap<String, String> outcome(Resource resource) {
        SequencedMap<String, String> outcome = new TreeMap<>();
        for (Resource primitive : primitives(resource)) {
            Node node = primitive.assignedNode();
            if (node != null) {
                boolean promoted = primitive.nextRole == Role.PROMOTED;
                outcome.put(
                        primitive.xml.id() + " " + node.name, promoted ? "promoted" : "running");
            }
        }
        return outcome;
    }

    /** Tries changes one by one, and pairs of them if none is enough. */
    private final class Search {

        private final String resource;
        private final SequencedMap<String, String> before;
        private final @Nullable String wantedNode;
        private final List<Alternative> found = new ArrayList<>();
        private int tried;

        Search(String resource, SequencedMap<String, String> before, @Nullable String wantedNode) {
            this.resource = resource;
            this.before = before;
            this.wantedNode = wantedNode;
        }

        void tryAll(List<Change> candidates) {
            for (Change change : candidates) {
                tryOne(change);
            }
            boolean missing = before.isEmpty() || (wantedNode != null && !mentions(before));
            if (!found.isEmpty() || !missing) {
                return;
            }
            for (int i = 0; i < candidates.size(); i++) {
                for (int j = i + 1; j < candidates.size() && found.isEmpty(); j++) {
                    tryOne(new Change.Together(List.of(candidates.get(i), candidates.get(j))));
                }
            }
            if (found.isEmpty() && candidates.size() > 2) {
                tryOne(new Change.Together(candidates));
            }
        }

        private void tryOne(Change change) {
            if (tried >= TRIES_MAX) {
                return;
            }
            tried++;
            Cluster cluster =
                    Scheduler.schedule(
                            new ScheduleRequest(change.apply(cib), time, ScoreLog.NONE, null));
            Resource again = cluster.resource(resource);
            SequencedMap<String, String> after = again == null ? before : outcome(again);
            boolean wanted = wantedNode == null || mentions(before) || mentions(after);
            if (!after.equals(before) && wanted) {
                found.add(new Alternative(change, describe(after)));
            }
        }

        private boolean mentions(SequencedMap<String, String> outcome) {
            return outcome.keySet().stream().anyMatch(key -> key.endsWith(" " + wantedNode));
        }

        /** What is new, or what is gone if nothing is. */
        private String describe(SequencedMap<String, String> after) {
            List<String> news = new ArrayList<>();
            after.forEach((key, state) -> {
                if (!state.equals(before.get(key))) {
                    news.add(key.replace(" ", " would be " + state + " on "));
                }
            });
            if (news.isEmpty()) {
                before.keySet().stream()
                        .filter(key -> !after.containsKey(key))
                        .forEach(key -> news.add(key.replace(" ", " would not be on ")));
            }
            return String.join("; ", news);
        }
    }
}
