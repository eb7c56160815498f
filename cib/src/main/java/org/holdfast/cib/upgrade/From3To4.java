package org.holdfast.cib.upgrade;

/**
 * From 3.10 to 4.0, in the order that matters: references are resolved first, so that every step
 * sees whole elements, and become references again at the end where nothing came between.
 */
final class From3To4 {

    /** Starts the ids of elements that the upgrade adds. */
    static final String PREFIX = "pcmk__3_10_upgrade-";

    private From3To4() {}

    static void apply(Draft cib, UpgradeLog log) throws UpgradeException {
        References.resolve(cib);
        cib.set("validate-with", "pacemaker-4.0");
        AttributeSets.sortByScore(cib);
        RenamedOptions.apply(cib, log);
        AttributeSets.dropRepeatedNames(cib);
        LegacyKinds.apply(cib);
        LocationRules.splitBySeveralRules(cib);
        Lifetimes.apply(cib, log);
        DroppedResources.apply(cib, log);
        References.restore(cib);
        References.neutralizeDanglingPermissions(cib);
    }
}
