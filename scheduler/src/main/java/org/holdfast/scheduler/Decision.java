package org.holdfast.scheduler;

import org.holdfast.scheduler.graph.ActionSummary;
import org.holdfast.scheduler.graph.TransitionGraph;
import org.holdfast.scheduler.model.Cluster;

/**
 * What the scheduler decided.
 *
 * @param cluster the working state at the end of the run
 * @param summary what happens to nodes and resources
 * @param graph what is executed
 */
public record Decision(Cluster cluster, ActionSummary summary, TransitionGraph graph) {}
