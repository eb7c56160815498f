package org.holdfast.manager.attributes;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.NodeId;
import org.jspecify.annotations.Nullable;

/** The XML of the {@code attrd} group, in the shape that Pacemaker's attribute manager uses. */
final class AttributeMessages {

    static final String UPDATE = "create_attrd_op";
    static final String START = "holdfast_attrd_start";
    static final String SYNC = "attrd_peer_sync";
    private static final String PROTOCOL = "4";

    private AttributeMessages() {}

    /**
     * A change of one attribute of one node.
     *
     * @param host the node that it describes
     * @param incarnation the CPG pid of that node's manager, as the sender knew it; a change made
     *     for an earlier incarnation must not take effect
     * @param dampeningMillis -1 leaves it as it is
     */
    record Update(
            NodeId host,
            int incarnation,
            String name,
            @Nullable String value,
            boolean isPrivate,
            long dampeningMillis,
            @Nullable String set,
            long request) {}

    static Element encode(Update update, String hostName, String source) {
        return Element.builder(UPDATE)
                .attribute("t", "attrd")
                .attribute("src", source)
                .attribute("attr_name", update.name())
                .attribute("task", "update")
                .optional("attr_value", update.value())
                .attribute("attr_host", hostName)
                .attribute("attr_host_id", update.host().toString())
                .attribute("attr_host_pid", Integer.toString(update.incarnation()))
                .attribute("attr_is_remote", "0")
                .attribute("attr_is_private", update.isPrivate() ? "1" : "0")
                .attribute("attr_dampening", Long.toString(update.dampeningMillis()))
                .optional("attr_set", update.set())
                .attribute("attr_request", Long.toString(update.request()))
                .attribute("attr_version", PROTOCOL)
                .build();
    }

    static @Nullable Update decodeUpdate(Element message) {
        String name = message.get("attr_name");
        NodeId host = host(message);
        if (name == null || host == null) {
            return null;
        }
        return new Update(
                host,
                (int) number(message, "attr_host_pid", 0),
                name,
                message.get("attr_value"),
                message.getOr("attr_is_private", "0").equals("1"),
                number(message, "attr_dampening", -1),
                message.get("attr_set"),
                number(message, "attr_request", 0));
    }

    /** Asks all members to tell their own values. */
    static Element encodeStart(String round) {
        return Element.of(START, "t", "attrd", "round", round);
    }

    /** Which exchange of values a message belongs to. */
    static String round(Element message) {
        return message.getOr("round", "");
    }

    /** All values of the sender's own node. */
    static Element encodeSync(
            String round, AttributeTable table, NodeId self, String selfName, int pid) {
        List<Element> values = new ArrayList<>();
        for (AttributeTable.Attribute attribute : table.all()) {
            String value = attribute.values.get(self);
            if (value != null) {
                Update update =
                        new Update(
                                self,
                                pid,
                                attribute.name,
                                value,
                                attribute.isPrivate,
                                attribute.dampeningMillis,
                                attribute.set,
                                0);
                values.add(encode(update, selfName, "attrd").withName("attrd_add_value_xml"));
            }
        }
        return Element.of(
                        SYNC,
                        "task",
                        "sync-response",
                        "t",
                        "attrd",
                        "round",
                        round,
                        "attr_version",
                        PROTOCOL)
                .withChildren(values);
    }

    static List<Update> decodeSync(Element message) {
        List<Update> updates = new ArrayList<>();
        for (Element child : message.elements()) {
            Update update = decodeUpdate(child);
            if (update != null) {
                updates.add(update);
            }
        }
        return updates;
    }

    private static @Nullable NodeId host(Element message) {
        try {
            int id = Integer.parseUnsignedInt(message.getOr("attr_host_id", ""));
            return id == 0 ? null : new NodeId(id);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static long number(Element message, String attribute, long fallback) {
        try {
            return Long.parseLong(message.getOr(attribute, Long.toString(fallback)));
        } catch (NumberFormatException e) {
            return fallback;
        }
    }
}
