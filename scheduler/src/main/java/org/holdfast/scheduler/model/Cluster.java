package org.holdfast.scheduler.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.nvpair.NvPairs;
import org.holdfast.cib.reference.References;
import org.holdfast.cib.rule.RuleEvaluator;
import org.holdfast.cib.rule.RuleInput;
import org.holdfast.cib.time.TimeContext;
import org.jspecify.annotations.Nullable;

/**
 * The whole working state of one scheduling run: what was read from the CIB and what the stages
 * decide. Lives for one run, belongs to one thread; the package's description says who writes what.
 */
public final class Cluster {

    /** The CIB that is scheduled, in the newest schema. */
    public final Element cib;

    /** Epoch seconds at which rules are evaluated and failures expire. */
    public final long now;

    /** Elements of the CIB by tag and id. */
    public final References references;

    /** Evaluates rules; knows when an outcome will change by the passing of time. */
    public final RuleEvaluator rules;

    /** Resolves attribute sets. */
    public final NvPairs attributeSets;

    /** What rules may look at when nothing but the time is known. */
    public final RuleInput ruleInput;

    public ClusterOptions options;

    /** {@code rsc_defaults} and {@code op_defaults}, or null. */
    public @Nullable Element resourceDefaults;

    public @Nullable Element operationDefaults;

    // Conditions

    public boolean quorate;
    public boolean haveStatus;
    public boolean haveRemoteNodes;

    /** There is a fencing resource. */
    public boolean haveFencing;

    /** Some resource provides or requires unfencing. */
    public boolean enableUnfencing;

    public boolean probeResources;
    public @Nullable Node dc;

    /** Scores that the words red, yellow and green stand for under the health strategy. */
    public int redScore;

    public int yellowScore;
    public int greenScore;

    /** The CIB may have been stripped of private parameters, as when a tool looks at a copy. */
    public boolean sanitized;

    // Nodes and resources

    /** In the order of their names, numbers inside names by value. */
    public final List<Node> nodes = new ArrayList<>();

    private final Map<String, Node> nodesByName = new LinkedHashMap<>();
    private final Map<String, Node> nodesById = new LinkedHashMap<>();

    /** Top-level resources in order of the configuration, removed ones behind. */
    public List<Resource> resources = new ArrayList<>();

    private final Map<String, List<Resource>> resourcesById = new LinkedHashMap<>();

    private final Map<String, Resource> resourcesByHistoryId = new LinkedHashMap<>();

    /** Tag id to the ids that carry it, in order. */
    public final Map<String, Set<String>> tags = new LinkedHashMap<>();

    /** Template id to the ids of what is made after it, a clone's part once; in order. */
    public final Map<String, Set<String>> templates = new LinkedHashMap<>();

    public final Map<String, TicketState> tickets = new LinkedHashMap<>();

    /** History entries of failures, for display, in the order found. */
    public final List<FailedOperation> failed = new ArrayList<>();

    /** Node and operation key of each in {@link #failed}. */
    public final Set<String> failedKeys = new TreeSet<>();

    /** History entries of failures that are taken for successes, with their nodes. */
    public final EntryMarks<Node> pardoned = new EntryMarks<>();

    /** History entries of recurring failures that have expired: to be scheduled anew. */
    public final EntryMarks<Boolean> expiredRecurring = new EntryMarks<>();

    /**
     * What counts as restart digest of an entry in {@link #expiredRecurring}: no real one's text.
     */
    public static final String EXPIRED_DIGEST = "calculated-failure-timeout";

    /** The operation history by node and resource. */
    public final HistoryIndex history;

    /** Containers that must stop although nothing else asks for it. */
    public final List<Resource> stopNeeded = new ArrayList<>();

    /** History entries whose parameters must be compared once all is placed. */
    public final List<ParameterCheck> parameterChecks = new ArrayList<>();

    // Constraints

    public final List<LocationConstraint> locations = new ArrayList<>();
    public final List<Colocation> colocations = new ArrayList<>();

    /** In order of creation. */
    public final List<Ordering> orderings = new ArrayList<>();

    /** While an ordering constraint is read: its id, which its orderings take on. */
    public @Nullable String constraintBeingRead;

    // Actions

    /** In order of creation. */
    public final List<Action> actions = new ArrayList<>();

    /** Actions of no resource by key. */
    public final Map<String, List<Action>> singletons = new LinkedHashMap<>();

    private int nextActionId = 1;
    private int nextOrderingId = 1;
    private int nextVisit = 1;

    // Results

    /** Epoch seconds by which the scheduler should run again; 0 for no need. */
    public long recheckBy;

    public int instanceCount;
    public int disabledCount;
    public int blockedCount;
    public final List<Finding> findings = new ArrayList<>();

    private final Set<String> warned = new LinkedHashSet<>();

    public ScoreLog scores = ScoreLog.NONE;

    /** Takes the reasons of scores. */
    public ReasonSink reasonSink = ReasonSink.NONE;

    /** What the ordering stage left out. */
    public HeldOrderings heldOrderings = HeldOrderings.NONE;

    public Cluster(Element cib, ClusterOptions options, TimeContext time) {
        this.cib = cib;
        this.options = options;
        this.now = time.nowSeconds();
        this.references = new References(cib);
        this.rules = new RuleEvaluator(references, this::configError);
        this.attributeSets = new NvPairs(references, rules, this::configWarning, this::configError);
        this.ruleInput = RuleInput.at(time);
        this.history = new HistoryIndex(cib);
    }

