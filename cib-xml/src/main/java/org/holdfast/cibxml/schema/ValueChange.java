package org.holdfast.cibxml.schema;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.SharedNodes;

/**
 * Tells changes that no schema minds: other values of pairs, and the version and stamps of the
 * root. Most changes of a configuration are of this kind, and the grammar takes a thousand times as
 * long to find that out.
 */
final class ValueChange {

    /** The only options whose values the grammars look at, each in some versions. */
    private static final List<String> CHECKED_OPTIONS =
            List.of("cluster-infrastructure", "stonith-action");

    private static final List<String> FREE_STAMPS =
            List.of("cib-last-written", "update-origin", "update-client", "update-user", "dc-uuid");

    private static final List<String> VERSION = List.of("admin_epoch", "epoch", "num_updates");

    /** Enough for every version there will be, and less than the grammars allow. */
    private static final int DIGITS_MAX = 18;

    private ValueChange() {}

    /**
     * Whether a CIB differs from a valid one in nothing else; the status sections do not count. The
     * cost is that of the change.
     */
    static boolean isAll(Element valid, Element cib) {
        return haveSameNames(valid, cib)
                && isRootFree(valid, cib)
                && isFreeBelow(valid, cib, part -> part.equals("status"));
    }

    private interface Unchecked {
        boolean covers(String tag);
    }

    private static boolean haveSameNames(Element before, Element after) {
        int count = before.attributeCount();
        if (count != after.attributeCount() || !before.name().equals(after.name())) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!before.attributeName(i).equals(after.attributeName(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRootFree(Element before, Element after) {
        for (int i = 0; i < after.attributeCount(); i++) {
            String name = after.attributeName(i);
            String value = after.attributeValue(i);
            boolean free =
                    value.equals(before.attributeValue(i))
                            || FREE_STAMPS.contains(name)
                            || VERSION.contains(name) && isNumber(value);
            if (!free) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty()
                && value.length() <= DIGITS_MAX
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isFree(Element before, Element after) {
        return haveSameNames(before, after)
                && areValuesFree(before, after)
                && isFreeBelow(before, after, tag -> false);
    }

    private static boolean areValuesFree(Element before, Element after) {
        for (int i = 0; i < after.attributeCount(); i++) {
            if (!after.attributeValue(i).equals(before.attributeValue(i))
                    && !(after.name().equals("nvpair")
                            && after.attributeName(i).equals("value")
                            && !CHECKED_OPTIONS.contains(after.getOr("name", "")))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFreeBelow(Element before, Element after, Unchecked unchecked) {
        List<Node> olds = before.children();
        List<Node> news = after.children();
        if (olds.size() != news.size()) {
            return false;
        }
        for (int i = SharedNodes.start(olds, news);
                i < news.size();
                i = SharedNodes.nextDifference(olds, news, i + 1)) {
            boolean free =
                    olds.get(i) instanceof Element old
                            && news.get(i) instanceof Element now
                            && (unchecked.covers(now.name()) && old.name().equals(now.name())
                                    || isFree(old, now));
            if (!free) {
                return false;
            }
        }
        return true;
    }
}
