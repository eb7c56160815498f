package org.holdfast.manager.controller;

/** Waits until this node is in the controllers' group, its CIB is in step and quorum is known. */
final class StartingState extends ControllerState {

    StartingState(Controller controller) {
        super(controller, StateName.S_STARTING);
    }

    @Override
    void progress() {
        if (controller.peers().isOnline(controller.self())
                && controller.cib().isInStep()
                && controller.peers().isQuorumKnown()) {
            controller.to(new PendingState(controller, true), "connected");
        }
    }
}
