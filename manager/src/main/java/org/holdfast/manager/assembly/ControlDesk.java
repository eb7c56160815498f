package org.holdfast.manager.assembly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.Rc;
import org.holdfast.controlapi.Caller;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlAnswer.Done;
import org.holdfast.controlapi.ControlAnswer.Reason;
import org.holdfast.controlapi.ControlAnswer.Refused;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.controlapi.ManagerRequest.CibOption;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerInput.ControlRequested;
import org.holdfast.manager.ManagerTimer;
import org.holdfast.manager.attributes.AttributeManager;
import org.holdfast.manager.cibsync.CibApplier;
import org.holdfast.manager.cibsync.CibReplica;
import org.holdfast.manager.cibsync.CibRequest;
import org.holdfast.manager.controller.Controller;
import org.holdfast.manager.controller.HistoryCleaner;
import org.holdfast.manager.fencer.Fencer;
import org.holdfast.manager.messages.NodeContext;
import org.holdfast.scheduler.constraints.PosixPattern;
import org.jspecify.annotations.Nullable;

/** Answers the requests of tools. */
final class ControlDesk {

    private static final String TIMER_WAIT = "control-wait";

    /** Attributes are held by every node and sent to those that come; no shell passes on more. */
    private static final int ATTRIBUTE_CHARS_MAX = 1 << 20;

    /** Characters of an XPath that the log shows. */
    private static final int PATH_LOGGED_MAX = 200;

    private final NodeContext node;
    private final CibReplica cib;
    private final AttributeManager attributes;
    private final Controller controller;
    private final Fencer fencer;
    private final Rights rights;
    private final Map<Long, Boolean> waiting = new LinkedHashMap<>();

    ControlDesk(
            NodeContext node,
            CibReplica cib,
            AttributeManager attributes,
            Controller controller,
            Fencer fencer) {
        this.node = node;
        this.cib = cib;
        this.attributes = attributes;
        this.controller = controller;
        this.fencer = fencer;
        this.rights = new Rights(node, cib);
    }

    void onRequest(ControlRequested asked) {
        long client = asked.client();
        Caller caller = asked.caller();
        if (!rights.permit(caller, asked.request())) {
            refuse(client, Reason.PERMISSION_DENIED, caller.user() + " may not do that");
            return;
        }
        switch (asked.request()) {
            case ManagerRequest.CibOperation operation -> onCib(client, caller, operation);
            case ManagerRequest.ControllerQuery() -> reply(client, controllerStatus());
            case ManagerRequest.UpdateAttribute update -> onUpdate(client, update);
            case ManagerRequest.QueryAttribute query -> onQuery(client, query);
            case ManagerRequest.FailResource fail -> onFail(client, fail);
            case ManagerRequest.CleanHistory clean -> onClean(client, clean);
            case ManagerRequest.WaitUntilIdle(long timeoutMillis) -> {
                waiting.put(client, Boolean.TRUE);
                node.setTimer(TIMER_WAIT, client, timeoutMillis);
                controller.whenIdle(() -> endWait(client, new Done()));
            }
            case ManagerRequest.FenceNode fence -> {
                String reason = fencer.fence(fence.node(), fence.action(), caller.client());
                refuse(client, Reason.NOT_FOUND, reason);
            }
            case ManagerRequest.ConfirmFenced(String name) -> {
                NodeId target = controller.nodeNamed(name);
                if (target == null) {
                    refuseUnknownNode(client, name);
                } else {
                    fencer.confirm(target, caller.client());
                    reply(client, new Done());
                }
            }
            case ManagerRequest.ForgetFencing(String name) -> {
                fencer.forget(name);
                reply(client, new Done());
            }
            case ManagerRequest.FencingHistory(String name) -> {
                List<ControlAnswer.FencingEvent> events = new ArrayList<>();
                for (ControlAnswer.FencingEvent event : fencer.history()) {
                    if (name == null || event.target().equals(name)) {
                        events.add(event);
                    }
                }
                reply(client, new ControlAnswer.FencingHistoryAnswer(events));
            }
            case ManagerRequest.ForgetNode(String name) -> onForget(client, caller, name);
            case ManagerRequest.ShutDown(List<String> nodes) -> onShutDown(client, nodes);
        }
    }

    boolean onTimer(ManagerTimer timer) {
        if (!timer.purpose().equals(TIMER_WAIT)) {
            return false;
        }
        endWait(
                timer.number(),
                new Refused(Reason.TIMEOUT, "the cluster did not settle in the time given"));
        return true;
    }

