package org.holdfast.cib.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * There are no lifetimes since 4.0. In a location constraint its rules join the constraint's own;
 * elsewhere it goes, and rules of it that others refer to find a home in a constraint that matches
 * no resource.
 */
final class Lifetimes {

    private Lifetimes() {}

    static void apply(Draft cib, UpgradeLog log) {
        for (Draft constraints : cib.inTree("constraints")) {
            List<Draft> homeless = rulesStillNeeded(cib, constraints);
            for (Draft constraint : constraints.elements("rsc_colocation", "rsc_order")) {
                if (constraint.contains("lifetime")) {
                    constraint.removeElementsIf(child -> child.is("lifetime"));
                    log.warn(
                            "Dropping lifetime element from constraint "
                                    + constraint.id()
                                    + " because lifetime elements are no longer supported. Any"
                                    + " rules contained there will no longer apply to the"
                                    + " constraint");
                }
            }
            for (Draft location : constraints.elements("rsc_location")) {
                if (location.contains("lifetime")) {
                    constraints.replace(location, List.of(withoutLifetime(location)));
                }
            }
            if (!homeless.isEmpty()) {
                constraints.append(home(homeless));
            }
        }
    }

    /** Rules defined in a lifetime that goes, with a copy outside of those lifetimes. */
    private static List<Draft> rulesStillNeeded(Draft cib, Draft constraints) {
        List<Draft> leaving = new ArrayList<>();
        List<Draft> defined = new ArrayList<>();
        for (Draft constraint : constraints.elements("rsc_colocation", "rsc_order")) {
            for (Draft lifetime : constraint.elements("lifetime")) {
                leaving.addAll(lifetime.inTree("rule"));
                defined.addAll(lifetime.elements("rule"));
            }
        }
        Set<String> elsewhere = new TreeSet<>();
        for (Draft rule : cib.inTree("rule")) {
            if (leaving.stream().noneMatch(each -> each == rule)) {
                elsewhere.add(rule.id());
            }
        }
        return defined.stream()
                .filter(rule -> References.isOriginal(rule) && elsewhere.contains(rule.id()))
                .toList();
    }

    private static Draft home(List<Draft> rules) {
        String id = From3To4.PREFIX + "coloc-order-lifetime-rules";
        Draft location = Draft.of("rsc_location", "id", id, "rsc-pattern", "a^");
        Draft wrapper = Draft.of("rule", "id", id + "-rule", "score", "-INFINITY");
        rules.forEach(wrapper::append);
        location.append(wrapper);
        return location;
    }

    private static Draft withoutLifetime(Draft location) {
        Draft result = Draft.of("rsc_location");
        result.addAttributesOf(location);
        result.unset("node");
        result.unset("score");
        location.elements("resource_set").forEach(result::append);
        Draft both =
                Draft.of(
                        "rule",
                        "id",
                        From3To4.PREFIX + location.id() + "-lifetime-and-rule",
                        "boolean-op",
                        "and");
        if (location.contains("rule")) {
            location.elements("rule").forEach(both::append);
        } else {
            both.append(nodeRule(location));
        }
        location.elements("lifetime").forEach(lifetime -> addRules(both, location, lifetime));
        result.append(both);
        return result;
    }

    private static void addRules(Draft to, Draft location, Draft lifetime) {
        List<Draft> rules = lifetime.elements("rule");
        if (rules.size() == 1) {
            to.append(rules.getFirst());
            return;
        }
        Draft any =
                Draft.of(
                        "rule",
                        "id",
                        From3To4.PREFIX + location.id() + "-lifetime-or-rule",
                        "boolean-op",
                        "or");
        rules.forEach(any::append);
        to.append(any);
    }

    private static Draft nodeRule(Draft location) {
        String id = From3To4.PREFIX + location.id() + "-node-score-rule";
        Draft rule = Draft.of("rule", "id", id, "score", location.getOrEmpty("score"));
        rule.append(
                Draft.of(
                        "expression",
                        "id",
                        id + "-expr",
                        "attribute",
                        "#uname",
                        "operation",
                        "eq",
                        "value",
                        location.getOrEmpty("node")));
        return rule;
    }
}
