package org.holdfast.manager.controller;

/** DC: has offered a place to every member that has none and waits for the requests. */
final class IntegrationState extends ControllerState {

    /** A member that has not asked for its place by then is left out until it does. */
    private static final long TIMEOUT_MILLIS = 20_000;

    private final boolean everybody;

    /**
     * Enters a round of joining.
     *
     * @param everybody all members join anew; else only those that have not
     */
    IntegrationState(Controller controller, boolean everybody) {
        super(controller, StateName.S_INTEGRATION);
        this.everybody = everybody;
    }

    @Override
    void entered() {
        controller.clearFruitlessWaits();
        controller.setDc(controller.self());
        controller.join().offer(everybody);
        controller.setStateTimer(TIMEOUT_MILLIS);
    }

    @Override
    void progress() {
        if (controller.join().allIntegrated() && controller.cib().isInStep()) {
            controller.to(new FinalizeState(controller), "all members have asked to join");
        }
    }

    @Override
    void timerFired() {
        controller.join().dropSilent();
        controller.setStateTimer(TIMEOUT_MILLIS);
    }
}
