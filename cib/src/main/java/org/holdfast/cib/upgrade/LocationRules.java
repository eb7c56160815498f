package org.holdfast.cib.upgrade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A location constraint has one rule since 4.0: one with N rules becomes N constraints. */
final class LocationRules {

    private LocationRules() {}

    static void splitBySeveralRules(Draft cib) {
        Map<String, List<String>> successors = new LinkedHashMap<>();
        for (Draft constraints : cib.inTree("constraints")) {
            for (Draft location : constraints.elements("rsc_location")) {
                if (location.elements("rule").size() > 1) {
                    List<Draft> parts = split(location);
                    constraints.replace(location, parts);
                    successors.put(location.id(), parts.stream().map(Draft::id).toList());
                }
            }
        }
        for (Draft permission : cib.inTree("acl_permission")) {
            List<String> ids = successors.get(permission.getOrEmpty("reference"));
            if (ids != null) {
                permission.exchange("reference", "xpath", anyOf(ids));
            }
        }
    }

    private static List<Draft> split(Draft location) {
        List<Draft> parts = new ArrayList<>();
        for (Draft rule : location.elements("rule")) {
            Draft part = Draft.of("rsc_location");
            part.addAttributesOf(location);
            boolean isFirst = parts.isEmpty();
            location.elements("resource_set").forEach(set -> part.append(own(set, isFirst)));
            part.append(rule);
            location.elements("lifetime").forEach(lifetime -> part.append(own(lifetime, isFirst)));
            part.set("original", "0");
            part.set("id", From3To4.PREFIX + location.id() + "-" + (parts.size() + 1));
            parts.add(part);
        }
        return parts;
    }

    private static Draft own(Draft shared, boolean isFirst) {
        Draft copy = shared.copy();
        if (!isFirst) {
            References.markAsCopy(copy);
        }
        return copy;
    }

    private static String anyOf(List<String> ids) {
        return ids.stream()
                .map(id -> "@id = '" + id + "'")
                .collect(Collectors.joining(" or ", "//*[", "]"));
    }
}
