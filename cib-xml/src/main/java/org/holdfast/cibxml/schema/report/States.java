package org.holdfast.cibxml.schema.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * States of a check that are all possible, in the order in which they were found. What was added
 * must not change as long as more is added.
 */
final class States {

    private final List<Progress> list = new ArrayList<>();
    private final Set<Progress.Key> known = new LinkedHashSet<>();

    /** Adds a state unless the like is there. */
    void add(Progress state) {
        if (known.add(state.key())) {
            list.add(state);
        }
    }

    /** Adds a state even if the like is there. */
    void addAnyway(Progress state) {
        known.add(state.key());
        list.add(state);
    }

    void addAll(List<Progress> states) {
        states.forEach(this::add);
    }

    int size() {
        return list.size();
    }

    /** The states; grows with them. */
    List<Progress> list() {
        return list;
    }
}