    private void endWait(long client, ControlAnswer answer) {
        if (waiting.remove(client) != null) {
            node.cancelTimer(TIMER_WAIT, client);
            reply(client, answer);
        }
    }

    private void onCib(long client, Caller asking, ManagerRequest.CibOperation operation) {
        Caller named = operation.onBehalfOf();
        Caller caller =
                named == null || !asking.isPrivileged()
                        ? asking
                        : new Caller(named.user(), named.groups(), asking.client());
        CibRequest request = translate(caller, operation);
        boolean local =
                operation.action() == ManagerRequest.CibAction.QUERY
                        || operation.options().contains(CibOption.DRY_RUN);
        if (local) {
            CibApplier.Outcome outcome = cib.tryOut(request);
            replyCib(client, caller, request, outcome.returnCode(), outcome.output());
            return;
        }
        if (operation.action() == ManagerRequest.CibAction.UPGRADE && isNewest(request)) {
            reply(client, new ControlAnswer.CibResult(Rc.toLegacy(Rc.SCHEMA_UNCHANGED), null));
            return;
        }
        cib.submit(
                request, true, (code, output) -> replyCib(client, caller, request, code, output));
    }

    private void replyCib(
            long client, Caller caller, CibRequest request, int code, @Nullable Element output) {
        if (code == Rc.toLegacy(Rc.ETIME) || code == Rc.toLegacy(Rc.EFBIG)) {
            node.log(
                    LogEvent.Level.WARNING,
                    "pacemaker-based",
                    "Refused %s of %s (user %s): %s"
                            .formatted(
                                    request.op(),
                                    caller.client(),
                                    caller.user(),
                                    code == Rc.toLegacy(Rc.ETIME)
                                            ? "its XPath takes too much work: "
                                                    + shortened(request.section())
                                            : "the CIB would be beyond the limits of what can be"
                                                    + " read again"));
        }
        reply(client, new ControlAnswer.CibResult(code, output));
    }

    private static String shortened(@Nullable String path) {
        return path == null || path.length() <= PATH_LOGGED_MAX
                ? String.valueOf(path)
                : path.substring(0, PATH_LOGGED_MAX) + "...";
    }

    /** Whether an upgrade would leave the schema as it is; the real stack says so live only. */
    private boolean isNewest(CibRequest upgrade) {
        CibApplier.Outcome outcome = cib.tryOut(upgrade);
        return outcome.returnCode() == 0
                && Objects.equals(
                        outcome.cib().get("validate-with"), cib.current().get("validate-with"));
    }

    private CibRequest translate(Caller caller, ManagerRequest.CibOperation operation) {
        String op =
                switch (operation.action()) {
                    case QUERY -> "cib_query";
                    case CREATE -> "cib_create";
                    case MODIFY -> "cib_modify";
                    case REPLACE -> "cib_replace";
                    case DELETE, DELETE_ALL -> "cib_delete";
                    case ERASE -> "cib_erase";
                    case UPGRADE -> "cib_upgrade";
                    case PATCH -> "cib_apply_diff";
                    case BUMP -> "cib_bump";
                };
        int options = 0;
        if (operation.action() == ManagerRequest.CibAction.DELETE_ALL) {
            options |= CibRequest.MULTIPLE;
        }
        for (CibOption option : CibOption.values()) {
            if (operation.options().contains(option)) {
                options |= bit(option);
            }
        }
        return new CibRequest(
                op,
                operation.section(),
                operation.data(),
                options,
                caller.user(),
                caller.isPrivileged() ? List.of() : caller.groups(),
                caller.client(),
                node.selfName(),
                node.epochSeconds());
    }

    private static int bit(CibOption option) {
        return switch (option) {
            case XPATH -> CibRequest.XPATH;
            case NO_CHILDREN -> CibRequest.NO_CHILDREN;
            case CAN_CREATE -> CibRequest.CAN_CREATE;
            case EXPAND_SCORES -> CibRequest.SCORE_UPDATE;
            case DRY_RUN -> CibRequest.DRY_RUN;
            case XPATH_ADDRESS -> CibRequest.XPATH_ADDRESS;
            case LOCAL, QUORUM_OVERRIDE -> 0;
        };
    }

    private ControlAnswer controllerStatus() {
        return new ControlAnswer.ControllerStatus(
                node.selfName(),
                controller.dcName(),
                controller.stateName(),
                controller.isIdle(),
                controller.knownPeers());
    }

