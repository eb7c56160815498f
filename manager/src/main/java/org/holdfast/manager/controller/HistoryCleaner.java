package org.holdfast.manager.controller;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.controlapi.ManagerRequest.CleanHistory;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.executor.TransitionKey;
import org.jspecify.annotations.Nullable;

/** Carries out {@code crm_resource --cleanup}, {@code --refresh} and {@code --fail}. */
public final class HistoryCleaner {

    private final Controller controller;
    private final Element cib;

    /** A cleaner that goes by a CIB. */
    public HistoryCleaner(Controller controller, Element cib) {
        this.controller = controller;
        this.cib = cib;
    }

    /** Has failures or histories forgotten; answers what is wrong with the request, or null. */
    public @Nullable String clean(CleanHistory request) {
        Map<String, Element> wanted = null;
        String resource = request.resource();
        if (resource != null) {
            Element resources = cib.path("configuration", "resources");
            Element named = resources == null ? null : named(resources, resource);
            if (named == null) {
                return "there is no resource named " + resource;
            }
            wanted = new LinkedHashMap<>();
            collect(named, wanted);
        }
        NodeId only = null;
        String node = request.node();
        if (node != null) {
            only = controller.nodeNamed(node);
            if (only == null) {
                return "there is no node named " + node;
            }
        }
        Element status = cib.first("status");
        for (Element state : status == null ? List.<Element>of() : status.elements("node_state")) {
            NodeId host = ControllerMessages.nodeId(state.id());
            Element resources = state.path("lrm", "lrm_resources");
            if (host == null || resources == null || only != null && !only.equals(host)) {
                continue;
            }
            for (Element history : resources.elements("lrm_resource")) {
                String base = baseName(history.id());
                if (wanted == null
                        || wanted.containsKey(history.id())
                        || wanted.containsKey(base)) {
                    clean(request, host, history);
                }
            }
        }
        return null;
    }

    /**
     * Makes a resource count as failed on a node; answers what is wrong, or null.
     *
     * @param id a primitive's id, with an instance number where it has one
     */
    public @Nullable String fail(String id, NodeId host) {
        Element resources = cib.path("configuration", "resources");
        Element named = resources == null ? null : named(resources, baseName(id));
        if (named == null || !named.name().equals("primitive")) {
            return "there is no primitive resource named " + id;
        }
        Element template = named;
        String templateId = named.get("template");
        if (templateId != null && resources != null) {
            Element found = named(resources, templateId);
            template = found == null ? named : found;
        }
        tellExecutor(
                ControllerMessages.LRM_FAIL,
                "asyncmon",
                Element.builder("primitive")
                        .attribute("id", id)
                        .optional("class", template.get("class"))
                        .optional("provider", template.get("provider"))
                        .optional("type", template.get("type"))
                        .build(),
                host);
        return null;
    }

    private void clean(CleanHistory request, NodeId host, Element history) {
        if (request.onlyFailed() && !hasFailure(history, request)) {
            return;
        }
        String operation = request.operation();
        controller.clean(
                history.id(),
                host,
                operation == null || request.intervalMillis() < 0
                        ? null
                        : operation + "_" + request.intervalMillis());
        Element.Builder primitive =
                Element.builder("primitive")
                        .attribute("id", history.id())
                        .optional("class", history.get("class"))
                        .optional("provider", history.get("provider"))
                        .optional("type", history.get("type"));
        tellExecutor(ControllerMessages.LRM_DELETE, "delete", primitive.build(), host);
    }

    /** Sends a node an order that belongs to no transition. */
    private void tellExecutor(String request, String task, Element primitive, NodeId target) {
        ControllerMessages messages = controller.messages();
        messages.send(
                target,
                messages.request(request, "crm_resource", "lrmd", target)
                        .child(
                                ControllerMessages.payload(
                                        Element.of("rsc_op", "operation", task)
                                                .withChildren(List.of(primitive))))
                        .build());
    }

    private static boolean hasFailure(Element history, CleanHistory request) {
        for (Element entry : history.elements("lrm_rsc_op")) {
            String operation = request.operation();
            if (operation != null && !operation.equals(entry.get("operation"))) {
                continue;
            }
            if (request.intervalMillis() >= 0
                    && operation != null
                    && ControllerMessages.number(entry, "interval", 0)
                            != request.intervalMillis()) {
                continue;
            }
            TransitionKey key = TransitionKey.parse(entry.get("transition-key"));
            long status = ControllerMessages.number(entry, "op-status", 0);
            long rc = ControllerMessages.number(entry, "rc-code", 0);
            if (status > 0 || status == 0 && key != null && rc != key.targetRc()) {
                return true;
            }
        }
        return false;
    }

    /** The resource's name without a clone instance's number. */
    private static String baseName(String id) {
        int colon = id.lastIndexOf(':');
        return colon < 0 ? id : id.substring(0, colon);
    }

    private static @Nullable Element named(Element parent, String id) {
        List<Element> level = new ArrayList<>(parent.elements());
        while (!level.isEmpty()) {
            List<Element> below = new ArrayList<>();
            for (Element element : level) {
                if (element.id().equals(id)) {
                    return element;
                }
                if (isCollection(element)) {
                    below.addAll(element.elements());
                }
            }
            level = below;
        }
        return null;
    }

    private static void collect(Element resource, Map<String, Element> into) {
        if (resource.name().equals("primitive")) {
            into.put(resource.id(), resource);
        } else if (isCollection(resource)) {
            resource.elements().forEach(child -> collect(child, into));
        }
    }

    private static boolean isCollection(Element element) {
        return switch (element.name()) {
            case "group", "clone", "master", "bundle" -> true;
            default -> false;
        };
    }
}
