package org.holdfast.manager.controller;

/**
 * One state of the controller with the data that only it needs. Entered once; a state that is
 * entered again is a new object.
 */
abstract sealed class ControllerState
        permits StartingState,
                PendingState,
                ElectionState,
                NotDcState,
                IntegrationState,
                FinalizeState,
                PolicyEngineState,
                TransitionState,
                IdleState,
                StoppingState {

    final Controller controller;
    private final StateName name;

    ControllerState(Controller controller, StateName name) {
        this.controller = controller;
        this.name = name;
    }

    final StateName name() {
        return name;
    }

    /** The state has been entered. */
    void entered() {}

    /** Something happened; goes on to another state if the time has come. */
    void progress() {}

    /** The state's timer fired. */
    void timerFired() {}
}
