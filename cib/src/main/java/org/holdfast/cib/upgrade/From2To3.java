package org.holdfast.cib.upgrade;

import java.util.ArrayList;
import java.util.List;

/** From 2.10 to 3.0: options under their present names, each in the section where it belongs. */
final class From2To3 {

    /** Starts the ids of elements that the upgrade adds. */
    static final String PREFIX = "_2TO3_";

    private From2To3() {}

    static void apply(Draft cib, UpgradeLog log) throws UpgradeException {
        UnfoldedSets.unfold(cib);
        new OldNameNotes(log).add(cib);
        cib.set("validate-with", "pacemaker-3.0");
        for (Draft configuration : cib.inTree("configuration")) {
            moveToDefaults(configuration, OldNames.OP_DEFAULTS);
            moveToDefaults(configuration, OldNames.RSC_DEFAULTS);
            for (Draft crmConfig : configuration.elements("crm_config")) {
                crmConfig.elements("cluster_property_set").forEach(From2To3::renameOptions);
                crmConfig.removeElementsIf(From2To3::isEmptySet);
            }
        }
        for (Draft node : cib.inTree("node")) {
            if ("normal".equals(node.get("type"))) {
                node.set("type", "member");
            }
        }
        for (Draft colocation : cib.inTree("rsc_colocation")) {
            colocation.unset("score-attribute"); // never had an effect
            colocation.unset("score-attribute-mangle");
        }
        for (Draft resource : cib.inTree("primitive", "template")) {
            OldResource.apply(resource);
        }
        UnfoldedSets.fold(cib);
    }

    private static boolean isEmptySet(Draft set) {
        return set.is("cluster_property_set") && set.elements("nvpair").isEmpty();
    }

    private static void renameOptions(Draft set) {
        List<Draft> leaving = new ArrayList<>();
        for (Draft pair : set.elements("nvpair")) {
            Replacement entry = replacement(pair);
            if (entry != null && entry.leaves()) {
                leaving.add(pair);
            } else if (entry != null) {
                entry.applyTo(pair);
            }
        }
        set.removeElementsIf(leaving::contains);
    }

    private static @org.jspecify.annotations.Nullable Replacement replacement(Draft pair) {
        return Replacement.find(
                OldNames.CLUSTER_OPTIONS, pair.getOrEmpty("name"), pair.getOrEmpty("value"));
    }

    /** Cluster options that are defaults of resources or operations since 3.0. */
    private static void moveToDefaults(Draft configuration, String section) {
        List<Draft> moved = new ArrayList<>();
        for (Draft crmConfig : configuration.elements("crm_config")) {
            for (Draft set : crmConfig.elements("cluster_property_set")) {
                if (!set.contains("rule")) {
                    collectMoved(set, section, moved);
                }
            }
        }
        Draft defaults = configuration.first(section);
        if (defaults == null) {
            if (!moved.isEmpty()) {
                configuration.append(newDefaults(section, moved));
            }
            return;
        }
        List<Draft> sets = new ArrayList<>(defaults.elements("meta_attributes"));
        sets.removeIf(set -> set.contains("rule"));
        if (!sets.isEmpty()) {
            moved.removeIf(pair -> sets.stream().anyMatch(set -> defines(set, pair)));
            moved.forEach(sets.getFirst()::append);
        }
    }

    private static void collectMoved(Draft set, String section, List<Draft> moved) {
        for (Draft pair : set.elements("nvpair")) {
            Replacement entry = replacement(pair);
            if (entry != null && section.equals(entry.where())) {
                Draft copy = pair.copy();
                entry.applyTo(copy);
                moved.add(copy);
            }
        }
    }

    private static boolean defines(Draft set, Draft pair) {
        return set.elements("nvpair").stream()
                .anyMatch(each -> each.getOrEmpty("name").equals(pair.get("name")));
    }

    private static Draft newDefaults(String section, List<Draft> pairs) {
        String kind = section.equals(OldNames.OP_DEFAULTS) ? "op" : "rsc";
        Draft set = Draft.of("meta_attributes", "id", PREFIX + "-" + kind + "-defaults");
        pairs.forEach(set::append);
        Draft defaults = Draft.of(section);
        defaults.append(set);
        return defaults;
    }
}
