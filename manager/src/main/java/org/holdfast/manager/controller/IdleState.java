package org.holdfast.manager.controller;

/** DC: nothing to do until something changes or time has to be looked at again. */
final class IdleState extends ControllerState {

    IdleState(Controller controller) {
        super(controller, StateName.S_IDLE);
    }

    @Override
    void entered() {
        controller.setStateTimer(controller.planning().recheckMillis());
        controller.becameIdle();
    }

    @Override
    void progress() {
        if (controller.wantsPlan()) {
            controller.to(new PolicyEngineState(controller), controller.planReason());
        }
    }

    @Override
    void timerFired() {
        controller.requestPlan("time to look again");
    }
}
