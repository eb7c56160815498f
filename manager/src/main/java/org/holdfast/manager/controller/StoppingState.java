package org.holdfast.manager.controller;

/** Leaves the cluster: says so in the status section, then leaves the groups. */
final class StoppingState extends ControllerState {

    /** If the status section cannot be written, nobody is left to read it. */
    private static final long TIMEOUT_MILLIS = 2_000;

    StoppingState(Controller controller) {
        super(controller, StateName.S_STOPPING);
    }

    @Override
    void entered() {
        controller.setStateTimer(TIMEOUT_MILLIS);
        if (controller.cib().isInStep()) {
            controller.status().writeLeaving((code, output) -> controller.leave());
        } else {
            controller.leave();
        }
    }

    @Override
    void timerFired() {
        controller.leave();
    }
}
