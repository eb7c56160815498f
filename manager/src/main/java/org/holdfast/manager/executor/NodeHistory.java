package org.holdfast.manager.executor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;

/**
 * This node's operation history as its {@code lrm} element in the status section should read. It is
 * what a node brings along when it joins: the CIB may have lost it, the node never does.
 */
public final class NodeHistory {

    private record Recorded(ResourceAgent agent, Map<String, Element> entries) {}

    private final Map<String, Recorded> resources = new LinkedHashMap<>();

    /**
     * Adds or replaces entries of a resource. A stop ends its recurring operations.
     *
     * @return ids of entries for recurring operations that had no result yet and never will
     */
    public List<String> record(OperationResult result, List<Element> entries) {
        Recorded recorded =
                resources.computeIfAbsent(
                        result.order().resource().id(),
                        id -> new Recorded(result.order().resource(), new LinkedHashMap<>()));
        List<String> endless = new ArrayList<>();
        if (result.order().task().equals("stop") && !result.hasFailed()) {
            List<Element> recurring =
                    recorded.entries().values().stream()
                            .filter(entry -> !entry.getOr("interval", "0").equals("0"))
                            .toList();
            for (Element entry : recurring) {
                recorded.entries().remove(entry.id());
                if (entry.getOr("op-status", "").equals("-1")) {
                    endless.add(entry.id());
                }
            }
        }
        for (Element entry : entries) {
            recorded.entries().put(entry.id(), entry);
        }
        return endless;
    }

    /** Forgets one entry. */
    public void removeEntry(String resource, String entryId) {
        Recorded recorded = resources.get(resource);
        if (recorded != null) {
            recorded.entries().remove(entryId);
        }
    }

    /** Forgets a resource. */
    public void removeResource(String resource) {
        resources.remove(resource);
    }

    /** Whether the resource may be active here, going by its last operation. */
    public boolean mayBeActive(String resource) {
        Recorded recorded = resources.get(resource);
        Element last = recorded == null ? null : recorded.entries().get(resource + "_last_0");
        if (last == null) {
            return recorded != null && !recorded.entries().isEmpty();
        }
        String rc = last.getOr("rc-code", "");
        return switch (last.getOr("operation", "")) {
            case "stop" -> !rc.equals("0");
            case "monitor" ->
                    !rc.equals(Integer.toString(OperationResult.RC_NOT_RUNNING))
                            && !rc.equals(Integer.toString(OperationResult.RC_NOT_INSTALLED));
            default -> true;
        };
    }

    /** The resources that may be active here. */
    public List<ResourceAgent> active() {
        List<ResourceAgent> active = new ArrayList<>();
        resources.forEach((id, recorded) -> {
            if (mayBeActive(id)) {
                active.add(recorded.agent());
            }
        });
        return active;
    }

    /**
     * The {@code lrm} element.
     *
     * @param nodeId the node's id
     * @param origin put into {@code crm-debug-origin}: old results must not count as new failures
     */
    public Element toLrm(String nodeId, String origin) {
        List<Element> list = new ArrayList<>();
        for (Recorded recorded : resources.values()) {
            Element resource = recorded.agent().toLrmResource();
            List<Element> entries = new ArrayList<>();
            for (Element entry : recorded.entries().values()) {
                entries.add(entry.with("crm-debug-origin", origin));
            }
            list.add(resource.withChildren(entries));
        }
        return Element.of("lrm", "id", nodeId)
                .withChildren(List.of(Element.of("lrm_resources").withChildren(list)));
    }
}
