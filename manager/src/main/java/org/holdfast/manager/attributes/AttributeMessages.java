package org.holdfast.manager.attributes;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.controlapi.ManagerRequest.AttributeOption;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.jspecify.annotations.Nullable;

/** The XML of the {@code attrd} group, in the shape that Pacemaker's attribute manager uses. */
final class AttributeMessages {

    static final String UPDATE = "create_attrd_op";
    static final String START = "holdfast_attrd_start";
    static final String SYNC = "attrd_peer_sync";

    /** A member has taken over a change whose sender asked to be told. */
    static final String DONE = "holdfast_attrd_done";

    private static final String PROTOCOL = "4";

    private AttributeMessages() {}

    /**
     * A change of one attribute of one node.
     *
     * @param host the node that it describes
     * @param incarnation the CPG pid of that node's manager, as the sender knew it; a change made
     *     for an earlier incarnation must not take effect
     * @param name the attribute's name, or a pattern
     * @param dampeningMillis -1 stands for the default
     * @param request the sender's number for it
     */
    record Update(
            NodeId host,
            int incarnation,
            String name,
            @Nullable String value,
            long dampeningMillis,
            @Nullable String set,
            Set<AttributeOption> options,
            long request) {

        boolean has(AttributeOption option) {
            return options.contains(option);
        }

        Update withName(String other) {
            return new Update(
                    host, incarnation, other, value, dampeningMillis, set, options, request);
        }
    }

    static Element encode(Update update, String hostName, String source) {
        return Element.builder(UPDATE)
                .attribute("t", "attrd")
                .attribute("src", source)
                .attribute(
                        update.has(AttributeOption.PATTERN) ? "attr_regex" : "attr_name",
                        update.name())
                .attribute("task", task(update))
                .optional("attr_value", update.value())
                .attribute("attr_host", hostName)
                .attribute("attr_host_id", update.host().toString())
                .attribute("attr_host_pid", Integer.toString(update.incarnation()))
                .attribute("attr_is_remote", "0")
                .attribute("attr_is_private", update.has(AttributeOption.PRIVATE) ? "1" : "0")
                .attribute("attr_dampening", Long.toString(update.dampeningMillis()))
                .optional("attr_set", update.set())
                .attribute(
                        "attr_set_type",
                        update.has(AttributeOption.UTILIZATION)
                                ? "utilization"
                                : "instance_attributes")
                .attribute(
                        "attr_sync_point",
                        update.has(AttributeOption.WAIT_FOR_ALL) ? "cluster" : "none")
                .attribute("attr_request", Long.toString(update.request()))
                .attribute("attr_version", PROTOCOL)
                .build();
    }

    private static String task(Update update) {
        if (update.has(AttributeOption.KEEP_VALUE)) {
            return "update-delay";
        }
        return update.has(AttributeOption.SET_DAMPENING) ? "update-both" : "update";
    }

    static @Nullable Update decodeUpdate(Element message) {
        String pattern = message.get("attr_regex");
        String name = pattern == null ? message.get("attr_name") : pattern;
        NodeId host = host(message);
        if (name == null || host == null) {
            return null;
        }
        Set<AttributeOption> options = EnumSet.noneOf(AttributeOption.class);
        add(options, pattern != null, AttributeOption.PATTERN);
        add(options, message.getOr("attr_is_private", "0").equals("1"), AttributeOption.PRIVATE);
        add(
                options,
                message.getOr("attr_set_type", "").equals("utilization"),
                AttributeOption.UTILIZATION);
        add(
                options,
                message.getOr("attr_sync_point", "").equals("cluster"),
                AttributeOption.WAIT_FOR_ALL);
        String task = message.getOr("task", "update");
        add(options, task.equals("update-delay"), AttributeOption.KEEP_VALUE);
        add(options, task.equals("update-both"), AttributeOption.SET_DAMPENING);
        return new Update(
                host,
                (int) number(message, "attr_host_pid", 0),
                name,
                message.get("attr_value"),
                number(message, "attr_dampening", -1),
                message.get("attr_set"),
                options,
                number(message, "attr_request", 0));
    }

    private static void add(Set<AttributeOption> options, boolean wanted, AttributeOption option) {
        if (wanted) {
            options.add(option);
        }
    }

    /** Tells the sender of a change that this node has taken it over. */
    static Element encodeDone(GroupMember asker, long request) {
        return Element.of(
                DONE,
                "t",
                "attrd",
                "to_node",
                asker.node().toString(),
                "to_pid",
                Integer.toString(asker.pid()),
                "attr_request",
                Long.toString(request));
    }

    /** The number of the confirmed change if it is one of that node's, or -1. */
    static long confirmedRequest(Element message, NodeId self, int pid) {
        boolean mine =
                message.getOr("to_node", "").equals(self.toString())
                        && number(message, "to_pid", -1) == pid;
        return mine ? number(message, "attr_request", -1) : -1;
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
            if (attribute.knows(self)) {
                Update update =
                        new Update(
                                self,
                                pid,
                                attribute.name,
                                attribute.values.get(self),
                                attribute.dampeningMillis,
                                attribute.set,
                                attribute.options(),
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
