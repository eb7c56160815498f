package org.holdfast.tools.state;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** Where resources are active, by the histories in the CIB's status section alone. */
final class ActiveResources {

    private ActiveResources() {}

    /**
     * Names of the nodes on which each configured primitive is active; none for one that is
     * stopped.
     *
     * @param cib the whole CIB
     */
    static SequencedMap<String, List<String>> of(Element cib) {
        SequencedMap<String, List<String>> active = new TreeMap<>();
        Element resources = cib.path("configuration", "resources");
        if (resources != null) {
            collect(resources, active);
        }
        Element status = cib.first("status");
        if (status == null) {
            return active;
        }
        for (Element node : status.elements("node_state")) {
            if (!isMember(node)) {
                continue;
            }
            Element histories = node.path("lrm", "lrm_resources");
            if (histories == null) {
                continue;
            }
            for (Element history : histories.elements("lrm_resource")) {
                if (isActive(history)) {
                    active.computeIfAbsent(history.id(), _ -> new ArrayList<>())
                            .add(node.getOr("uname", node.id()));
                }
            }
        }
        return active;
    }

    private static void collect(Element parent, SequencedMap<String, List<String>> active) {
        for (Element child : parent.elements()) {
            if (child.name().equals("primitive")) {
                active.put(child.id(), new ArrayList<>());
            } else {
                collect(child, active);
            }
        }
    }

    /** {@code in_ccm} is a boolean of old and the time since when of new feature sets. */
    private static boolean isMember(Element node) {
        String member = node.getOr("in_ccm", "false");
        return !member.equals("false") && !member.equals("0");
    }

    private static boolean isActive(Element history) {
        Element last = null;
        long lastCall = -1;
        for (Element operation : history.elements("lrm_rsc_op")) {
            long call = number(operation.get("call-id"));
            boolean counts =
                    number(operation.get("op-status")) == 0
                            && (operation.getOr("interval", "0").equals("0") || last == null);
            if (counts && call >= lastCall) {
                last = operation;
                lastCall = call;
            }
        }
        if (last == null) {
            return false;
        }
        String code = last.getOr("rc-code", "");
        return switch (last.getOr("operation", "")) {
            case "stop" -> !code.equals("0");
            case "start", "monitor", "promote", "demote" ->
                    code.equals("0") || code.equals("8") || code.equals("190");
            default -> false;
        };
    }

    private static long number(@Nullable String text) {
        try {
            return text == null ? -1 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
