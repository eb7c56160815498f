package org.holdfast.manager.controller;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.messages.Group;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/** Sends and reads the messages of the {@code crmd} group, in Pacemaker's shape. */
final class ControllerMessages {

    /** The version of the controllers' common language; the CIB carries the DC's. */
    static final String FEATURE_SET = "3.20.5";

    static final String VOTE = "vote";
    static final String NO_VOTE = "no-vote";
    static final String JOIN_ANNOUNCE = "join_announce";
    static final String JOIN_OFFER = "join_offer";
    static final String JOIN_REQUEST = "join_request";
    static final String JOIN_ACK = "join_ack_nack";
    static final String JOIN_CONFIRM = "join_confirm";
    static final String INVOKE = "lrm_invoke";
    static final String LRM_DELETE = "lrm_delete";
    static final String LRM_FAIL = "lrm_fail";
    static final String DO_SHUTDOWN = "do_shutdown";
    static final String WAIT_IDLE = "holdfast_wait_idle";
    static final String IS_IDLE = "holdfast_is_idle";

    private final NodeContext node;
    private long lastReference;

    ControllerMessages(NodeContext node) {
        this.node = node;
    }

    /** A message's head; attributes are added behind it. */
    Element.Builder request(String task, String from, String to, @Nullable NodeId target) {
        lastReference++;
        return Element.builder("create_request_adv")
                .attribute("origin", "holdfast")
                .attribute("t", "crmd")
                .attribute("version", FEATURE_SET)
                .attribute("subt", "request")
                .attribute(
                        "reference",
                        task + "-" + from + "-" + node.epochSeconds() + "-" + lastReference)
                .attribute("crm_task", task)
                .attribute("crm_sys_to", to)
                .attribute("crm_sys_from", from)
                .optional("crm_host_to", target == null ? null : node.config().nodeName(target));
    }

    void broadcast(Element message) {
        node.broadcast(Group.CONTROLLER, message);
    }

    void send(NodeId target, Element message) {
        node.send(Group.CONTROLLER, target, message);
    }

    /** A message's payload around an element. */
    static Element payload(Element content) {
        return Element.of("crm_xml").withChildren(List.of(content));
    }

    /** The payload of a message, or null. */
    static @Nullable Element payloadOf(Element message) {
        Element wrapper = message.first("crm_xml");
        if (wrapper == null || wrapper.elements().isEmpty()) {
            return null;
        }
        return wrapper.elements().getFirst();
    }

    static long number(Element element, String attribute, long fallback) {
        String text = element.get(attribute);
        if (text == null) {
            return fallback;
        }
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return fallback;
        }
    }

    /** A node's number as the CIB writes it, or null if the text is none. */
    static @Nullable NodeId nodeId(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            int id = Integer.parseUnsignedInt(text);
            return id == 0 ? null : new NodeId(id);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
