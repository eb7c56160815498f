package org.holdfast.manager.controller;

/** Takes part under another node's lead. */
final class NotDcState extends ControllerState {

    NotDcState(Controller controller) {
        super(controller, StateName.S_NOT_DC);
    }

    @Override
    void entered() {
        controller.clearFruitlessWaits();
    }
}
