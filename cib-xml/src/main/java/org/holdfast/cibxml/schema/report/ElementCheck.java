package org.holdfast.cibxml.schema.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks one element: its name, its attributes, its content, and that nothing is left. */
final class ElementCheck {

    private final Situation situation;
    private final PatternCheck patterns;

    ElementCheck(Situation situation, PatternCheck patterns) {
        this.situation = situation;
        this.patterns = patterns;
    }

    int check(Pattern pattern) {
        Complaints complaints = situation.complaints;
        int waiting = complaints.count();
        Progress outside = situation.state();
        Item item = outside.next;
        if (item == null || !item.isElement || !item.name.equals(pattern.name)) {
            if (item == null) {
                situation.complain(Complaint.ELEMENT_MISSING, pattern.name);
            } else if (!item.isElement) {
                situation.complain(Complaint.TEXT_FOR_ELEMENT);
            } else {
                situation.complain(Complaint.OTHER_ELEMENT, pattern.name, item.name);
            }
            situation.tellIfCertain();
            return PatternCheck.FAILS;
        }
        complaints.dropBack(waiting);
        if (item.proven == pattern) {
            outside.next = item.next;
            if (complaints.count() != 0) {
                complaints.dropAbout(item.name);
            }
            return PatternCheck.FITS;
        }
        if (complaints.count() != 0) {
            complaints.dropAbout(item.name);
        }
        waiting = complaints.count();
        boolean wasTentative = situation.isTentative;
        situation.one = Progress.into(item);
        situation.effort.enter();
        int result = checkInside(pattern, item, outside, wasTentative);
        situation.effort.leave();
        situation.isTentative = wasTentative;
        situation.one = outside;
        situation.several = null;
        outside.next = item.next;
        if (result == PatternCheck.FITS) {
            item.proven = pattern;
            complaints.dropBack(waiting);
            return result;
        }
        if (!situation.isTentative) {
            // Told once, it must not make everything around it wrong, too.
            complaints.tell();
            return PatternCheck.FITS;
        }
        return result;
    }

    private int checkInside(Pattern pattern, Item item, Progress outside, boolean wasTentative) {
        int result = PatternCheck.FITS;
        if (!pattern.attributes.isEmpty()
                && patterns.checkAttributes(pattern.attributes) != PatternCheck.FITS) {
            result = PatternCheck.FAILS;
            situation.complain(Complaint.ATTRIBUTES_WRONG, item.name);
        }
        if (!pattern.content.isEmpty() && patterns.checkAll(pattern.content) != PatternCheck.FITS) {
            result = PatternCheck.FAILS;
            boolean hadState = situation.one != null;
            if (!hadState) {
                situation.one = outside;
            }
            situation.complain(Complaint.CONTENT_WRONG, item.name);
            if (!hadState) {
                situation.one = null;
            }
        }
        States ends = situation.several;
        if (ends != null) {
            boolean isComplete = checkEnds(ends.list());
            situation.isTentative = wasTentative;
            return isComplete ? result : PatternCheck.FAILS;
        }
        if (result == PatternCheck.FITS) {
            result = checkEnd(situation.state(), true);
        }
        return result;
    }

    /** Whether one of several ends leaves nothing; if not, complains of the best one. */
    boolean checkEnds(List<Progress> ends) {
        for (Progress end : ends) {
            situation.one = end;
            if (checkEnd(end, false) == PatternCheck.FITS) {
                return true;
            }
        }
        Progress best = best(ends);
        if (best != null) {
            situation.isTentative = true;
            situation.one = best;
            checkEnd(best, true);
        }
        return false;
    }

    /** The end with no element left and the fewest attributes; the first one of several such. */
    private static @Nullable Progress best(List<Progress> ends) {
        Progress best = null;
        int leastLeft = Integer.MAX_VALUE;
        for (Progress end : ends) {
            int left = end.next != null ? Integer.MAX_VALUE - 1 : end.attributesLeft();
            if (left < leastLeft) {
                leastLeft = left;
                best = end;
            }
        }
        return best;
    }

    /** Whether anything is left; each attribute has a result of its own. */
    int checkEnd(Progress state, boolean isTold) {
        Item element = state.element;
        String name = element == null ? "" : element.name;
        if (state.next != null) {
            if (isTold) {
                situation.complain(Complaint.CONTENT_LEFTOVER, name, state.next.name);
            }
            return PatternCheck.FAILS;
        }
        int left = state.firstLeft(0);
        if (left < 0) {
            return PatternCheck.FITS;
        }
        if (isTold) {
            situation.complain(Complaint.ATTRIBUTE_LEFTOVER, state.attribute(left).name, name);
        }
        return PatternCheck.FAILS - left;
    }
}
