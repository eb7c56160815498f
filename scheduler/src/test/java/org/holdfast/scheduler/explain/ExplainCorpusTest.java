package org.holdfast.scheduler.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.cibxml.schema.CibSchemas;
import org.holdfast.cibxml.schema.SchemaUpgrade;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.explain.Explanation.Alternative;
import org.holdfast.scheduler.explain.Explanation.NodePart;
import org.holdfast.scheduler.explain.Explanation.NodeVerdict;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.explain.Explanation.Planned;
import org.holdfast.scheduler.explain.Explanation.PlannedAction;
import org.holdfast.scheduler.explain.Explanation.Step;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.graph.TransitionGraph;
import org.holdfast.scheduler.graph.TransitionGraph.Synapse;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Questions about every resource on every node of every recorded cluster: each has an answer, each
 * id that an answer names exists, and each change that it proposes has, by the transition graph,
 * the effect that it claims. Skipped where the corpus is not beside the project.
 *
 * <p>Changes are looked for in every fifteenth case, or with {@code -Dexplain.every=1} in all.
 */
class ExplainCorpusTest {

    private static final long TIME = 1_800_000_000L;

    private static final Pattern FENCING = Pattern.compile("stonith-(.*)-(?:off|reboot)");

    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> figures = new TreeMap<>();
    private final Set<String> vague = new LinkedHashSet<>();

    private static @Nullable Path corpus(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared/conformance").resolve(name);
            if (Files.exists(candidate.resolve("cases.json"))) {
                return candidate;
            }
        }
        return null;
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduler", "scheduler-random"})
    void everyQuestionHasAProvenAnswer(String name) throws IOException, XmlSyntaxException {
        Path corpus = corpus(name);
        assumeTrue(corpus != null, "skipped: no shared/conformance/" + name);
        if (corpus == null) {
            return;
        }
        int every = Integer.getInteger("explain.every", 15);
        List<Path> files;
        try (Stream<Path> all = Files.list(corpus.resolve("xml"))) {
            files = all.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
        }
        int number = 0;
        for (Path file : files) {
            checkCase(file, number++ % every == 0);
        }
        figures.forEach((what, count) -> System.out.println(name + ": " + what + ": " + count));
        vague.stream().limit(20).forEach(text -> System.out.println(name + ": vague: " + text));
        assertThat(files).isNotEmpty();
        assertThat(failures).isEmpty();
    }

    private void checkCase(Path file, boolean withChanges) throws IOException, XmlSyntaxException {
        Element cib = upgraded(XmlParser.parseFile(Files.readAllBytes(file)));
        String written = cib.getOr("execution-date", "");
        long time = written.matches("[0-9]{1,18}") ? Long.parseLong(written) : TIME;
        Explainer explainer = new Explainer(cib, TimeContext.utc(time));
        Ids ids = new Ids(cib, explainer.cluster());
        String name = file.getFileName().toString();
        Set<Change> proven = new LinkedHashSet<>();
        for (String resource : names(explainer.cluster())) {
            // without a search for changes, answers for single nodes are excerpts of one answer
            List<String> nodes = withChanges ? nodes(explainer.cluster()) : List.of("");
            for (String node : nodes) {
                ask(explainer, resource, node, name, withChanges, ids, cib, time, proven);
            }
        }
        for (Node node : explainer.cluster().nodes) {
            count("questions about nodes");
            Explanation answer = explainer.explainNode(node.name, withChanges);
            if (answer == null) {
                failures.add(name + " " + node + ": no answer");
            } else {
                check(name + " " + node, answer, ids);
                if (withChanges) {
                    prove(name, cib, time, answer.alternatives(), proven);
                }
            }
        }
    }

    private static Element upgraded(Element cib) {
        Element newest = new SchemaUpgrade(new CibSchemas()).toLatest(cib).cib();
        return newest == null ? cib : newest;
    }

    private static Set<String> names(Cluster cluster) {
        Set<String> names = new LinkedHashSet<>();
        cluster.resources.forEach(resource -> collect(resource, names));
        return names;
    }

    private static void collect(Resource resource, Set<String> into) {
        into.add(resource.id);
        resource.children.forEach(child -> collect(child, into));
    }

