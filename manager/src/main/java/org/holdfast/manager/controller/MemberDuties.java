package org.holdfast.manager.controller;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.executor.ExecStatus;
import org.holdfast.manager.executor.Executor;
import org.holdfast.manager.executor.OperationOrder;
import org.holdfast.manager.executor.OperationResult;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/**
 * What every member does for its DC: asks for the place offered, brings its history along, carries
 * out orders. The DC is a member like the others and gets its orders the same way.
 */
final class MemberDuties {

    private record Offer(NodeId from, Element message) {}

    private final Controller controller;
    private final NodeContext node;
    private final ControllerMessages messages;
    private final LocalHistory local;
    private final Executor executor;
    private @Nullable Offer held;

    MemberDuties(
            Controller controller,
            NodeContext node,
            ControllerMessages messages,
            LocalHistory local,
            Executor executor) {
        this.controller = controller;
        this.node = node;
        this.messages = messages;
        this.local = local;
        this.executor = executor;
    }

    /** A DC offers a place. It is answered as soon as this node's CIB is in step. */
    void onOffer(NodeId from, Element offer) {
        boolean own = from.equals(node.self());
        if (controller.isDc() && !own) {
            controller.startElection("another DC: " + controller.peers().name(from));
        } else if (controller.isDc() == own) {
            held = new Offer(from, offer);
        }
    }

    /** Forgets an offer: who made it leads no more. */
    void dropOffer() {
        held = null;
    }

    /** Answers the offer if there is one and this node is ready. */
    void maybeAnswer() {
        Offer offer = held;
        if (offer == null || !canJoin()) {
            return;
        }
        held = null;
        NodeId from = offer.from();
        if (!controller.peers().isOnline(from)) {
            return;
        }
        controller.setDc(from);
        switch (controller.stateNow()) {
            case S_ELECTION, S_NOT_DC -> {
                controller.election().stop();
                controller.to(
                        new PendingState(controller), "offer of " + controller.peers().name(from));
            }
            default -> {
                // a DC's own offer, or a node that waits for one
            }
        }
        Element tuple =
                controller.cib().current().withName("generation_tuple").withChildren(List.of());
        messages.send(
                from,
                messages.request(ControllerMessages.JOIN_REQUEST, "crmd", "dc", from)
                        .attribute("join_id", offer.message().getOr("join_id", "0"))
                        .attribute("crm_feature_set", ControllerMessages.FEATURE_SET)
                        .child(ControllerMessages.payload(tuple))
                        .build());
    }

    private boolean canJoin() {
        return controller.cib().isInStep()
                && controller.peers().isQuorumKnown()
                && switch (controller.stateNow()) {
                    case S_STARTING, S_STOPPING, S_TERMINATE -> false;
                    default -> true;
                };
    }

    /** The DC has accepted this node: brings its history into the status section and confirms. */
    void onAccepted(NodeId from, Element message) {
        if (!from.equals(controller.dc()) || isLeaving()) {
            return;
        }
        controller.announceFeatureSet();
        local.refresh((code, output) -> {
            if (code == 0 && from.equals(controller.dc())) {
                messages.send(
                        from,
                        messages.request(ControllerMessages.JOIN_CONFIRM, "crmd", "dc", from)
                                .attribute("join_id", message.getOr("join_id", "0"))
                                .build());
            }
        });
        if (controller.stateNow() == StateName.S_PENDING) {
            controller.to(new NotDcState(controller), "joined " + controller.peers().name(from));
        }
    }

    /** An order arrived. One of a node that is not the DC any more does not count. */
    void onOrder(NodeId from, Element rscOp) {
        OperationOrder order = OperationOrder.parse(rscOp);
        if (order == null || !from.equals(controller.dc())) {
            return;
        }
        if (controller.isShuttingDown() && order.task().equals("start")) {
            local.refuse(order, "this node is about to stop");
        } else if (!controller.stateNow().takesOrders() && !order.task().equals("stop")) {
            local.refuse(order, "this node is in state " + controller.stateNow());
        } else {
            executor.execute(order);
        }
    }

    /** A tool wants a resource's history forgotten. */
    void onDelete(Element message) {
        Element payload = ControllerMessages.payloadOf(message);
        OperationOrder order = payload == null ? null : OperationOrder.parse(payload);
        if (order != null && order.task().equals("delete")) {
            executor.execute(order);
        }
    }

    /** A tool wants a resource to count as failed. */
    void onFail(Element message) {
        Element payload = ControllerMessages.payloadOf(message);
        OperationOrder order = payload == null ? null : OperationOrder.parse(payload);
        if (order != null && order.task().equals("asyncmon")) {
            long now = node.epochSeconds();
            local.onResult(
                    new OperationResult(
                            order,
                            executor.nextCallId(),
                            OperationResult.RC_ERROR,
                            ExecStatus.DONE,
                            "Simulated failure",
                            now,
                            now,
                            0,
                            0));
        }
    }

    /** A resource's last failure is to be forgotten. */
    void onClearFailure(Element message) {
        local.forgetFailure(message.getOr("resource", ""));
    }

    private boolean isLeaving() {
        return controller.stateNow() == StateName.S_STOPPING
                || controller.stateNow() == StateName.S_TERMINATE;
    }
}
