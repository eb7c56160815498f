package org.holdfast.manager.controller;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.manager.cibsync.CibCompletion;
import org.holdfast.manager.cibsync.CibReplica;
import org.holdfast.manager.cibsync.CibRequest;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/** The controller's own changes to the CIB. */
final class CibWriter {

    private static final String LAST_REFRESH = "last-lrm-refresh";

    private final NodeContext node;
    private final CibReplica cib;

    CibWriter(NodeContext node, CibReplica cib) {
        this.node = node;
        this.cib = cib;
    }

    /** Merges something into a section. */
    void modify(String section, Element data, CibCompletion then) {
        cib.submit(request("cib_modify", section, data, CibRequest.CAN_CREATE), false, then);
    }

    /** Deletes all that an XPath finds. */
    void deleteAll(String xpath, CibCompletion then) {
        cib.submit(
                request("cib_delete", xpath, null, CibRequest.XPATH | CibRequest.MULTIPLE),
                false,
                then);
    }

    /**
     * Deletes all that an XPath finds and merges something into the status, with no step between.
     */
    void replaceInStatus(String xpath, Element status, CibCompletion then) {
        CibRequest delete =
                request("cib_delete", xpath, null, CibRequest.XPATH | CibRequest.MULTIPLE);
        CibRequest modify = request("cib_modify", "status", status, CibRequest.CAN_CREATE);
        cib.submit(CibRequest.transaction(List.of(delete, modify)), false, then);
    }

    /**
     * Notes in the cluster's properties that a history was forgotten on somebody's wish, as
     * Pacemaker does: a change of the configuration after which every controller plans anew.
     */
    void noteRefresh() {
        String set = "cib-bootstrap-options";
        String id = set + "-" + LAST_REFRESH;
        Element options = cib.current().path("configuration", "crm_config");
        for (Element present : options == null ? List.<Element>of() : options.elements()) {
            for (Element option : present.elements("nvpair")) {
                if (option.getOr("name", "").equals(LAST_REFRESH)) {
                    set = present.id();
                    id = option.id();
                }
            }
        }
        Element option =
                Element.of(
                        "nvpair",
                        "id",
                        id,
                        "name",
                        LAST_REFRESH,
                        "value",
                        Long.toString(node.epochSeconds()));
        modify(
                "crm_config",
                Element.of("crm_config")
                        .append(Element.of("cluster_property_set", "id", set).append(option)),
                CibCompletion.IGNORED);
    }

    private CibRequest request(
            String op, @Nullable String section, @Nullable Element data, int options) {
        return new CibRequest(
                op,
                section,
                data,
                options,
                CibRequest.CLUSTER_USER,
                "pacemaker-controld",
                node.selfName(),
                node.epochSeconds());
    }
}
