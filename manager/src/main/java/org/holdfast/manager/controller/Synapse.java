package org.holdfast.manager.controller;

import java.util.ArrayList;
import java.util.List;

/** Actions that start together as soon as all their inputs are done. */
final class Synapse {

    final int id;
    final int priority;
    final List<GraphAction> actions = new ArrayList<>();

    /** Inputs that are not done yet. */
    int missingInputs;

    boolean executed;
    boolean failed;

    Synapse(int id, int priority) {
        this.id = id;
        this.priority = priority;
    }

    boolean isConfirmed() {
        for (GraphAction action : actions) {
            if (!action.confirmed) {
                return false;
            }
        }
        return executed;
    }

    boolean isPseudo() {
        for (GraphAction action : actions) {
            if (action.kind != GraphAction.Kind.PSEUDO) {
                return false;
            }
        }
        return true;
    }
}