    private static List<String> nodes(Cluster cluster) {
        List<String> names = new ArrayList<>();
        names.add("");
        cluster.nodes.stream()
                .filter(node -> !node.isBundleNode())
                .forEach(node -> names.add(node.name));
        return names;
    }

    private void ask(
            Explainer explainer,
            String resource,
            String node,
            String file,
            boolean withChanges,
            Ids ids,
            Element cib,
            long time,
            Set<Change> proven) {
        String question = file + " " + resource + " " + node;
        count("questions about resources");
        Explanation answer = explainer.explain(resource, node.isEmpty() ? null : node, withChanges);
        if (answer == null) {
            failures.add(question + ": no answer");
            return;
        }
        if (node.isEmpty()) {
            check(question, answer, ids);
        }
        if (withChanges) {
            count("questions with changes looked for");
            if (!answer.alternatives().isEmpty()) {
                count("questions with a verified change");
            }
            prove(file, cib, time, answer.alternatives(), proven);
        }
    }

    private void count(String what) {
        figures.merge(what, 1, Integer::sum);
    }

    private void check(String question, Explanation answer, Ids ids) {
        for (Part part : answer.parts()) {
            if (part.decision().isEmpty() || part.nodes().isEmpty() == ids.haveNodes()) {
                failures.add(question + ": no decision for " + part.id());
            }
            checkAll(question, part.facts(), ids);
            for (NodeVerdict verdict : part.nodes()) {
                count("resources on nodes");
                if (verdict.obstacle() != null) {
                    checkAll(question, List.of(verdict.obstacle()), ids);
                }
                for (Step step : verdict.steps()) {
                    checkAll(question, List.of(step.cause()), ids);
                }
            }
            part.actions().forEach(action -> check(question, action, ids));
        }
        for (NodePart part : answer.nodes()) {
            checkAll(question, part.facts(), ids);
            part.actions().forEach(action -> check(question, action, ids));
            part.leaving().forEach(action -> check(question, action, ids));
        }
    }

    private void check(String question, PlannedAction action, Ids ids) {
        count("actions");
        if (action.causes().isEmpty()) {
            failures.add(question + ": no cause of " + action.key());
        }
        if (action.planned() != Planned.YES && action.obstacles().isEmpty()) {
            failures.add(question + ": no obstacle of " + action.key());
        }
        boolean follows = action.causes().getFirst().kind().equals("Follows");
        boolean blocked =
                action.obstacles().stream().anyMatch(cause -> cause.kind().equals("Blocked"));
        if (follows || (blocked && action.obstacles().getFirst().because().isEmpty())) {
            count("actions with a vague answer");
            vague.add(
                    question
                            + " "
                            + action.key()
                            + " on "
                            + action.node()
                            + (follows ? "" : " (blocked)"));
        }
        checkAll(question, action.causes(), ids);
        checkAll(question, action.obstacles(), ids);
    }

    private void checkAll(String question, List<Cause> causes, Ids ids) {
        for (Cause cause : causes) {
            if (cause.text().isBlank() || cause.text().contains("null")) {
                failures.add(question + ": text '" + cause.text() + "' of " + cause.kind());
            }
            for (Reference reference : cause.references()) {
                count("ids named");
                if (!ids.contains(reference)) {
                    failures.add(question + ": " + cause.text() + " names " + reference);
                }
            }
            checkAll(question, cause.because(), ids);
        }
    }

    /** Schedules with each change, and compares with what the graph of that run does. */
    private void prove(
            String file,
            Element cib,
            long time,
            List<Alternative> alternatives,
            Set<Change> proven) {
        for (Alternative alternative : alternatives) {
            count("changes proposed");
            if (!proven.add(alternative.change())) {
                continue;
            }
            count("different changes, each proven");
            Set<String> claimed = new TreeSet<>();
            alternative
                    .after()
                    .places()
                    .keySet()
                    .forEach(place ->
                            claimed.add(
                                    FailCounts.baseName(place.resource()) + " on " + place.node()));
            Set<String> graphed = placesByGraph(alternative.change().apply(cib), time);
            if (!claimed.equals(graphed)) {
                Set<String> common = new TreeSet<>(claimed);
                common.retainAll(graphed);
                claimed.removeAll(common);
                graphed.removeAll(common);
                failures.add(
                        file
                                + ": if "
                                + alternative.change().condition()
                                + ": claimed "
                                + claimed
                                + ", by the graph "
                                + graphed);
            }
            if (alternative.before().equals(alternative.after())) {
                failures.add(file + ": " + alternative.change() + " changes nothing");
            }
        }
    }

