package org.holdfast.cib.upgrade;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource's meta-attributes on their way to 3.0. Several old names may become one new name; then
 * only one pair remains. Which one follows from the order in which Pacemaker's transformation looks
 * at them: the very first pair of its block and the blocks behind it, else none.
 */
final class OldMetaAttributes {

    private final List<Draft> sets;

    OldMetaAttributes(List<Draft> sets) {
        this.sets = sets;
    }

    void apply() {
        // Decisions are taken on the blocks as they were, changes made afterwards.
        List<Runnable> changes = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            Draft set = sets.get(i);
            List<Draft> leaving = new ArrayList<>();
            for (Draft pair : set.elements("nvpair")) {
                Replacement entry = replacement(pair);
                if (entry == null) {
                    continue;
                }
                if (entry.leaves() || !remains(pair, entry, sets.subList(i, sets.size()))) {
                    leaving.add(pair);
                } else {
                    changes.add(() -> entry.applyTo(pair));
                }
            }
            changes.add(() -> set.removeElementsIf(leaving::contains));
        }
        changes.forEach(Runnable::run);
    }

    private static @Nullable Replacement replacement(Draft pair) {
        return Replacement.find(
                OldNames.RESOURCE_META, pair.getOrEmpty("name"), pair.getOrEmpty("value"));
    }

    private static boolean remains(Draft pair, Replacement entry, List<Draft> fromHere) {
        boolean isFirst = true;
        for (Draft set : fromHere) {
            if (set.contains("rule")) {
                continue;
            }
            for (Draft each : set.elements("nvpair")) {
                Replacement other = replacement(each);
                if (other != null && other.with().equals(entry.with())) {
                    return isFirst && each == pair;
                }
                isFirst = isFirst && other != null && other.leaves();
            }
        }
        return true; // nothing else takes this name
    }
}
