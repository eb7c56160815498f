package org.holdfast.tools.attribute;

import java.util.List;
import java.util.Locale;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CallOptions;
import org.holdfast.cib.engine.CibOperation;
import org.holdfast.cib.engine.CibRequest;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.value.Booleans;
import org.holdfast.tools.cib.CibClient;
import org.jspecify.annotations.Nullable;

/**
 * The node that an attribute belongs to.
 *
 * @param id the node's id in the CIB
 * @param remote whether it is a remote or guest node
 */
record AttributeTarget(String id, boolean remote) {

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** The node of a name, or null if the CIB knows none. */
    static @Nullable AttributeTarget find(CibClient cib, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String path =
                "/cib/configuration/nodes/node["
                        + lowered("@uname", lower)
                        + "]|/cib/configuration/resources/primitive"
                        + "[@class='ocf'][@provider='pacemaker'][@type='remote']["
                        + lowered("@id", lower)
                        + "]|/cib/configuration/resources/primitive/meta_attributes/nvpair"
                        + "[@name='remote-node']["
                        + lowered("@value", lower)
                        + "]|/cib/status/node_state[@remote_node='true']["
                        + lowered("@id", lower)
                        + "]";
        CibClient.Result result =
                cib.call(
                        CibRequest.of(
                                CibOperation.QUERY,
                                path,
                                null,
                                CallOptions.SYNC_CALL | CallOptions.XPATH));
        Element found = result.output();
        if (result.returnCode() != Rc.OK || found == null) {
            return null;
        }
        if (found.name().equals("xpath-query")) {
            List<Element> matches = found.elements();
            return matches.isEmpty() ? null : of(matches.getFirst());
        }
        return of(found);
    }

    private static String lowered(String attribute, String value) {
        return "translate("
                + attribute
                + ",'"
                + UPPER
                + "','"
                + UPPER.toLowerCase(Locale.ROOT)
                + "') ='"
                + value
                + "'";
    }

    private static @Nullable AttributeTarget of(Element match) {
        return switch (match.name()) {
            case "node" ->
                    "remote".equalsIgnoreCase(match.get("type"))
                            ? target(match.get("uname"), true)
                            : target(match.get("id"), false);
            case "primitive" -> target(match.get("id"), true);
            case "nvpair" -> target(match.get("value"), true);
            case "node_state" ->
                    target(match.get("uname"), Booleans.isTrue(match.get("remote_node")));
            default -> null;
        };
    }

    private static @Nullable AttributeTarget target(@Nullable String id, boolean remote) {
        return id == null ? null : new AttributeTarget(id, remote);
    }
}
