package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.explain.Explanation.Kind;
import org.holdfast.scheduler.explain.Explanation.NodePart;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ScoreLog;
import org.jspecify.annotations.Nullable;

/**
 * Explains decisions: one run that collects reasons, then one run for each change that might alter
 * the outcome. Several questions about one CIB share these runs. Belongs to one thread.
 */
public final class Explainer {

    private final Element cib;
    private final TimeContext time;
    private final Cluster cluster;
    private final ReasonRecorder reasons = new ReasonRecorder();
    private final PartExplainer parts;
    private final NodeExplainer nodes;
    private final Trials trials;

    /** For a CIB of the newest schema, at a time; schedules it once. */
    public Explainer(Element cib, TimeContext time) {
        this.cib = cib;
        this.time = time;
        cluster = Scheduler.status(new ScheduleRequest(cib, time, ScoreLog.NONE, null), reasons);
        Scheduler.decide(cluster);
        parts = new PartExplainer(cluster, reasons);
        nodes = new NodeExplainer(cluster, reasons);
        trials = new Trials(cib, time, Outcome.of(cluster));
    }

    /** The run that is explained. */
    public Cluster cluster() {
        return cluster;
    }

    /** What a change would lead to. */
    public Outcome outcome(Change change) {
        return trials.outcome(change);
    }

    /**
     * Explains what happens to a resource, or to all that a tag, a ticket or a constraint concerns,
     * or to a node.
     *
     * @param subject id of a resource of any kind, or of one instance, a tag, a ticket, a
     *     constraint, or the name of a node; looked for in this order
     * @param node the node of interest: why (not) there, and what would bring it there; or null
     * @return null if there is nothing of that name
     */
    public @Nullable Explanation explain(String subject, @Nullable String node) {
        return explain(subject, node, true);
    }

    /** As {@link #explain(String, String)}; on wish without looking for changes. */
    public @Nullable Explanation explain(
            String subject, @Nullable String node, boolean alternatives) {
        Resource asked = find(subject);
        if (asked != null) {
            return explain(subject, Kind.RESOURCE, List.of(asked), List.of(), node, alternatives);
        }
        Set<String> tagged = cluster.tags.get(subject);
        if (tagged != null) {
            return explain(subject, Kind.TAG, all(tagged), List.of(), node, alternatives);
        }
        Subjects subjects = new Subjects(cluster);
        List<Cause> ticket = subjects.ticket(subject);
        if (!ticket.isEmpty()) {
            return explain(
                    subject,
                    Kind.TICKET,
                    all(subjects.concernedByTicket(subject)),
                    ticket,
                    node,
                    alternatives);
        }
        Element constraint = subjects.constraint(subject);
        if (constraint != null) {
            return explain(
                    subject,
                    Kind.CONSTRAINT,
                    all(subjects.concernedBy(constraint)),
                    subjects.factsOf(constraint),
                    node,
                    alternatives);
        }
        Node named = cluster.nodeNamed(subject);
        return named == null ? null : explainNode(named, alternatives);
    }

    /** Explains a node, also one that is called like something else; null if there is none. */
    public @Nullable Explanation explainNode(String name) {
        return explainNode(name, true);
    }

    /** As {@link #explainNode(String)}; on wish without looking for changes. */
    public @Nullable Explanation explainNode(String name, boolean alternatives) {
        Node node = cluster.nodeNamed(name);
        return node == null ? null : explainNode(node, alternatives);
    }

    private List<Resource> all(Collection<String> ids) {
        List<Resource> found = new ArrayList<>();
        for (String id : ids) {
            Resource resource = find(id);
            if (resource != null && !found.contains(resource)) {
                found.add(resource);
            }
        }
        return found;
    }

    private Explanation explain(
            String subject,
            Kind kind,
            List<Resource> resources,
            List<Cause> facts,
            @Nullable String node,
            boolean alternatives) {
        List<Part> explained = new ArrayList<>();
        SequencedSet<String> names = new LinkedHashSet<>();
        for (Resource resource : resources) {
            for (Resource primitive : primitives(resource)) {
                explained.add(parts.explain(primitive));
                names.add(Outcome.nameOf(primitive));
            }
        }
        Trials.Search search = trials.new Search(names::contains, node == null ? "" : node);
        Explanation answer =
                new Explanation(subject, kind, explained, List.of(), facts, List.of(), 0);
        if (alternatives) {
            List<Change> candidates = candidates(answer, node);
            search.tryEach(candidates);
            if (search.isOpen()) {
                new Combinations(subject, node, search).find(this, answer, candidates);
            }
            if (search.isOpen()) {
                search.tryTogether(candidates);
            }
        }
        return new Explanation(
                subject, kind, explained, List.of(), facts, search.found(), search.tried());
    }

    /** Changes that may take away the reasons of an answer. */
    List<Change> candidates(Explanation answer, @Nullable String node) {
        Candidates candidates = new Candidates(cluster);
        candidates.addFacts(answer.facts());
        candidates.addParts(answer.parts(), node);
        for (List<Part> leader : leaders(answer.parts(), node)) {
            candidates.addParts(leader, node);
        }
        return candidates.toList();
    }

    /** The resources, each with its parts, that parts of one had to follow. */
    List<List<Part>> leaders(List<Part> explained, @Nullable String node) {
        return new Leaders(this::parts).of(explained, node);
    }

    /** Of the CIB after a change. */
    Explainer with(Change change) {
        return new Explainer(change.apply(cib), time);
    }

    /** Explains a node: its state, why it is fenced, what comes and goes. */
    private Explanation explainNode(Node node, boolean alternatives) {
        NodePart part = nodes.explain(node);
        Trials.Search search = trials.new Search(_ -> true, node.name);
        if (alternatives) {
            Candidates candidates = new Candidates(cluster);
            candidates.addNode(part);
            search.tryEach(candidates.toList());
            if (search.isOpen()) {
                search.tryTogether(candidates.toList());
            }
        }
        return new Explanation(
                node.name,
                Kind.NODE,
                List.of(),
                List.of(part),
                List.of(),
                search.found(),
                search.tried());
    }

    private List<Part> parts(String id) {
        Resource resource = find(id);
        return resource == null
                ? List.of()
                : primitives(resource).stream().map(parts::explain).toList();
    }

    private @Nullable Resource find(String id) {
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
}
