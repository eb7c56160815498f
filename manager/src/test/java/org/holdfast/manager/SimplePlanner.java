package org.holdfast.manager;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.manager.controller.TransitionPlanner;
import org.jspecify.annotations.Nullable;

/**
 * A planner that fits on a page, so that the controller's tests do not depend on the scheduler's:
 * probe where nothing is known, keep a resource where it runs, start it on the first node that may,
 * nothing without quorum.
 */
final class SimplePlanner implements TransitionPlanner {

    private final List<Element> synapses = new ArrayList<>();
    private final Map<String, List<Element>> stopsOf = new LinkedHashMap<>();
    private Element status = Element.of("status");
    private int lastAction;

    @Override
    public Element plan(Element cib, long epochSeconds, int transitionId) {
        synapses.clear();
        lastAction = 0;
        Element present = cib.first("status");
        status = present == null ? Element.of("status") : present;
        boolean quorate = cib.getOr("have-quorum", "0").equals("1");
        List<Element> online = new ArrayList<>();
        List<Element> usable = new ArrayList<>();
        for (Element state : status.elements("node_state")) {
            boolean isOnline =
                    !state.getOr("crmd", "0").equals("0")
                            && state.getOr("join", "").equals("member");
            if (isOnline) {
                online.add(state);
                if (attribute(state, "standby") == null && attribute(state, "shutdown") == null) {
                    usable.add(state);
                }
            }
        }
        Element resources = cib.path("configuration", "resources");
        stopsOf.clear();
        for (Element primitive :
                resources == null ? List.<Element>of() : resources.elements("primitive")) {
            plan(primitive, online, quorate ? usable : List.of());
        }
        for (Element state : online) {
            if (attribute(state, "shutdown") != null) {
                add(
                        Element.of(
                                "crm_event",
                                "id",
                                Integer.toString(++lastAction),
                                "operation",
                                "do_shutdown",
                                "on_node",
                                state.getOr("uname", ""),
                                "on_node_uuid",
                                state.id()),
                        stopsOf.getOrDefault(state.id(), List.of()));
            }
        }
        return Element.of("transition_graph", "cluster-delay", "60s").withChildren(synapses);
    }

    private void plan(Element primitive, List<Element> online, List<Element> usable) {
        List<Element> probes = new ArrayList<>();
        Set<Element> activeOn = new LinkedHashSet<>();
        boolean failed = false;
        for (Element state : online) {
            Element last = last(state, primitive.id());
            if (last == null) {
                probes.add(action(primitive, state, "monitor", 0, 7));
            } else if (isActive(last)) {
                activeOn.add(state);
                failed |=
                        last.getOr("operation", "").equals("start")
                                && !last.getOr("rc-code", "").equals("0");
                failed |=
                        attribute(state, "fail-count-" + primitive.id() + "#monitor_10000") != null
                                && last(state, primitive.id(), "_last_failure_0") != null;
            }
        }
        probes.forEach(probe -> add(probe, List.of()));
        Element target =
                activeOn.size() == 1 && usable.containsAll(activeOn) && !failed
                        ? activeOn.iterator().next()
                        : usable.isEmpty() ? null : best(primitive, usable);
        List<Element> stops = new ArrayList<>(probes);
        Set<Element> stopping = new LinkedHashSet<>();
        for (Element state : activeOn) {
            if (state != target || failed) {
                Element stop = action(primitive, state, "stop", 0, 0);
                add(stop, List.of());
                stops.add(stop);
                stopsOf.computeIfAbsent(state.id(), key -> new ArrayList<>()).add(stop);
                stopping.add(state);
            }
        }
        if (target != null && (!activeOn.contains(target) || stopping.contains(target))) {
            Element start = action(primitive, target, "start", 0, 0);
            add(start, stops);
            add(action(primitive, target, "monitor", 10_000, 0), List.of(start));
        }
    }

    private static @Nullable Element best(Element primitive, List<Element> usable) {
        for (Element state : usable) {
            String count = attribute(state, "fail-count-" + primitive.id() + "#start_0");
            if (count == null || !count.equals("INFINITY")) {
                return state;
            }
        }
        return null;
    }

    private static boolean isActive(Element last) {
        String rc = last.getOr("rc-code", "");
        return switch (last.getOr("operation", "")) {
            case "stop" -> !rc.equals("0");
            case "monitor" -> rc.equals("0");
            case "start" -> true;
            default -> true;
        };
    }

    private static @Nullable Element last(Element state, String resource) {
        return last(state, resource, "_last_0");
    }

    private static @Nullable Element last(Element state, String resource, String suffix) {
        Element resources = state.path("lrm", "lrm_resources");
        for (Element history :
                resources == null ? List.<Element>of() : resources.elements("lrm_resource")) {
            if (history.id().equals(resource)) {
                for (Element entry : history.elements("lrm_rsc_op")) {
                    if (entry.id().equals(resource + suffix)) {
                        return entry;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String attribute(Element state, String name) {
        Element set = state.path("transient_attributes", "instance_attributes");
        for (Element pair : set == null ? List.<Element>of() : set.elements("nvpair")) {
            if (name.equals(pair.get("name"))) {
                return pair.get("value");
            }
        }
        return null;
    }

    private Element action(
            Element primitive, Element state, String task, long interval, int targetRc) {
        String id = Integer.toString(++lastAction);
        Element attributes =
                Element.of(
                        "attributes",
                        "CRM_meta_name",
                        task,
                        "CRM_meta_on_node",
                        state.getOr("uname", ""),
                        "CRM_meta_timeout",
                        "20000",
                        "CRM_meta_op_target_rc",
                        Integer.toString(targetRc),
                        "CRM_meta_interval",
                        Long.toString(interval));
        return Element.of(
                        "rsc_op",
                        "id",
                        id,
                        "operation",
                        task,
                        "operation_key",
                        primitive.id() + "_" + task + "_" + interval,
                        "on_node",
                        state.getOr("uname", ""),
                        "on_node_uuid",
                        state.id())
                .withChildren(List.of(primitive.withChildren(List.of()), attributes));
    }

    private void add(Element action, List<Element> inputs) {
        List<Element> triggers = new ArrayList<>();
        for (Element input : inputs) {
            triggers.add(
                    Element.of("trigger")
                            .withChildren(List.of(Element.of("rsc_op", "id", input.id()))));
        }
        synapses.add(
                Element.of("synapse", "id", Integer.toString(synapses.size()))
                        .withChildren(
                                List.of(
                                        Element.of("action_set").withChildren(List.of(action)),
                                        Element.of("inputs").withChildren(triggers))));
    }
}
