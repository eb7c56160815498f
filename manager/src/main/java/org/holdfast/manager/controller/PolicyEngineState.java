package org.holdfast.manager.controller;

/**
 * DC: has a plan made as soon as the transition before has ended and the controller's own status
 * changes are in the CIB. If the world has changed when the plan comes, another one is made.
 */
final class PolicyEngineState extends ControllerState {

    /** Changes that come in a burst are planned for once. */
    private static final long SETTLE_MILLIS = 5;

    private boolean settled;

    PolicyEngineState(Controller controller) {
        super(controller, StateName.S_POLICY_ENGINE);
    }

    @Override
    void entered() {
        controller.planning().drop();
        controller.setStateTimer(SETTLE_MILLIS);
    }

    @Override
    void timerFired() {
        settled = true;
    }

    @Override
    void progress() {
        if (settled
                && !controller.planning().isUnderWay()
                && !controller.engine().isActive()
                && !controller.status().isWriting()
                && controller.cib().isInStep()) {
            controller.planning().ask();
        }
    }
}
