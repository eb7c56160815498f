package org.holdfast.manager.controller;

import org.holdfast.kernel.NodeId;

/**
 * Waits for a DC to offer a place, and starts an election if none does: the DC may have died, or
 * there never was one.
 */
final class PendingState extends ControllerState {

    /** An offer comes within a few messages; a DC that takes longer than this is none. */
    private static final long WAIT_MILLIS = 1_000;

    private static final long WAIT_MILLIS_MAX = 16_000;

    private final boolean isFirst;

    /** After an election was lost or another DC offered a place. */
    PendingState(Controller controller) {
        this(controller, false);
    }

    /** {@code isFirst} if this node has only just come up. */
    PendingState(Controller controller, boolean isFirst) {
        super(controller, StateName.S_PENDING);
        this.isFirst = isFirst;
    }

    /** When every node of the cluster is there and none leads, there is nothing to wait for. */
    @Override
    void progress() {
        if (isFirst && controller.dc() == null && controller.peers().allAnnounced()) {
            controller.to(new ElectionState(controller), "all nodes are here, none is DC");
        }
    }

    @Override
    void entered() {
        int attempt = Math.min(controller.fruitlessWaits(), 4);
        controller.setStateTimer(Math.min(WAIT_MILLIS << attempt, WAIT_MILLIS_MAX));
        NodeId dc = controller.dc();
        if (dc == null) {
            controller.announce();
        }
    }

    @Override
    void timerFired() {
        controller.countFruitlessWait();
        controller.to(new ElectionState(controller), "no DC came forward");
    }
}
