package org.holdfast.manager.controller;

/** Votes and waits for the others to give in or to prove better. */
final class ElectionState extends ControllerState {

    /** Messages of a ring arrive or their owner leaves; a longer silence is worth another vote. */
    private static final long RETRY_MILLIS = 4_000;

    ElectionState(Controller controller) {
        super(controller, StateName.S_ELECTION);
    }

    @Override
    void entered() {
        controller.setDc(null);
        timerFired();
    }

    @Override
    void timerFired() {
        controller.election().vote();
        controller.setStateTimer(RETRY_MILLIS);
    }
}
