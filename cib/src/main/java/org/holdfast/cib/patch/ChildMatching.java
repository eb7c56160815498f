package org.holdfast.cib.patch;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.jspecify.annotations.Nullable;

/**
 * Which child of an old element is which child of the new one, and the positions of children while
 * some are left out of the count. Matching is linear, a position costs the logarithm of the number
 * of children. For one comparison.
 */
final class ChildMatching {

    private record Key(String name, @Nullable String id) {}

    private final List<Node> olds;
    private final List<Node> news;
    private final int[] newOfOld;
    private final int[] oldOfNew;
    private int[] skippedOlds = {}; // Fenwick tree, made when the first one is left out
    private int newsCounted;

    private ChildMatching(List<Node> olds, List<Node> news) {
        this.olds = olds;
        this.news = news;
        this.newOfOld = new int[olds.size()];
        this.oldOfNew = new int[news.size()];
        Arrays.fill(newOfOld, -1);
        Arrays.fill(oldOfNew, -1);
    }

    static ChildMatching of(List<Node> olds, List<Node> news) {
        ChildMatching matching = new ChildMatching(olds, news);
        int same = matching.matchCommonStart();
        if (same < olds.size() && same < news.size()) {
            matching.matchRest(same);
        }
        return matching;
    }

    List<Node> olds() {
        return olds;
    }

    List<Node> news() {
        return news;
    }

    int newIndexOf(int old) {
        return newOfOld[old];
    }

    int oldIndexOf(int now) {
        return oldOfNew[now];
    }

    /** Pairs equal children from the start on: each is the first free one with its key. */
    private int matchCommonStart() {
        int limit = Math.min(olds.size(), news.size());
        int i = 0;
        while (i < limit && samePlace(olds.get(i), news.get(i))) {
            pair(i, i);
            i++;
        }
        return i;
    }

    /** Whether two children at one position are the same one, perhaps with other content. */
    static boolean samePlace(Node old, Node now) {
        if (old == now) {
            return true;
        }
        return switch (old) {
            case Element element ->
                    now instanceof Element other
                            && element.name().equals(other.name())
                            && Objects.equals(element.get("id"), other.get("id"));
            case Comment(String value) ->
                    now instanceof Comment(String other) && value.equalsIgnoreCase(other);
            default -> false;
        };
    }

    private void matchRest(int from) {
        Map<Key, Deque<Integer>> free = new LinkedHashMap<>();
        for (int i = from; i < news.size(); i++) {
            if (news.get(i) instanceof Element element) {
                free.computeIfAbsent(key(element), _ -> new ArrayDeque<>(1)).add(i);
            }
        }
        for (int i = from; i < olds.size(); i++) {
            if (olds.get(i) instanceof Element element) {
                Deque<Integer> candidates = free.get(key(element));
                if (candidates != null && !candidates.isEmpty()) {
                    pair(i, candidates.remove());
                }
            } else if (i < news.size()
                    && olds.get(i) instanceof Comment
                    && samePlace(olds.get(i), news.get(i))) {
                pair(i, i);
            }
        }
    }

    private static Key key(Element element) {
        return new Key(element.name(), element.get("id"));
    }

    private void pair(int old, int now) {
        newOfOld[old] = now;
        oldOfNew[now] = old;
    }

    /** How many old children before this one count. */
    int oldPosition(int index) {
        int skipped = 0;
        if (skippedOlds.length > 0) {
            for (int i = index; i > 0; i -= i & -i) {
                skipped += skippedOlds[i];
            }
        }
        return index - skipped;
    }

    /** Leaves an old child out of the count. */
    void skipOld(int index) {
        if (skippedOlds.length == 0) {
            skippedOlds = new int[olds.size() + 1];
        }
        for (int i = index + 1; i < skippedOlds.length; i += i & -i) {
            skippedOlds[i]++;
        }
    }

    /** How many new children so far count. */
    int newPosition() {
        return newsCounted;
    }

    /** Counts the new child that was looked at. */
    void countNew() {
        newsCounted++;
    }
}
