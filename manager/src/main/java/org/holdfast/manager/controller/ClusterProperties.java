package org.holdfast.manager.controller;

import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** The cluster properties that the controller itself goes by. */
final class ClusterProperties {

    private final Element cib;

    ClusterProperties(Element cib) {
        this.cib = cib;
    }

    /** The value of a property, or null; the first set that has it counts. */
    @Nullable String get(String name) {
        Element config = cib.path("configuration", "crm_config");
        if (config == null) {
            return null;
        }
        for (Element set : config.elements("cluster_property_set")) {
            for (Element pair : set.elements("nvpair")) {
                if (name.equals(pair.get("name"))) {
                    return pair.get("value");
                }
            }
        }
        return null;
    }

    /** How many actions a node may be busy with, given how many processors nodes have. */
    int jobsPerNode(int processors) {
        String value = get("node-action-limit");
        if (value != null) {
            try {
                int limit = Integer.parseInt(value.strip());
                if (limit > 0) {
                    return limit;
                }
            } catch (NumberFormatException noNumber) {
                // The scheduler's check of properties tells of it; the default counts.
            }
        }
        return 2 * Math.max(1, processors);
    }

    /** A property that is a time, in milliseconds. */
    long millis(String name, long fallback) {
        String value = get(name);
        return value == null ? fallback : TransitionGraph.millis(value);
    }
}
