package org.holdfast.scheduler.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * Name-value pairs of attribute sets ({@code meta_attributes} and so on) whose rules hold. Sets of
 * higher score win; of equal scores the later in the document.
 */
public final class AttributeSets {

    private AttributeSets() {}

    /**
     * Adds what the sets below an element say, without replacing what is there already.
     *
     * @param holder the element whose children are the sets; null adds nothing
     * @param tag the sets' tag
     * @param firstId id of a set that wins whatever its score
     */
    public static void collect(
            Cluster cluster,
            @Nullable Element holder,
            String tag,
            RuleScope scope,
            Map<String, String> into,
            @Nullable String firstId) {
        if (holder == null) {
            return;
        }
        List<Element> sets = sets(cluster, holder, tag, firstId);
        for (Element set : sets) {
            if (Rules.hold(cluster, set, scope)) {
                addPairs(cluster, set, into);
            }
        }
    }

    /** As {@link #collect} without a set that comes first. */
    public static void collect(
            Cluster cluster,
            @Nullable Element holder,
            String tag,
            RuleScope scope,
            Map<String, String> into) {
        collect(cluster, holder, tag, scope, into, null);
    }

    private static List<Element> sets(
            Cluster cluster, Element holder, String tag, @Nullable String firstId) {
        List<Element> sets = new ArrayList<>();
        for (Element child : holder.elements()) {
            if (child.name().equals(tag)) {
                Element set = References.resolve(cluster, child);
                if (set != null) {
                    sets.add(set);
                }
            }
        }
        if (sets.size() > 1) {
            Collections.reverse(sets);
            sets.sort(
                    (one, other) -> {
                        if (firstId != null) {
                            boolean oneFirst = one.id().equals(firstId);
                            boolean otherFirst = other.id().equals(firstId);
                            if (oneFirst != otherFirst) {
                                return oneFirst ? -1 : 1;
                            }
                        }
                        return Integer.compare(
                                cluster.score(other.get("score"), 0),
                                cluster.score(one.get("score"), 0));
                    });
        }
        return sets;
    }

    private static void addPairs(Cluster cluster, Element set, Map<String, String> into) {
        for (Element child : pairHolder(set).elements()) {
            if (!child.name().equals("nvpair")) {
                continue;
            }
            Element pair = References.resolve(cluster, child);
            if (pair == null) {
                continue;
            }
            String name = pair.get("name");
            String value = pair.get("value");
            if (name == null || value == null) {
                continue;
            }
            if (value.equalsIgnoreCase("#default")) {
                into.remove(name);
            } else {
                into.putIfAbsent(name, value);
            }
        }
    }

    /** Old configurations wrap the pairs in an {@code attributes} element. */
    private static Element pairHolder(Element set) {
        Element wrapped = set.first("attributes");
        return wrapped == null ? set : wrapped;
    }
}