    private static Set<String> placesByGraph(Element cib, long time) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        ScheduleRequest request = ScheduleRequest.of(cib, time);
        Cluster status = Scheduler.status(request);
        for (Node node : status.nodes) {
            for (Resource resource : node.running) {
                counts.merge(
                        FailCounts.baseName(resource.id) + " on " + node.name, 1, Integer::sum);
            }
        }
        TransitionGraph graph = Scheduler.plan(request).graph();
        Map<String, Integer> stops = new LinkedHashMap<>();
        Map<String, Integer> starts = new LinkedHashMap<>();
        for (Synapse synapse : graph.synapses()) {
            // a fenced node runs nothing, and says so in no action of its own
            Matcher fenced = FENCING.matcher(synapse.action().key());
            if (fenced.matches()) {
                counts.keySet().removeIf(place -> place.endsWith(" on " + fenced.group(1)));
            }
        }
        for (Synapse synapse : graph.synapses()) {
            TransitionGraph.GraphAction action = synapse.action();
            OpKey.Parts key = OpKey.parse(action.key());
            if (key != null && action.node() != null && key.intervalMillis() == 0) {
                String place = FailCounts.baseName(key.resource()) + " on " + action.node();
                switch (action.task()) {
                    case "start", "migrate_from" -> starts.merge(place, 1, Integer::sum);
                    case "stop" -> stops.merge(place, 1, Integer::sum);
                    default -> {}
                }
            }
        }
        stops.forEach((place, count) -> counts.merge(place, -count, Integer::sum));
        counts.replaceAll((_, count) -> Math.max(0, count));
        starts.forEach((place, count) -> counts.merge(place, count, Integer::sum));
        Set<String> places = new TreeSet<>();
        counts.forEach((place, count) -> {
            if (count > 0) {
                places.add(place);
            }
        });
        return places;
    }

    /** All ids of a CIB. */
    private static final class Ids {

        private final Set<String> ids = new LinkedHashSet<>();
        private final Map<String, Set<String>> history = new LinkedHashMap<>();
        private final Cluster cluster;

        Ids(Element cib, Cluster cluster) {
            this.cluster = cluster;
            collect(cib);
            Element status = cib.first("status");
            if (status != null) {
                for (Element state : status.elements()) {
                    Set<String> entries = new LinkedHashSet<>();
                    collectEntries(state, entries);
                    history.merge(
                            state.getOr("uname", state.id()),
                            entries,
                            (one, other) -> {
                                one.addAll(other);
                                return one;
                            });
                }
            }
        }

        boolean haveNodes() {
            return !cluster.nodes.isEmpty();
        }

        private void collect(Element element) {
            ids.add(element.id());
            element.elements().forEach(this::collect);
        }

        private static void collectEntries(Element element, Set<String> into) {
            if (element.name().equals("lrm_rsc_op")) {
                into.add(element.id());
            }
            element.elements().forEach(child -> collectEntries(child, into));
        }

        boolean contains(Reference reference) {
            return switch (reference.type()) {
                case CONSTRAINT, OPTION, OPERATION -> ids.contains(reference.id());
                case HISTORY ->
                        history.getOrDefault(String.valueOf(reference.node()), Set.of())
                                        .contains(reference.id())
                                || ids.contains(reference.id());
                case RESOURCE ->
                        ids.contains(reference.id()) || cluster.resource(reference.id()) != null;
                case NODE -> cluster.nodeNamed(reference.id()) != null;
                case TICKET ->
                        cluster.tickets.containsKey(reference.id()) || ids.contains(reference.id());
            };
        }
    }
}
