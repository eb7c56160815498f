package org.holdfast.scheduler.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * The operation history of the status section, found by node name and resource in constant time.
 */
public final class HistoryIndex {

    private final Element cib;
    private @Nullable Map<String, Map<String, Element>> byNode;

    HistoryIndex(Element cib) {
        this.cib = cib;
    }

    /** The history of a resource (by its id in the history) on a node, or null. */
    public @Nullable Element resource(String nodeName, String resourceId) {
        Map<String, Element> resources = index().get(nodeName);
        return resources == null ? null : resources.get(resourceId);
    }

    /** The histories of all resources on a node, in document order. */
    public Collection<Element> resourcesOn(String nodeName) {
        Map<String, Element> resources = index().get(nodeName);
        return resources == null ? List.of() : resources.values();
    }

    /** The entries of a resource on a node in document order. */
    public List<Element> operations(String nodeName, String resourceId) {
        Element resource = resource(nodeName, resourceId);
        return resource == null ? List.of() : resource.elements("lrm_rsc_op");
    }

    /** The resource histories below a node state, in document order. */
    public static List<Element> resources(Element nodeState) {
        Element resources = nodeState.path("lrm", "lrm_resources");
        return resources == null ? List.of() : resources.elements("lrm_resource");
    }

    private Map<String, Map<String, Element>> index() {
        Map<String, Map<String, Element>> index = byNode;
        if (index == null) {
            index = new LinkedHashMap<>();
            for (Element state : states()) {
                Map<String, Element> resources =
                        index.computeIfAbsent(
                                state.getOr("uname", ""), key -> new LinkedHashMap<>());
                for (Element resource : resources(state)) {
                    resources.putIfAbsent(resource.id(), resource);
                }
            }
            byNode = index;
        }
        return index;
    }

    private List<Element> states() {
        Element status = cib.first("status");
        return status == null ? new ArrayList<>() : status.elements("node_state");
    }
}
