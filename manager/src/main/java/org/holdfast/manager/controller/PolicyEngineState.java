package org.holdfast.manager.controller;

/**
 * DC: has a plan made as soon as the transition before has ended and the controller's own status
 * changes are in the CIB. If the world has changed when the plan comes, another one is made.
 */
final class PolicyEngineState extends ControllerState {

    private boolean settled;
    private long waitMillis;

    PolicyEngineState(Controller controller) {
        super(controller, StateName.S_POLICY_ENGINE);
    }

    @Override
    void entered() {
        controller.planning().drop();
        waitMillis = controller.planning().settleMillis();
        controller.setStateTimer(waitMillis);
    }

    @Override
    void timerFired() {
        settled = true;
    }

    @Override
    void progress() {
        long neededMillis = controller.planning().settleMillis();
        if (!settled && neededMillis < waitMillis) {
            // The CIB is another one now
            waitMillis = neededMillis;
            controller.setStateTimer(waitMillis);
        }
        if (settled
                && !controller.planning().isUnderWay()
                && !controller.engine().isActive()
                && !controller.status().isWriting()
                && controller.cib().isInStep()) {
            controller.planning().ask();
        }
    }
}
