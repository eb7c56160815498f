package org.holdfast.cibxml.schema.report;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.BrokenInvariant;
import org.jspecify.annotations.Nullable;

/**
 * Checks a document from its root. The root's children are a plain sequence of elements, which the
 * reference reads strictly forward.
 */
final class DocumentCheck {

    private final Item root;
    private final Situation situation = new Situation();
    private final PatternCheck patterns = new PatternCheck(situation);

    DocumentCheck(Item root) {
        this.root = root;
    }

    List<SchemaMessage> check(Pattern start) {
        try {
            checkDocument(start.content.getFirst());
        } catch (Effort.Exhausted e) {
            situation.complaints.tell(); // better than nothing
            return situation.complaints.told();
        }
        List<SchemaMessage> messages = new ArrayList<>(situation.complaints.told());
        messages.addAll(situation.ids.dangling());
        return messages;
    }

    private void checkDocument(Pattern pattern) {
        Progress document = Progress.beforeRoot(root);
        situation.one = document;
        if (root.name.equals(pattern.name)) {
            boolean isRight = checkRoot(pattern);
            situation.one = document;
            situation.several = null;
            if (!isRight) {
                situation.complaints.tell();
            }
        } else {
            situation.complain(Complaint.OTHER_ELEMENT, pattern.name, root.name);
            situation.complaints.tell();
        }
    }

    private boolean checkRoot(Pattern pattern) {
        boolean isRight = true;
        situation.one = Progress.into(root);
        if (patterns.checkAttributes(pattern.attributes) != PatternCheck.FITS) {
            isRight = false;
            situation.complain(Complaint.ATTRIBUTES_WRONG, root.name);
        }
        Progress one = situation.one;
        States several = situation.several;
        situation.several = null;
        situation.one = Progress.into(root);
        isRight &= checkChildren(pattern.content);
        Item rest = situation.state().next;
        situation.one = one;
        situation.several = several;
        return checkEnd(isRight, rest);
    }

    private boolean checkEnd(boolean isRight, @Nullable Item rest) {
        ElementCheck ends = new ElementCheck(situation, patterns);
        if (situation.several != null) {
            List<Progress> states = situation.several.list();
            states.forEach(state -> state.next = rest);
            boolean isComplete = ends.checkEnds(states);
            situation.isTentative = false;
            return isRight && isComplete;
        }
        if (situation.one != null) {
            situation.one.next = rest;
        }
        return isRight && ends.checkEnd(situation.state(), true) == PatternCheck.FITS;
    }

    private boolean checkChildren(List<Pattern> steps) {
        Progress state = situation.state();
        int step = 0;
        for (Item child = root.first; child != null; child = child.next) {
            state.next = child;
            while (step < steps.size()
                    && isOptional(steps.get(step))
                    && !element(steps.get(step)).name.equals(child.name)) {
                step++;
            }
            boolean isExpected =
                    child.isElement
                            && step < steps.size()
                            && element(steps.get(step)).name.equals(child.name);
            if (!isExpected) {
                situation.complain(
                        child.isElement ? Complaint.UNEXPECTED_ELEMENT : Complaint.UNEXPECTED_TEXT,
                        child.isElement ? child.name : root.name);
                return false;
            }
            patterns.check(element(steps.get(step)));
            situation.one = state;
            step++;
        }
        for (Pattern left : steps.subList(step, steps.size())) {
            if (!isOptional(left)) {
                situation.complain(Complaint.ELEMENT_MISSING, "");
                situation.complaints.tell();
                return false;
            }
        }
        state.next = null;
        return true;
    }

    private static boolean isOptional(Pattern step) {
        return step.kind == Pattern.Kind.OPTIONAL;
    }

    private static Pattern element(Pattern step) {
        Pattern element = isOptional(step) ? step.content.getFirst() : step;
        if (element.kind != Pattern.Kind.ELEMENT) {
            throw new BrokenInvariant("the root's content is no sequence of elements: " + step);
        }
        return element;
    }
}