    private void onUpdate(long client, ManagerRequest.UpdateAttribute update) {
        NodeId target = target(update.node());
        if (target == null) {
            refuseUnknownNode(client, update.node());
            return;
        }
        if ((long) update.attribute().length() + String.valueOf(update.value()).length()
                > ATTRIBUTE_CHARS_MAX) {
            refuse(
                    client,
                    Reason.INVALID,
                    "an attribute's name and value have at most "
                            + ATTRIBUTE_CHARS_MAX
                            + " characters");
            return;
        }
        boolean isPattern = update.options().contains(ManagerRequest.AttributeOption.PATTERN);
        if (isPattern && PosixPattern.compile(update.attribute()).isEmpty()) {
            reply(client, new Done()); // it names no attribute; the real one only logs that
            return;
        }
        attributes.update(target, update, () -> reply(client, new Done()));
    }

    private void onQuery(long client, ManagerRequest.QueryAttribute query) {
        Map<String, String> byNode = new LinkedHashMap<>();
        SortedMap<NodeId, String> values = attributes.values(query.attribute());
        if (values != null && query.node() != null) {
            byNode.put(query.node(), "");
        }
        if (values != null) {
            values.forEach((host, value) -> {
                String name = node.config().nodeName(host);
                if (query.node() == null || query.node().equals(name)) {
                    byNode.put(name, value);
                }
            });
        }
        reply(client, new ControlAnswer.AttributeValues(byNode));
    }

    private void onClean(long client, ManagerRequest.CleanHistory clean) {
        String problem = new HistoryCleaner(controller, cib.current()).clean(clean);
        if (problem == null) {
            reply(client, new Done());
        } else {
            refuse(client, Reason.NOT_FOUND, problem);
        }
    }

    private void onFail(long client, ManagerRequest.FailResource fail) {
        NodeId target = controller.nodeNamed(fail.node());
        if (target == null) {
            refuseUnknownNode(client, fail.node());
            return;
        }
        String problem =
                new HistoryCleaner(controller, cib.current()).fail(fail.resource(), target);
        if (problem == null) {
            reply(client, new Done());
        } else {
            refuse(client, Reason.NOT_FOUND, problem);
        }
    }

    private void onForget(long client, Caller caller, String name) {
        NodeId target = controller.nodeNamed(name);
        if (target != null && !controller.forget(target)) {
            refuse(
                    client,
                    Reason.INVALID,
                    name + " is a member; stop it before it can be forgotten");
            return;
        }
        if (name.indexOf('\'') >= 0 || name.indexOf('"') >= 0) {
            refuse(client, Reason.INVALID, name + " is no name of a node");
            return;
        }
        // Who is not in the node list any more may still be in the CIB.
        String key = target == null ? "@uname='" + name + "'" : "@id='" + target + "'";
        List<CibRequest> deletions = new ArrayList<>();
        for (String xpath :
                List.of(
                        "/cib/configuration/nodes/node[" + key + "]",
                        "/cib/status/node_state[" + key + "]")) {
            deletions.add(
                    new CibRequest(
                            "cib_delete",
                            xpath,
                            null,
                            CibRequest.XPATH,
                            caller.user(),
                            caller.client(),
                            node.selfName(),
                            node.epochSeconds()));
        }
        cib.submit(
                CibRequest.transaction(deletions),
                true,
                (code, output) -> reply(client, new Done()));
    }

    private void onShutDown(long client, List<String> nodes) {
        List<NodeId> targets = new ArrayList<>();
        for (String name : nodes) {
            NodeId target = controller.nodeNamed(name);
            if (target == null) {
                refuseUnknownNode(client, name);
                return;
            }
            targets.add(target);
        }
        if (targets.isEmpty()) {
            targets.add(node.self());
        }
        reply(client, new Done());
        for (NodeId target : targets) {
            if (target.equals(node.self())) {
                controller.shutDown();
            } else {
                attributes.update(target, "shutdown", Long.toString(node.epochSeconds()));
            }
        }
    }

    private @Nullable NodeId target(@Nullable String name) {
        return name == null ? node.self() : controller.nodeNamed(name);
    }

    private void refuseUnknownNode(long client, @Nullable String name) {
        refuse(client, Reason.NOT_FOUND, "there is no node named " + name);
    }

    private void refuse(long client, Reason reason, String message) {
        reply(client, new Refused(reason, message));
    }

    private void reply(long client, ControlAnswer answer) {
        node.emit(new ManagerEffect.Reply(client, answer));
    }
}
