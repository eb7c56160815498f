package org.holdfast.cib.xpath;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Cdata;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.Text;
import org.holdfast.cib.xpath.Expression.Axis;
import org.holdfast.cib.xpath.Expression.NodeKind;
import org.holdfast.cib.xpath.Expression.Step;
import org.jspecify.annotations.Nullable;

/** Goes one step from a place: along the step's axis, keeping what the step's test lets pass. */
final class Walker {

    /** Work of making a place, beside that of looking at the node. */
    private static final int PLACE = 2;

    private final Work work;

    Walker(Work work) {
        this.work = work;
    }

    /** The places that a step leads to, in the order of its axis; predicates are not looked at. */
    List<Location> from(Location from, Step step) {
        List<Location> into = new ArrayList<>();
        Location parent = from.parent();
        switch (step.axis()) {
            case CHILD -> children(from, step, into);
            case SELF -> keep(from, step, into);
            case ATTRIBUTE -> attributes(from, step, into);
            case DESCENDANT -> descend(from, step, into);
            case DESCENDANT_OR_SELF -> {
                keep(from, step, into);
                descend(from, step, into);
            }
            case PARENT -> {
                if (parent != null) {
                    keep(parent, step, into);
                }
            }
            case ANCESTOR, ANCESTOR_OR_SELF -> {
                for (Location at = step.axis() == Axis.ANCESTOR ? parent : from;
                        at != null;
                        at = at.parent()) {
                    keep(at, step, into);
                }
            }
            case FOLLOWING_SIBLING -> {
                if (parent != null && !from.isAttribute()) {
                    int last = parent.childCount();
                    for (int i = from.index() + 1; i < last; i++) {
                        keepChild(parent, i, step, into);
                    }
                }
            }
            case PRECEDING_SIBLING -> {
                if (parent != null && !from.isAttribute()) {
                    for (int i = from.index() - 1; i >= 0; i--) {
                        keepChild(parent, i, step, into);
                    }
                }
            }
            case FOLLOWING -> following(from, step, into);
            case PRECEDING -> preceding(from, step, into);
        }
        return into;
    }

    private void children(Location from, Step step, List<Location> into) {
        int count = from.childCount();
        for (int i = 0; i < count; i++) {
            keepChild(from, i, step, into);
        }
    }

    private void attributes(Location from, Step step, List<Location> into) {
        Element element = from.element();
        if (element == null) {
            return;
        }
        work.spend(1 + (element.attributeCount() >> 3));
        if (step.kind() == NodeKind.NAMED && step.name() != null) {
            Location attribute = from.attributeNamed(step.name());
            if (attribute != null) {
                work.spend(PLACE);
                into.add(attribute);
            }
        } else if (step.kind() != NodeKind.TEXT && step.kind() != NodeKind.COMMENT) {
            work.spend((long) PLACE * element.attributeCount());
            into.addAll(from.attributes());
        }
    }

    private void following(Location from, Step step, List<Location> into) {
        for (Location at = from; at.parent() != null; at = at.parent()) {
            if (at.isAttribute()) {
                continue;
            }
            Location parent = at.parent();
            int last = parent.childCount();
            for (int i = at.index() + 1; i < last; i++) {
                keepBelow(parent, i, step, into);
            }
        }
    }

    /** Nearest first, so that positions count backwards. */
    private void preceding(Location from, Step step, List<Location> into) {
        for (Location at = from; at.parent() != null; at = at.parent()) {
            if (at.isAttribute()) {
                continue;
            }
            Location parent = at.parent();
            for (int i = at.index() - 1; i >= 0; i--) {
                List<Location> one = new ArrayList<>();
                keepBelow(parent, i, step, one);
                into.addAll(one.reversed());
            }
        }
    }

    /** A child and all that is below it. */
    private void keepBelow(Location parent, int index, Step step, List<Location> into) {
        Location child = parent.child(index);
        keep(child, step, into);
        descend(child, step, into);
    }

    private void descend(Location from, Step step, List<Location> into) {
        String name = step.kind() == NodeKind.NAMED ? step.name() : null;
        if (name != null && !from.mayHold(name)) {
            work.spend(1);
            return;
        }
        int count = from.childCount();
        for (int i = 0; i < count; i++) {
            Node node = from.childNode(i);
            boolean kept = passes(node, step);
            boolean goesOn = node instanceof Element element && !element.children().isEmpty();
            work.spend(kept || goesOn ? 1 + PLACE : 1);
            if (kept || goesOn) {
                Location child = from.child(i);
                if (kept) {
                    into.add(child);
                }
                if (goesOn) {
                    descend(child, step, into);
                }
            }
        }
    }

    private void keepChild(Location parent, int index, Step step, List<Location> into) {
        boolean kept = passes(parent.childNode(index), step);
        work.spend(kept ? 1 + PLACE : 1);
        if (kept) {
            into.add(parent.child(index));
        }
    }

    private void keep(Location place, Step step, List<Location> into) {
        work.spend(1);
        boolean kept =
                place.isAttribute() || place.isDocument()
                        ? step.kind() == NodeKind.ANY
                        : passes(place.node(), step);
        if (kept) {
            into.add(place);
        }
    }

    private static boolean passes(@Nullable Node node, Step step) {
        return switch (step.kind()) {
            case ANY -> true;
            case NAMED ->
                    node instanceof Element element
                            && (step.name() == null || step.name().equals(element.name()));
            case TEXT -> node instanceof Text || node instanceof Cdata;
            case COMMENT -> node instanceof Comment;
        };
    }
}
