package org.holdfast.cib.upgrade;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Blocks that refer to another block, written out for the time of the upgrade from 2.10, and folded
 * again where both came out the same.
 */
final class UnfoldedSets {

    private static final String[] TAGS = {
        "cluster_property_set", "instance_attributes", "meta_attributes"
    };
    private static final String MARK = "_cibtr-2_";

    private UnfoldedSets() {}

    static void unfold(Draft cib) throws UpgradeException {
        Map<String, Draft> originals = originals(cib);
        CopyBudget budget = new CopyBudget();
        for (Draft set : cib.inTree(TAGS)) {
            String target = set.get("id-ref");
            if (target != null) {
                Draft original = originals.get(set.name() + " " + target);
                if (original == null) {
                    throw new UpgradeException(
                            set.name() + " refers to \"" + target + "\", which does not exist");
                }
                writeOut(set, budget.copy(original));
            }
        }
    }

    private static void writeOut(Draft set, Draft copy) {
        String inner = "_" + MARK + copy.id() + "__";
        for (Draft child : copy.elements()) {
            child.forEachInTree(draft -> {
                if (draft.has("id") && !draft.is("resource_ref")) {
                    draft.set("id", inner + draft.id());
                }
            });
        }
        set.unset("id-ref");
        set.set("id", MARK + copy.id());
        set.addAttributesOf(copy);
        copy.elements().forEach(set::append);
    }

    static void fold(Draft cib) {
        Map<String, Draft> originals = originals(cib);
        for (Draft set : cib.inTree(TAGS)) {
            if (set.id().startsWith(MARK)) {
                String target = set.id().substring(MARK.length());
                Draft original = originals.get(set.name() + " " + target);
                if (original != null && isSame(original, set)) {
                    set.clearChildren();
                    List.copyOf(set.attributes().keySet()).forEach(set::unset);
                    set.set("id-ref", target);
                }
            }
        }
    }

    private static Map<String, Draft> originals(Draft cib) {
        Map<String, Draft> originals = new TreeMap<>();
        for (Draft set : cib.inTree(TAGS)) {
            if (set.has("id")) {
                originals.putIfAbsent(set.name() + " " + set.id(), set);
            }
        }
        return originals;
    }

    /** Whether two elements are the same but for their ids. */
    private static boolean isSame(Draft one, Draft other) {
        return withoutIds(one).equals(withoutIds(other));
    }

    private static org.holdfast.cib.document.Element withoutIds(Draft draft) {
        Draft copy = draft.copy();
        copy.forEachInTree(each -> each.unset("id"));
        return copy.toElement();
    }
}
