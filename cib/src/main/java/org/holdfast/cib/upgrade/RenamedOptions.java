package org.holdfast.cib.upgrade;

import java.util.Map;

/** Options, rule parts and levels that 4.0 calls otherwise or does not know. */
final class RenamedOptions {

    private static final int LEVEL_MAX = 9;
    private static final Map<String, String> NEW_NAMES =
            Map.of(
                    "crmd-finalization-timeout", "join-finalization-timeout",
                    "crmd-integration-timeout", "join-integration-timeout",
                    "crmd-transition-delay", "transition-delay");

    private RenamedOptions() {}

    static void apply(Draft cib, UpgradeLog log) {
        cib.forEachInTree(draft -> {
            draft.removeElementsIf(child -> child.is("nvpair") && !child.has("value"));
            switch (draft.name()) {
                case "cluster_property_set" -> clusterOptions(draft, log);
                case "date_spec" -> dateSpec(draft, log);
                case "fencing-topology" ->
                        draft.removeElementsIf(RenamedOptions::isBeyondTheLastLevel);
                default -> {}
            }
        });
    }

    private static void clusterOptions(Draft set, UpgradeLog log) {
        for (Draft pair : set.elements("nvpair")) {
            String name = pair.getOrEmpty("name");
            String newName = NEW_NAMES.get(name);
            if (newName != null) {
                pair.set("name", newName);
            } else if (name.equals("stonith-action") && "poweroff".equals(pair.get("value"))) {
                pair.set("value", "off");
            } else if (name.equals("remove-after-stop")) {
                log.warn(
                        "Dropping nvpair "
                                + pair.id()
                                + " because the remove-after-stop property is unsupported");
            }
        }
        set.removeElementsIf(pair -> "remove-after-stop".equals(pair.get("name")));
    }

    private static void dateSpec(Draft spec, UpgradeLog log) {
        if (spec.has("moon")) {
            spec.unset("moon");
            log.warn(
                    "Dropping moon attribute from date spec "
                            + spec.id()
                            + " because moon phase is no longer supported");
        }
    }

    private static boolean isBeyondTheLastLevel(Draft level) {
        if (!level.is("fencing-level")) {
            return false;
        }
        try {
            return Double.parseDouble(level.getOrEmpty("index")) > LEVEL_MAX;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
