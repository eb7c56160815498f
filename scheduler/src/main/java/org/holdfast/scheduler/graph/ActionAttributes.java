package org.holdfast.scheduler.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.ResourceParameters;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.OpTargets;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * What an agent, the fencer or the controller gets with an action: parameters and meta-attributes.
 */
final class ActionAttributes {

    /** The feature set that our graphs conform to. */
    static final String FEATURE_SET = "3.20.5";

    private static final String META = "CRM_meta_";

    private ActionAttributes() {}

    /**
     * The element {@code attributes}, by name; parameters whose names begin with a digit are its
     * children.
     *
     * @param showsNode whether the node is among them
     */
    static Element of(Action action, boolean showsNode) {
        AttributeBuilder attributes = new AttributeBuilder();
        Map<String, String> odd = new TreeMap<>();
        attributes.put("crm_feature_set", FEATURE_SET);
        action.parameters.forEach(attributes::putIfAbsent);
        Resource resource = action.resource;
        if (resource != null) {
            addParameters(resource, action.node, attributes, odd);
        }
        action.meta.forEach((name, value) -> addMeta(name, value, attributes));
        if (showsNode && action.node != null) {
            attributes.put(META + "on_node", action.node.name);
            attributes.put(META + "on_node_uuid", action.node.id);
        }
        if (resource != null) {
            for (Resource at = resource; at != null; at = at.parent) {
                addKind(at, attributes);
            }
            addGuest(action, resource, attributes);
        }
        Element all = attributes.buildSorted("attributes");
        return odd.isEmpty() ? all : all.withChildren(asParameters(odd));
    }

    private static List<Element> asParameters(Map<String, String> odd) {
        List<Element> parameters = new ArrayList<>(odd.size());
        odd.forEach(
                (name, value) -> parameters.add(Element.of("param", "name", name, "value", value)));
        return parameters;
    }

    private static void addParameters(
            Resource resource,
            @Nullable Node node,
            AttributeBuilder attributes,
            Map<String, String> odd) {
        if (node == null && !(resource instanceof Primitive)) {
            return;
        }
        Map<String, String> parameters = ResourceParameters.of(resource, node);
        if (node != null && "#uname".equals(parameters.get("addr"))) {
            String address = ResourceParameters.of(resource, null).get("addr");
            if (address != null) {
                parameters.put("addr", address);
            }
        }
        parameters.forEach((name, value) -> {
            if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
                odd.put(name, value);
            } else {
                attributes.putIfAbsent(name, value);
            }
        });
    }

    private static void addMeta(String name, @Nullable String value, AttributeBuilder attributes) {
        // Fail counts and their like are the cluster's own business.
        if (value != null && name.indexOf('#') < 0 && name.indexOf(':') < 0) {
            attributes.putIfAbsent(metaName(name), value);
        }
    }

    private static String metaName(String name) {
        return MetaNames.of(name);
    }

    private static void addKind(Resource resource, AttributeBuilder attributes) {
        if (resource instanceof Primitive) {
            addPrimitive(resource, attributes);
        } else if (resource instanceof Clone clone) {
            addClone(clone, attributes);
        }
    }

    private static void addPrimitive(Resource resource, AttributeBuilder attributes) {
        for (String name : new String[] {"clone", "remote-node"}) {
            String value = resource.meta(name);
            if (value != null) {
                attributes.put(metaName(name), value);
            }
        }
        for (Resource at = resource; at != null; at = at.parent) {
            if (at.launcher != null) {
                attributes.put(META + "container", at.launcher.id);
            }
        }
        String address = resource.meta("external-ip");
        if (address != null) {
            attributes.put("pcmk_external_ip", address);
        }
    }

    private static void addClone(Clone clone, AttributeBuilder attributes) {
        attributes.put(META + "globally_unique", Boolean.toString(clone.is(ResourceFlag.UNIQUE)));
        attributes.put(META + "notify", Boolean.toString(clone.is(ResourceFlag.NOTIFY)));
        attributes.put(META + "clone_max", Integer.toString(clone.cloneMax));
        attributes.put(META + "clone_node_max", Integer.toString(clone.cloneNodeMax));
        if (clone.is(ResourceFlag.PROMOTABLE)) {
            String max = Integer.toString(clone.promotedMax);
            String nodeMax = Integer.toString(clone.promotedNodeMax);
            attributes.put(META + "promoted_max", max);
            attributes.put(META + "promoted_node_max", nodeMax);
            attributes.put(META + "master_max", max);
            attributes.put(META + "master_node_max", nodeMax);
        }
    }

    /** On a guest, where the guest itself is at that time. */
    private static void addGuest(Action action, Resource resource, AttributeBuilder attributes) {
        Node guest = action.node;
        if (guest == null || !guest.isGuest()) {
            return; // A guest that is configured as a full node, too, counts as one here.
        }
        Resource launcher = OpTargets.launcherOf(guest);
        if (launcher == null) {
            return;
        }
        String task = action.task;
        if (task.equals(Tasks.NOTIFY) || task.equals(Tasks.NOTIFIED)) {
            task = action.meta.getOrDefault("notify_operation", "");
        }
        Node host =
                switch (task) {
                    case Tasks.STOP, Tasks.STOPPED, Tasks.DEMOTE, Tasks.DEMOTED ->
                            launcher.activeNode();
                    case Tasks.START, Tasks.RUNNING, Tasks.MONITOR -> launcher.assignedNode();
                    case Tasks.PROMOTE, Tasks.PROMOTED -> launcher.assignedNode();
                    default -> null;
                };
        if (host != null) {
            addMeta(
                    "container-attribute-target",
                    resource.meta("container-attribute-target"),
                    attributes);
            addMeta("physical-host", host.name, attributes);
        }
    }
}
