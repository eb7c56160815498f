package org.holdfast.manager.controller;

/** DC: a transition is being carried out. */
final class TransitionState extends ControllerState {

    private final TransitionGraph graph;

    TransitionState(Controller controller, TransitionGraph graph) {
        super(controller, StateName.S_TRANSITION_ENGINE);
        this.graph = graph;
    }

    @Override
    void entered() {
        controller.engine().start(graph, controller.jobsPerNode());
    }

    @Override
    void progress() {
        if (controller.engine().isActive()) {
            return;
        }
        if (controller.wantsPlan()) {
            controller.to(new PolicyEngineState(controller), "the world has changed");
        } else {
            controller.to(new IdleState(controller), "transition complete");
        }
    }
}
