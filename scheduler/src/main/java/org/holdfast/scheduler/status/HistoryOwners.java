package org.holdfast.scheduler.status;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.unpack.AllowedNodes;
import org.holdfast.scheduler.unpack.CloneReader;
import org.holdfast.scheduler.unpack.NodeReader;
import org.holdfast.scheduler.unpack.RemoteNodes;
import org.holdfast.scheduler.unpack.ResourceReader;
import org.jspecify.annotations.Nullable;

/** Finds the resource, and for anonymous clones the instance, that a history on a node is of. */
final class HistoryOwners {

    private final Cluster cluster;

    HistoryOwners(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The resource, or null if there is no such primitive any more. */
    @Nullable Resource find(Node node, String id) {
        Resource found = cluster.resourceInHistory(id);
        if (found == null) {
            // Histories of anonymous clones carry no instance number.
            Resource first = cluster.resource(FailCounts.baseName(id) + ":0");
            if (first == null || first.is(ResourceFlag.UNIQUE)) {
                return null;
            }
            found = first;
        } else if (!(found instanceof Primitive)) {
            return null;
        }
        Resource top = found.top(false);
        if (top instanceof Clone clone && !clone.is(ResourceFlag.UNIQUE)) {
            found =
                    clone.parent instanceof Bundle bundle
                            ? insideOf(bundle, node)
                            : instance(clone, node, FailCounts.baseName(id));
        }
        if (found != null && !id.equals(found.id) && !id.equals(found.historyId)) {
            cluster.renameInHistory(found, id);
        }
        return found;
    }

    private static @Nullable Resource insideOf(Bundle bundle, Node node) {
        for (Replica replica : bundle.replicas) {
            if (replica.node != null && replica.node.node == node) {
                return replica.child;
            }
        }
        return null;
    }

    /**
     * Which instance of an anonymous clone is on a node is ours to say; empty slots are used up.
     */
    private Resource instance(Clone clone, Node node, String id) {
        Resource found = null;
        Resource empty = null;
        boolean onlyActive = false;
        for (Resource instance : clone.children) {
            List<Node> places = new ArrayList<>(1);
            instance.collectNodes(places, Resource.Place.CURRENT, Resource.Place.PENDING);
            if (!places.isEmpty()) {
                if (places.getFirst() == node) {
                    found = within(instance, id);
                    if (found != null && !found.active.isEmpty()) {
                        // A second history on one node: the clone was unique before.
                        onlyActive = true;
                        found = null;
                    }
                }
            } else if (!onlyActive && empty == null && !instance.is(ResourceFlag.BLOCKED)) {
                empty = within(instance, id);
                if (empty != null && empty.pendingNode != null && empty.pendingNode != node) {
                    empty = null;
                }
            }
            if (found != null) {
                break;
            }
        }
        if (found == null && !onlyActive) {
            found = empty;
        }
        if (found != null && isBetterLeftFree(clone, found, node)) {
            found = null;
        }
        return found == null ? addRemoved(clone, id) : found;
    }

    /**
     * An instance that need not be fenced before it is started elsewhere should not use up a number
     * for a node that is lost.
     */
    private boolean isBetterLeftFree(Clone clone, Resource found, Node node) {
        return !found.is(ResourceFlag.NEEDS_FENCING)
                && (!node.online || node.unclean)
                && !node.isGuest()
                && clone.cloneMax != cluster.nodes.size();
    }

    private static Resource addRemoved(Clone clone, String id) {
        Resource instance = CloneReader.addInstance(clone);
        Resource found = instance == null ? null : within(instance, id);
        if (found == null) {
            throw new IllegalStateException("clone " + clone.id + " has no " + id);
        }
        return found;
    }

    /** The resource of an id, with or without number, in an instance. */
    private static @Nullable Resource within(Resource instance, String id) {
        if (instance.id.equals(id) || instance.xml.id().equals(id)) {
            return instance;
        }
        for (Resource child : instance.children) {
            Resource found = within(child, id);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Makes up a resource for a history whose resource was removed from the configuration. */
    @Nullable Resource addRemoved(Element history, String id) {
        Element.Builder xml = Element.builder("primitive").attribute("id", id);
        history.forEachAttribute((name, value) -> {
            if (!name.equals("id")) {
                xml.attribute(name, value);
            }
        });
        Element primitive = xml.build();
        Resource resource = ResourceReader.read(cluster, primitive, null);
        if (resource == null) {
            return null;
        }
        if (ResourceReader.isConnection(primitive)) {
            Node node = cluster.nodeNamed(id);
            if (node == null) {
                node = NodeReader.create(cluster, id, id, Node.Variant.REMOTE, 0);
            }
            RemoteNodes.link(cluster, resource);
            node.shutdown = true;
        }
        if (history.has("container")) {
            resource.set(ResourceFlag.REMOVED_LAUNCHED);
        }
        resource.set(ResourceFlag.REMOVED);
        cluster.resources.add(resource);
        if (cluster.options.stopRemovedResources()) {
            AllowedNodes.addToAll(resource, Score.MINUS_INFINITY, new ScoreReason.Removed());
        } else {
            resource.clear(ResourceFlag.MANAGED);
        }
        return resource;
    }

    /** Ties removed resources to the containers that their histories name. */
    void linkLaunchers(List<Element> histories) {
        for (Element history : histories) {
            String container = history.get("container");
            Resource launcher = container == null ? null : cluster.resourceInHistory(container);
            Resource resource = cluster.resourceInHistory(history.id());
            if (launcher != null
                    && resource != null
                    && resource.launcher == null
                    && resource.is(ResourceFlag.REMOVED_LAUNCHED)) {
                resource.launcher = launcher;
                launcher.launched.add(resource);
            }
        }
    }
}
