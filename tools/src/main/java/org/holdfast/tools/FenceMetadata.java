package org.holdfast.tools;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;

/**
 * What the cluster adds to a fence agent's description: that it starts and stops devices, and that
 * it sets the action and the node's name by itself.
 */
final class FenceMetadata {

    private static final List<String> SET_BY_THE_CLUSTER = List.of("action", "plug", "port");
    private static final String ACTION_TIMEOUT = "20s";

    private FenceMetadata() {}

    static Element completed(Element metadata) {
        return metadata.withChildren(
                metadata.children().stream().map(FenceMetadata::completedPart).toList());
    }

    private static Node completedPart(Node part) {
        if (!(part instanceof Element element)) {
            return part;
        }
        return switch (element.name()) {
            case "parameters" ->
                    element.withChildren(
                            element.children().stream().map(FenceMetadata::optional).toList());
            case "actions" -> withStartAndStop(element);
            default -> element;
        };
    }

    private static Node optional(Node part) {
        return part instanceof Element parameter
                        && SET_BY_THE_CLUSTER.contains(parameter.getOr("name", ""))
                ? parameter.with("required", "0")
                : part;
    }

    private static Element withStartAndStop(Element actions) {
        boolean stops =
                actions.elements().stream().anyMatch(action -> "stop".equals(action.get("name")));
        return stops ? actions : actions.append(action("stop")).append(action("start"));
    }

    private static Element action(String name) {
        return Element.of("action", "name", name, "timeout", ACTION_TIMEOUT);
    }
}
