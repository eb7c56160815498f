package org.holdfast.scheduler.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.actions.Notifications;
import org.holdfast.scheduler.config.OptionsReader;
import org.holdfast.scheduler.config.ResourceParameters;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.graph.TransitionGraph.GraphAction;
import org.holdfast.scheduler.graph.TransitionGraph.Synapse;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.RelatedAction;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.ParameterDigests;
import org.holdfast.scheduler.operations.Tasks;
import org.holdfast.scheduler.ordering.EffectiveFlags;
import org.holdfast.scheduler.ordering.GraphMembership;

/** Makes the transition graph of a run whose orderings have been applied. To be used once a run. */
public final class GraphBuilder {

    private final List<Synapse> synapses = new ArrayList<>();
    private final ActionWriter writer;

    private GraphBuilder(Cluster cluster) {
        this.writer = new ActionWriter(cluster);
    }

    /**
     * Makes the graph.
     *
     * @param transitionId the number that the transition shall have
     */
    public static TransitionGraph build(Cluster cluster, int transitionId) {
        GraphBuilder builder = new GraphBuilder(cluster);
        for (Resource resource : cluster.resources) {
            builder.add(resource);
        }
        if (anyMaintenanceChange(cluster)) {
            ActionFactory.pseudo(cluster, Tasks.MAINTENANCE_NODES).set(ActionFlag.ALWAYS_IN_GRAPH);
        }
        builder.addActions(cluster.actions);
        return new TransitionGraph(
                settings(cluster, transitionId), Collections.unmodifiableList(builder.synapses));
    }

    private static Element settings(Cluster cluster, int transitionId) {
        AttributeBuilder settings = new AttributeBuilder();
        settings.put("cluster-delay", option(cluster, "cluster-delay"));
        settings.put("fencing-timeout", option(cluster, "fencing-timeout"));
        settings.put("failed-stop-offset", "INFINITY");
        settings.put("failed-start-offset", cluster.options.startFailureFatal() ? "INFINITY" : "1");
        settings.put("batch-limit", option(cluster, "batch-limit"));
        settings.put("transition_id", Integer.toString(transitionId));
        String limit = option(cluster, "migration-limit");
        if (Values.number(limit, 0) > 0) {
            settings.put("migration-limit", limit);
        }
        if (cluster.recheckBy > 0) {
            settings.put("recheck-by", Long.toString(cluster.recheckBy));
        }
        return settings.build("transition_graph");
    }

    private static String option(Cluster cluster, String name) {
        String value = cluster.options.get(name);
        return value == null ? OptionsReader.fallback(name) : value;
    }

    /** Whether the executor of a remote node must hear that its maintenance mode changed. */
    static boolean isMaintenanceChange(Node node) {
        return node.isPacemakerRemote() && node.maintenance != node.remoteMaintenance;
    }

    private static boolean anyMaintenanceChange(Cluster cluster) {
        return cluster.nodes.stream().anyMatch(GraphBuilder::isMaintenanceChange);
    }

    private void add(Resource resource) {
        switch (resource) {
            case Primitive primitive -> addActions(primitive.actions);
            case Group group -> addWithChildren(group);
            case Clone clone -> addClone(clone);
            case Bundle bundle -> addBundle(bundle);
        }
    }

    private void addWithChildren(Resource resource) {
        addActions(resource.actions);
        resource.children.forEach(this::add);
    }

    private void addClone(Clone clone) {
        for (Action action : List.copyOf(clone.actions).reversed()) {
            EffectiveFlags.refresh(action);
        }
        Notifications.create(clone);
        clone.children.forEach(this::add);
        addWithChildren(clone);
    }

    private void addBundle(Bundle bundle) {
        if (bundle.child != null) {
            add(bundle.child);
        }
        for (Replica replica : bundle.replicas) {
            Primitive remote = replica.remote;
            if (remote != null) {
                String address = ParameterDigests.connectionAddress(remote);
                if (address != null) {
                    ResourceParameters.of(remote, null).put("addr", address);
                }
            }
            if (replica.ip != null) {
                add(replica.ip);
            }
            add(replica.containerOf());
            if (remote != null) {
                add(remote);
            }
        }
    }

    private void addActions(List<Action> actions) {
        for (int i = actions.size() - 1; i >= 0; i--) {
            addAction(actions.get(i));
        }
    }

    private void addAction(Action action) {
        if (!action.is(ActionFlag.INPUTS_DEDUPLICATED)) {
            mergeInputs(action);
            action.set(ActionFlag.INPUTS_DEDUPLICATED);
        }
        if (action.is(ActionFlag.ADDED_TO_GRAPH) || !GraphMembership.includes(action)) {
            return;
        }
        action.set(ActionFlag.ADDED_TO_GRAPH);
        int priority = action.priority;
        if (action.resource != null) {
            priority = Math.max(priority, action.resource.priority);
        }
        GraphAction details = writer.withDetails(action);
        List<GraphAction> inputs = new ArrayList<>();
        for (int i = action.before.size() - 1; i >= 0; i--) {
            RelatedAction input = action.before.get(i);
            if (GraphMembership.waitsFor(action, input)) {
                input.graphed = true;
                inputs.add(writer.asInput(input.action));
            }
        }
        synapses.add(new Synapse(synapses.size(), Math.max(0, priority), details, inputs));
    }

    /** One input for each action before, lowest number first (which is the end of the list). */
    static void mergeInputs(Action action) {
        List<RelatedAction> inputs = action.before;
        inputs.sort((a, b) -> Integer.compare(b.action.id, a.action.id));
        List<RelatedAction> merged = new ArrayList<>(inputs.size());
        for (RelatedAction input : inputs) {
            if (!merged.isEmpty() && merged.getLast().action == input.action) {
                merged.getLast().flags |= input.flags;
                merged.getLast().graphed |= input.graphed;
            } else {
                merged.add(input);
            }
        }
        inputs.clear();
        inputs.addAll(merged);
    }
}
