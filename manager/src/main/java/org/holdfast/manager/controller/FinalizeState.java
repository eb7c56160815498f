package org.holdfast.manager.controller;

/** DC: has accepted the members and waits until the status section holds each one's history. */
final class FinalizeState extends ControllerState {

    private static final long TIMEOUT_MILLIS = 60_000;

    private boolean writing;
    private boolean written;

    FinalizeState(Controller controller) {
        super(controller, StateName.S_FINALIZE_JOIN);
    }

    @Override
    void entered() {
        controller.join().accept();
        controller.setStateTimer(TIMEOUT_MILLIS);
    }

    @Override
    void progress() {
        if (written) {
            controller.to(new PolicyEngineState(controller), "all members have joined");
        } else if (!writing && controller.join().allConfirmed()) {
            writing = true;
            controller
                    .status()
                    .writeAll((code, output) -> {
                        if (code == 0) {
                            written = true;
                        } else {
                            writing = false;
                        }
                    });
        }
    }

    @Override
    void timerFired() {
        controller.to(new IntegrationState(controller, true), "members did not confirm");
    }
}
