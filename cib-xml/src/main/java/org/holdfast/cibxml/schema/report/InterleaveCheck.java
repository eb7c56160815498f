package org.holdfast.cibxml.schema.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks content that may stand in any order: sorts the children into groups and checks each group
 * by itself. Only one state comes out.
 */
final class InterleaveCheck {

    private final Situation situation;
    private final PatternCheck patterns;

    InterleaveCheck(Situation situation, PatternCheck patterns) {
        this.situation = situation;
        this.patterns = patterns;
    }

    int check(Pattern pattern) {
        int waiting = situation.complaints.count();
        boolean wasTentative = situation.isTentative;
        Item start = situation.state().next;
        Sorted sorted = sort(pattern, start);
        int result = checkGroups(pattern, sorted);
        situation.isTentative = wasTentative;
        sorted.restore(start);
        if (result == PatternCheck.FITS) {
            situation.complaints.dropBack(waiting);
        }
        return result;
    }

    /** Children in chains by group. */
    private static final class Sorted {
        final List<@Nullable Item> firsts;
        final List<@Nullable Item> lasts;

        /** The first child that belongs to no group. */
        @Nullable Item rest;

        /** Behind the last link that was changed. */
        @Nullable Item changedTo;

        Sorted(int groups) {
            firsts = new ArrayList<>(Collections.nCopies(groups, null));
            lasts = new ArrayList<>(Collections.nCopies(groups, null));
        }

        void append(int group, Item item) {
            Item last = lasts.get(group);
            if (last == null) {
                firsts.set(group, item);
            } else {
                last.next = item;
            }
            lasts.set(group, item);
        }

        void restore(@Nullable Item start) {
            for (Item item = changedTo; item != null && item != start; item = item.previous) {
                if (item.previous == null) {
                    return;
                }
                item.previous.next = item;
            }
        }
    }

    private Sorted sort(Pattern pattern, @Nullable Item start) {
        Sorted sorted = new Sorted(pattern.content.size());
        Item item = start;
        while (item != null) {
            situation.effort.spend();
            situation.state().next = item;
            int group = group(pattern, item);
            if (group < 0) {
                break;
            }
            sorted.append(group, item);
            sorted.changedTo = item.next != null ? item.next : item;
            item = item.next;
        }
        sorted.rest = item;
        return sorted;
    }

    private static int group(Pattern pattern, Item item) {
        for (int i = 0; item.isElement && i < pattern.groups.size(); i++) {
            if (pattern.groups.get(i).contains(item.name)) {
                return i;
            }
        }
        return -1;
    }

    private int checkGroups(Pattern pattern, Sorted sorted) {
        Progress state = situation.state();
        int result = PatternCheck.FITS;
        for (int i = 0; i < pattern.content.size(); i++) {
            Progress attempt = state.copy();
            situation.one = attempt;
            Item last = sorted.lasts.get(i);
            Item behind = null;
            if (last != null) {
                behind = last.next;
                last.next = null;
            }
            attempt.next = sorted.firsts.get(i);
            result = patterns.check(pattern.content.get(i));
            if (result != PatternCheck.FITS) {
                break;
            }
            States several = situation.several;
            Item leftover;
            if (situation.one != null) {
                state = situation.one;
                leftover = state.next;
                situation.one = null;
            } else if (several != null) {
                state = best(several.list());
                boolean isComplete = several.list().stream().anyMatch(end -> end.next == null);
                leftover = isComplete ? null : several.list().getLast().next;
                situation.several = null;
            } else {
                result = PatternCheck.FAILS;
                break;
            }
            if (leftover != null) {
                situation.complain(Complaint.GROUP_LEFTOVER, leftover.name);
                situation.one = state;
                return PatternCheck.FAILS;
            }
            if (last != null) {
                last.next = behind;
            }
        }
        situation.one = state;
        situation.several = null;
        state.next = sorted.rest;
        if (result != PatternCheck.FITS) {
            situation.complain(Complaint.GROUP_WRONG);
            return PatternCheck.FAILS;
        }
        return PatternCheck.FITS;
    }

    /** The last of the states with nothing left, or else of all, with the fewest attributes. */
    private static Progress best(List<Progress> states) {
        Progress best = null;
        boolean isComplete = false;
        int least = -1;
        for (Progress state : states) {
            if (state.next == null) {
                if (!isComplete || state.attributesLeft() <= least) {
                    least = state.attributesLeft();
                    best = state;
                }
                isComplete = true;
                if (least == 0) {
                    break;
                }
            } else if (!isComplete && (least == -1 || state.attributesLeft() <= least)) {
                least = state.attributesLeft();
                best = state;
            }
        }
        return best == null ? states.getLast() : best;
    }
}
