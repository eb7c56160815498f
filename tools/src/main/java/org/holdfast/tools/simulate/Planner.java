package org.holdfast.tools.simulate;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.Decision;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.graph.DotGraph;
import org.holdfast.scheduler.graph.GraphXml;
import org.holdfast.scheduler.graph.SummaryText;
import org.holdfast.scheduler.model.Cluster;

/**
 * Runs the scheduler's decisions and brings them into the forms that the command saves and shows.
 */
final class Planner {

    private Planner() {}

    /**
     * What was decided.
     *
     * @param graph the transition graph
     * @param summary one line for each resource or node that something happens to
     */
    record Plan(Element graph, List<String> summary) {}

    /** Decides for a cluster whose status is known. */
    static Plan plan(Cluster cluster) {
        cluster.sanitized = true;
        Decision decision = Scheduler.decide(cluster);
        return new Plan(GraphXml.of(decision.graph()), SummaryText.lines(decision.summary()));
    }

    /** The decisions as a graph for Graphviz. */
    static String dot(Cluster cluster, boolean allActions, boolean verbose) {
        return DotGraph.write(cluster, allActions, verbose);
    }
}
