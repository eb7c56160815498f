package org.holdfast.manager.fencer;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.controlapi.ControlAnswer.FencingEvent;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.holdfast.manager.messages.Group;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/** The fencer of one node: the same history on every member, in the group's order. */
public final class Fencer {

    private static final String LOG = "pacemaker-fenced";
    private static final String CONFIRM = "st_confirm";
    private static final String FORGET = "st_fence_history_cleanup";
    private static final int EVENTS_MAX = 500;

    /** Is told of nodes that are known to be down. */
    public interface Listener {

        /** The node does not run anything any more; every member hears of it. */
        void fenced(NodeId target);
    }

    private final NodeContext node;
    private final Listener listener;
    private final List<FencingEvent> history = new ArrayList<>();

    /** A fencer outside its group. */
    public Fencer(NodeContext node, Listener listener) {
        this.node = node;
        this.listener = listener;
    }

    /** Joins the group. */
    public void start() {
        node.emit(new ManagerEffect.JoinGroup(Group.FENCER.groupName()));
    }

    /** Past fencing, newest first. */
    public List<FencingEvent> history() {
        return List.copyOf(history.reversed());
    }

    /**
     * Asks to fence a node.
     *
     * @return why it cannot be done; there is no other outcome while no device can be registered
     */
    public String fence(String target, String action, String client) {
        String reason = "no fence device is registered that could " + action + " " + target;
        node.log(LogEvent.Level.ERROR, LOG, "Cannot fence: " + reason);
        add(
                new FencingEvent(
                        target,
                        action,
                        null,
                        node.selfName(),
                        client,
                        null,
                        "failed",
                        node.epochSeconds()));
        return reason;
    }

    /** Tells all members that a human has made sure that a node is down. */
    public void confirm(NodeId target, String client) {
        node.broadcast(
                Group.FENCER,
                Element.of(
                        "stonith_command",
                        "__name__",
                        "stonith_command",
                        "t",
                        "stonith-ng",
                        "st_op",
                        CONFIRM,
                        "st_target",
                        node.config().nodeName(target),
                        "st_target_id",
                        target.toString(),
                        "st_clientname",
                        client,
                        "st_origin",
                        node.selfName()));
    }

    /** Has all members forget past fencing of a node; null is every node. */
    public void forget(@Nullable String target) {
        Element message =
                Element.of(
                        "stonith_command",
                        "__name__",
                        "stonith_command",
                        "t",
                        "stonith-ng",
                        "st_op",
                        FORGET,
                        "st_origin",
                        node.selfName());
        node.broadcast(Group.FENCER, target == null ? message : message.with("st_target", target));
    }

    /** A message of the group was delivered. */
    public void onMessage(GroupMember sender, Element message) {
        if (message.getOr("st_op", "").equals(FORGET)) {
            String target = message.get("st_target");
            history.removeIf(event -> target == null || event.target().equals(target));
            return;
        }
        if (!message.getOr("st_op", "").equals(CONFIRM)) {
            return;
        }
        NodeId target;
        try {
            target = new NodeId(Integer.parseUnsignedInt(message.getOr("st_target_id", "0")));
        } catch (NumberFormatException e) {
            return;
        }
        if (target.value() == 0) {
            return;
        }
        add(
                new FencingEvent(
                        message.getOr("st_target", ""),
                        "off",
                        "manual_ack",
                        message.getOr("st_origin", ""),
                        message.getOr("st_clientname", ""),
                        "a human",
                        "success",
                        node.epochSeconds()));
        node.log(
                LogEvent.Level.NOTICE,
                LOG,
                "%s is down: confirmed on %s"
                        .formatted(message.getOr("st_target", ""), message.getOr("st_origin", "")));
        listener.fenced(target);
    }

    private void add(FencingEvent event) {
        history.add(event);
        if (history.size() > EVENTS_MAX) {
            history.removeFirst();
        }
    }
}
