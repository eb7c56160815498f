package org.holdfast.cib.patch;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.patch.Difference.AttributeChange;
import org.jspecify.annotations.Nullable;

/** Changes between the attributes of two versions of an element. */
final class AttributeDifference {

    private AttributeDifference() {}

    static List<AttributeChange> between(Element before, Element after, boolean orderCounts) {
        if (sameAttributes(before, after)) {
            return List.of();
        }
        boolean[] changed = new boolean[after.attributeCount()];
        boolean[] known = new boolean[after.attributeCount()];
        boolean[] skipOld = new boolean[before.attributeCount()];
        boolean[] skipNew = new boolean[after.attributeCount()];
        List<AttributeChange> removed = new ArrayList<>();
        for (int i = 0; i < before.attributeCount(); i++) {
            int now = indexOf(after, before.attributeName(i));
            if (now < 0) {
                removed.add(new AttributeChange(before.attributeName(i), null));
                continue;
            }
            known[now] = true;
            if (!before.attributeValue(i).equals(after.attributeValue(now))) {
                changed[now] = true;
            } else if (orderCounts) {
                int oldPosition = position(skipOld, i);
                int newPosition = position(skipNew, now);
                if (oldPosition != newPosition) {
                    changed[now] = true;
                    if (oldPosition > newPosition) {
                        skipOld[i] = true;
                    } else {
                        skipNew[now] = true;
                    }
                }
            }
        }
        List<AttributeChange> changes = new ArrayList<>();
        for (int i = 0; i < after.attributeCount(); i++) {
            if (changed[i] || !known[i]) {
                changes.add(new AttributeChange(after.attributeName(i), after.attributeValue(i)));
            }
        }
        changes.addAll(removed);
        return changes;
    }

    private static boolean sameAttributes(Element before, Element after) {
        if (before.attributeCount() != after.attributeCount()) {
            return false;
        }
        for (int i = 0; i < before.attributeCount(); i++) {
            if (!before.attributeName(i).equals(after.attributeName(i))
                    || !before.attributeValue(i).equals(after.attributeValue(i))) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(Element element, @Nullable String attribute) {
        for (int i = 0; i < element.attributeCount(); i++) {
            if (element.attributeName(i).equals(attribute)) {
                return i;
            }
        }
        return -1;
    }

    private static int position(boolean[] skipped, int index) {
        int position = 0;
        for (int i = 0; i < index; i++) {
            if (!skipped[i]) {
                position++;
            }
        }
        return position;
    }
}
