package org.holdfast.scheduler.graph;

import java.util.Map;
import java.util.TreeMap;
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
     * The attributes by name.
     *
     * @param odd takes parameters whose names begin with a digit
     */
    static Map<String, String> of(Action action, Map<String, String> odd) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("crm_feature_set", FEATURE_SET);
        action.parameters.forEach(attributes::putIfAbsent);
        Resource resource = action.resource;
        if (resource != null) {
            addParameters(resource, action.node, attributes, odd);
        }
        action.meta.forEach((name, value) -> addMeta(name, value, attributes));
        if (resource != null) {
            for (Resource at = resource; at != null; at = at.parent) {
                addKind(at, attributes);
            }
            addGuest(action, resource, attributes);
        }
        return attributes;
    }

    private static void addParameters(
            Resource resource,
            @Nullable Node node,
            Map<String, String> attributes,
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

    private static void addMeta(
            String name, @Nullable String value, Map<String, String> attributes) {
        // Fail counts and their like are the cluster's own business.
        if (value != null && name.indexOf('#') < 0 && name.indexOf(':') < 0) {
            attributes.putIfAbsent(metaName(name), value);
        }
    }

    private static String metaName(String name) {
        return META + name.replace('-', '_');
    }

    private static void addKind(Resource resource, Map<String, String> attributes) {
        if (resource instanceof Primitive) {
            addPrimitive(resource, attributes);
        } else if (resource instanceof Clone clone) {
            addClone(clone, attributes);
        }
    }

    private static void addPrimitive(Resource resource, Map<String, String> attributes) {
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

    private static void addClone(Clone clone, Map<String, String> attributes) {
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
    private static void addGuest(Action action, Resource resource, Map<String, String> attributes) {
        Resource launcher = OpTargets.launcherOf(action.node);
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
