package org.holdfast.manager.controller;

import org.holdfast.cib.document.Element;
import org.holdfast.kernel.NodeId;
import org.jspecify.annotations.Nullable;

/** One action of a transition graph and how far it has come. */
final class GraphAction {

    enum Kind {
        /** An order to an executor. */
        RESOURCE,
        /** Something a controller does. */
        CLUSTER,
        /** Only orders others. */
        PSEUDO
    }

    final int id;
    final Kind kind;
    final Synapse synapse;
    final Element xml;
    boolean executed;
    boolean confirmed;
    boolean failed;

    GraphAction(Element xml, Synapse synapse) {
        this.id = (int) ControllerMessages.number(xml, "id", -1);
        this.xml = xml;
        this.synapse = synapse;
        this.kind =
                switch (xml.name()) {
                    case "rsc_op" -> Kind.RESOURCE;
                    case "crm_event" -> Kind.CLUSTER;
                    default -> Kind.PSEUDO;
                };
    }

    String task() {
        return xml.getOr("operation", "");
    }

    String key() {
        return xml.getOr("operation_key", task());
    }

    boolean isFencing() {
        return kind == Kind.CLUSTER && task().equals("stonith");
    }

    /** The node that it is done on, or null for a pseudo action. */
    @Nullable NodeId target() {
        return ControllerMessages.nodeId(xml.get("on_node_uuid"));
    }

    /** A meta attribute, or null. */
    @Nullable String meta(String name) {
        Element attributes = xml.first("attributes");
        return attributes == null ? null : attributes.get("CRM_meta_" + name);
    }

    boolean needsNoWait() {
        return isTrue(meta("op_no_wait"));
    }

    /** How long its node may take for it, start delay included. */
    long timeoutMillis() {
        return metaNumber("timeout") + metaNumber("start_delay");
    }

    long intervalMillis() {
        return metaNumber("interval");
    }

    /** The exit code that means success. */
    int targetRc() {
        return (int) metaNumber("op_target_rc");
    }

    private long metaNumber(String name) {
        Element attributes = xml.first("attributes");
        return attributes == null
                ? 0
                : ControllerMessages.number(attributes, "CRM_meta_" + name, 0);
    }

    /** Whether the node is expected to be gone because of this action. */
    boolean takesDown(NodeId node) {
        Element downed = xml.first("downed");
        if (downed == null) {
            return false;
        }
        for (Element listed : downed.elements("node")) {
            if (node.equals(ControllerMessages.nodeId(listed.id()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTrue(@Nullable String text) {
        return text != null
                && (text.equalsIgnoreCase("true")
                        || text.equalsIgnoreCase("yes")
                        || text.equalsIgnoreCase("on")
                        || text.equals("1"));
    }
}
