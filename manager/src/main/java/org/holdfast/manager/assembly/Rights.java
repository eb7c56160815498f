package org.holdfast.manager.assembly;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.Rc;
import org.holdfast.controlapi.Caller;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.manager.cibsync.CibReplica;
import org.holdfast.manager.cibsync.CibRequest;
import org.holdfast.manager.messages.NodeContext;

/**
 * What a caller may ask for. Operations on the CIB are judged by the CIB's access lists when they
 * are applied. Whatever else ends as a change of the status section is tried out there with the
 * caller's rights. The rest is for root and the cluster's own account.
 */
final class Rights {

    private final NodeContext node;
    private final CibReplica cib;

    Rights(NodeContext node, CibReplica cib) {
        this.node = node;
        this.cib = cib;
    }

    /** Whether the caller may ask for this. */
    boolean permit(Caller caller, ManagerRequest<?> request) {
        if (caller.isPrivileged()) {
            return true;
        }
        return switch (request) {
            case ManagerRequest.CibOperation _,
                    ManagerRequest.ControllerQuery _,
                    ManagerRequest.QueryAttribute _,
                    ManagerRequest.FencingHistory _,
                    ManagerRequest.WaitUntilIdle _ ->
                    true;
            case ManagerRequest.UpdateAttribute update ->
                    mayWrite(
                            caller,
                            Element.of("transient_attributes", "id", "0")
                                    .withChildren(
                                            List.of(
                                                    Element.of(
                                                                    "instance_attributes",
                                                                    "id",
                                                                    "holdfast-rights")
                                                            .withChildren(
                                                                    List.of(
                                                                            pair(
                                                                                    update
                                                                                            .attribute()))))));
            case ManagerRequest.CleanHistory _, ManagerRequest.FailResource _ ->
                    mayWrite(
                            caller,
                            Element.of("lrm", "id", "0")
                                    .withChildren(
                                            List.of(
                                                    Element.of("lrm_resources")
                                                            .withChildren(
                                                                    List.of(
                                                                            Element.of(
                                                                                    "lrm_resource",
                                                                                    "id",
                                                                                    "holdfast-rights"))))));
            case ManagerRequest.FenceNode _,
                    ManagerRequest.ConfirmFenced _,
                    ManagerRequest.ForgetFencing _,
                    ManagerRequest.ForgetNode _,
                    ManagerRequest.ShutDown _ ->
                    false;
        };
    }

    private static Element pair(String name) {
        return Element.of(
                "nvpair", "id", "holdfast-rights-value", "name", name, "value", "holdfast");
    }

    /** Tries to put something into a node's part of the status section. */
    private boolean mayWrite(Caller caller, Element content) {
        Element state =
                Element.of("node_state", "id", node.self().toString(), "uname", node.selfName())
                        .withChildren(List.of(content));
        CibRequest attempt =
                new CibRequest(
                        "cib_modify",
                        "status",
                        Element.of("status").withChildren(List.of(state)),
                        CibRequest.CAN_CREATE | CibRequest.DRY_RUN,
                        caller.user(),
                        caller.groups(),
                        caller.client(),
                        node.selfName(),
                        node.epochSeconds());
        return cib.tryOut(attempt).returnCode() == Rc.OK;
    }
}