    /** A history entry that counts as failed: the entry and the node that it is of. */
    public record FailedOperation(Element entry, Node node, Resource resource) {}

    /** A history entry to compare with today's parameters. */
    public record ParameterCheck(Resource resource, Node node, Element entry, Kind kind) {

        /** What the comparison is for. */
        public enum Kind {
            /** Clear the fail count if the parameters of a failed operation changed. */
            LAST_FAILURE,
            /** Restart, reload or reschedule an active resource if parameters changed. */
            ACTIVE
        }
    }

    // Nodes

    /**
     * Enters a node in the order of names, before others of its name; its index must be the number
     * of nodes so far.
     */
    public void addNode(Node node) {
        if (node.index != nodes.size()) {
            throw new IllegalArgumentException("node " + node.name + " has index " + node.index);
        }
        int at = nodes.size();
        while (at > 0 && NaturalOrder.compare(nodes.get(at - 1).name, node.name) >= 0) {
            at--;
        }
        nodes.add(at, node);
        nodesByName.put(node.name.toLowerCase(Locale.ROOT), node);
        Node namesake = nodesById.putIfAbsent(node.id.toLowerCase(Locale.ROOT), node);
        if (namesake != null && namesake.id.equals(node.id)) {
            Node later = nodes.indexOf(namesake) < at ? node : namesake;
            later.shadowed = true;
        }
    }

    /** The node of a name (case does not matter), or null. */
    public @Nullable Node nodeNamed(@Nullable String name) {
        return name == null ? null : nodesByName.get(name.toLowerCase(Locale.ROOT));
    }

    /** The node of an XML id, or null. */
    public @Nullable Node nodeWithId(@Nullable String id) {
        return id == null ? null : nodesById.get(id.toLowerCase(Locale.ROOT));
    }

    // Resources

    /** Enters a resource (any level) for look-up by id. */
    public void index(Resource resource) {
        resourcesById.computeIfAbsent(resource.id, key -> new ArrayList<>(1)).add(resource);
    }

    /** Notes the id that a resource has in the operation history. */
    public void renameInHistory(Resource resource, @Nullable String historyId) {
        resource.historyId = historyId;
        if (historyId != null) {
            resourcesByHistoryId.putIfAbsent(historyId, resource);
        }
    }

    /** The first resource of an id, or else one that has this id in the history; or null. */
    public @Nullable Resource resourceInHistory(String id) {
        Resource found = resource(id);
        if (found == null) {
            found = resourcesByHistoryId.get(id);
            if (found != null && !id.equals(found.historyId)) {
                return null;
            }
        }
        return found;
    }

    /** The first resource whose id is exactly this, any level; or null. */
    public @Nullable Resource resource(@Nullable String id) {
        List<Resource> found = id == null ? null : resourcesById.get(id);
        return found == null ? null : found.getFirst();
    }

    /** Reads a score; the health colours count as the health strategy says. */
    public int score(@Nullable String text, int fallback) {
        if (text != null) {
            switch (text.toLowerCase(Locale.ROOT)) {
                case "red":
                    return redScore;
                case "yellow":
                    return yellowScore;
                case "green":
                    return greenScore;
                default:
                    break;
            }
        }
        return Score.parse(text, fallback);
    }

    /** Whether a text is a score; no text is one too. */
    public boolean isScore(@Nullable String text) {
        return text == null || score(text, 0) == score(text, 1);
    }

    // Counters

    public int takeActionId() {
        return nextActionId++;
    }

    public int takeOrderingId() {
        return nextOrderingId++;
    }

    /** A number no earlier walk over actions used; see {@link Action#visit}. */
    public int takeVisit() {
        return nextVisit++;
    }

    /** Asks for another run at a time, if that is sooner than what others asked for. */
    public void recheckAt(long epochSeconds) {
        if (epochSeconds > now && (recheckBy == 0 || epochSeconds < recheckBy)) {
            recheckBy = epochSeconds;
        }
    }

    /** Something that a tool prints as it finds it, before its own output. */
    public void notice(String text) {
        scores.take(new ScoreLog.Notice(text));
    }

    public void configError(String text) {
        findings.add(new Finding(Finding.Severity.CONFIG_ERROR, text));
    }

    public void configWarning(String text) {
        findings.add(new Finding(Finding.Severity.CONFIG_WARNING, text));
    }

    /** A warning about the configuration that is given once, however often it is found. */
    public void configWarningOnce(String text) {
        if (warned.add(text)) {
            configWarning(text);
        }
    }

    /** Reads a role, and warns of the old names. */
    public Role role(@Nullable String name) {
        if ("Master".equalsIgnoreCase(name)) {
            oldRole("Master", "Promoted");
        } else if ("Slave".equalsIgnoreCase(name)) {
            oldRole("Slave", "Unpromoted");
        }
        return Role.parse(name);
    }

    private void oldRole(String old, String current) {
        configWarningOnce(
                "Support for the "
                        + old
                        + " role is deprecated and will be removed in a future release. Use "
                        + current
                        + " instead.");
    }

    public void warn(String text) {
        findings.add(new Finding(Finding.Severity.PROCESSING_WARNING, text));
    }

    public void error(String text) {
        findings.add(new Finding(Finding.Severity.PROCESSING_ERROR, text));
    }
}
