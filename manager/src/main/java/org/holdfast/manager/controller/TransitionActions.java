package org.holdfast.manager.controller;

import org.holdfast.cib.document.Element;
import org.holdfast.kernel.NodeId;

/** What a transition engine has others do. */
interface TransitionActions {

    /** Sends an order to the executor of the action's node. */
    void order(GraphAction action, String transitionKey);

    /**
     * Does what a {@code crm_event} asks for.
     *
     * @return whether it is done with that; else a confirmation follows
     */
    boolean perform(GraphAction action, String transitionKey);

    /**
     * Notes a failed operation in the node's attributes.
     *
     * @param node where it failed
     * @param entry its history entry
     * @param startValue what a failed start sets the fail count to
     * @param stopValue what a failed stop sets the fail count to
     * @param countIt false if only the time of the failure is to be noted
     */
    void noteFailure(
            NodeId node, Element entry, String startValue, String stopValue, boolean countIt);

    /** An action got no answer in time. */
    void actionLost(GraphAction action, String transitionKey);

    /** Nothing of the transition is on its way any more. */
    void transitionEnded();
}
