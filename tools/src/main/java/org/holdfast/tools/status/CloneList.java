package org.holdfast.tools.status;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.NaturalOrder;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.tools.status.StatusView.Show;
import org.jspecify.annotations.Nullable;

/** Shows one clone: unusual instances one by one, the others as lists of nodes. */
final class CloneList {

    private final StatusLists out;
    private final ResourceLists resources;
    private final Clone clone;
    private final StatusView view;
    private final OpenList list;
    private final List<String> promoted = new ArrayList<>();
    private final List<String> started = new ArrayList<>();

    /** State ("Stopped", "Stopped (disabled)"...) by node or instance that is not active. */
    private final Map<String, String> stopped = new TreeMap<>(NaturalOrder::compare);

    CloneList(StatusLists out, ResourceLists resources, Clone clone, StatusView view) {
        this.out = out;
        this.resources = resources;
        this.clone = clone;
        this.view = view;
        this.list = new OpenList(out, false);
    }

    boolean show() {
        if (ResourceFilter.hides(clone, view.resources(), true)) {
            return false;
        }
        boolean everything =
                view.resources().shows(ResourceFilter.printableId(clone))
                        || (clone.id.indexOf(':') >= 0 && view.resources().shows(clone.id));
        for (Resource instance : clone.children) {
            if (!ResourceFilter.isElsewhere(instance, view.nodes())
                    && !ResourceFilter.hides(instance, view.resources(), everything)
                    && needsOwnLine(instance)) {
                begin();
                resources.show(instance, view.ofAllResources());
            }
        }
        if (view.shows(Show.CLONE_DETAIL)) {
            list.end();
            return true;
        }
        int active = showNodes("Promoted", promoted) + showNodes(startedTitle(), started);
        if (view.shows(Show.INACTIVE)) {
            showStopped(active);
        }
        return list.end();
    }

    private void begin() {
        list.begin(title());
    }

    private String title() {
        List<String> attributes = new ArrayList<>();
        if (clone.is(ResourceFlag.PROMOTABLE)) {
            attributes.add("promotable");
        }
        if (clone.is(ResourceFlag.UNIQUE)) {
            attributes.add("unique");
        }
        ResourceLists.addManagement(clone, attributes);
        Element child = clone.childXml;
        return "Clone Set: "
                + clone.id
                + " ["
                + (child == null ? "" : child.id())
                + "]"
                + (attributes.isEmpty() ? "" : " (" + String.join(", ", attributes) + ")")
                + ResourceLists.description(clone, view);
    }

    /** Whether an instance is shown by itself; if not, it is noted for the lists of nodes. */
    private boolean needsOwnLine(Resource instance) {
        boolean detail = view.shows(Show.CLONE_DETAIL);
        boolean active = instance.isActive(false);
        if (clone.is(ResourceFlag.UNIQUE)) {
            return detail || active || !clone.is(ResourceFlag.REMOVED);
        }
        if (view.shows(Show.PENDING) && instance.pendingTask != null) {
            return true;
        }
        if (!active) {
            if (!instance.is(ResourceFlag.REMOVED) && !detail && view.shows(Show.INACTIVE)) {
                stopped.put(instance.id, "Stopped");
            }
            return detail;
        }
        if (any(instance, ResourceFlag.REMOVED)
                || !all(instance, ResourceFlag.MANAGED)
                || any(instance, ResourceFlag.FAILED)
                || !instance.isActive(true)) {
            return true;
        }
        return detail || !isListed(instance);
    }

    private boolean isListed(Resource instance) {
        Set<Node> places = new LinkedHashSet<>();
        instance.collectNodes(places, Resource.Place.CURRENT);
        Node node = onlyPlace(instance, places);
        if (node == null || (!node.online && node.unclean)) {
            return false;
        }
        (instance.state(true).above(Role.UNPROMOTED) ? promoted : started).add(node.name);
        return true;
    }

    private static @Nullable Node onlyPlace(Resource instance, Set<Node> places) {
        if (instance.children.isEmpty() && instance.active.size() != 1) {
            return null;
        }
        return places.size() == 1 ? places.iterator().next() : null;
    }

    private static boolean any(Resource resource, ResourceFlag flag) {
        if (resource.is(flag)) {
            return true;
        }
        for (Resource child : resource.children) {
            if (any(child, flag)) {
                return true;
            }
        }
        return false;
    }

    private static boolean all(Resource resource, ResourceFlag flag) {
        if (!resource.is(flag)) {
            return false;
        }
        for (Resource child : resource.children) {
            if (!all(child, flag)) {
                return false;
            }
        }
        return true;
    }

    private String startedTitle() {
        if (!clone.is(ResourceFlag.PROMOTABLE)) {
            return "Started";
        }
        return configuredRole() == Role.UNPROMOTED ? "Unpromoted (target-role)" : "Unpromoted";
    }

    private Role configuredRole() {
        String role = clone.meta("target-role");
        if (role == null && !clone.children.isEmpty()) {
            role = clone.children.getFirst().meta("target-role");
        }
        return Role.parse(role);
    }

    private int showNodes(String title, List<String> names) {
        List<String> shown = new ArrayList<>();
        for (String name : names) {
            if (view.nodes().shows(name)) {
                shown.add(name);
            }
        }
        shown.sort(NaturalOrder::compare);
        if (!shown.isEmpty()) {
            begin();
            out.item(title + ": [ " + String.join(" ", shown) + " ]");
        }
        return shown.size();
    }

    private void showStopped(int activeInstances) {
        if (!clone.is(ResourceFlag.UNIQUE) && clone.cloneMax > activeInstances) {
            stopped.clear();
            Iterable<ScoredNode> candidates =
                    clone.allowed.isEmpty() ? clone.probed : clone.allowed;
            for (ScoredNode candidate : candidates) {
                Node node = candidate.node;
                if (!clone.active.contains(node) && view.nodes().shows(node.name)) {
                    stopped.put(node.name, stoppedState(node));
                }
            }
        }
        if (!stopped.isEmpty()) {
            begin();
            for (String state : new TreeSet<>(stopped.values())) {
                List<String> names = new ArrayList<>();
                stopped.forEach((name, of) -> {
                    if (of.equals(state)) {
                        names.add(name);
                    }
                });
                out.item(state + ": [ " + String.join(" ", names) + " ]");
            }
        } else if (activeInstances == 0) {
            begin();
        }
    }

    private String stoppedState(Node node) {
        Cluster.FailedOperation probe = ResourceLine.failedProbe(clone, node.name);
        if (probe != null) {
            return "Stopped (" + ExitStatus.text(Entries.exitStatus(probe.entry(), 0)) + ")";
        }
        return configuredRole() == Role.STOPPED ? "Stopped (disabled)" : "Stopped";
    }
}
