package org.holdfast.cib.acl;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CibEngine;
import org.holdfast.cib.engine.CibOperation;
import org.holdfast.cib.engine.CibOutcome;
import org.holdfast.cib.engine.CibRequest;
import org.holdfast.cib.engine.Schemas;
import org.holdfast.cib.result.Rc;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AclTest {

    private static final CibEngine ENGINE =
            new CibEngine(Schemas.NONE, true, (user, group) -> user.equals("ann"));

    private static Element permission(String kind, String xpath) {
        return Element.of("acl_permission", "id", kind, "kind", kind, "xpath", xpath);
    }

    private static final Element CIB =
            Element.of(
                            "cib",
                            "validate-with",
                            "pacemaker-4.0",
                            "epoch",
                            "1",
                            "admin_epoch",
                            "0",
                            "num_updates",
                            "0")
                    .append(
                            Element.of("configuration")
                                    .append(
                                            Element.of("crm_config")
                                                    .append(
                                                            Element.of(
                                                                            "cluster_property_set",
                                                                            "id",
                                                                            "o")
                                                                    .append(
                                                                            Element.of(
                                                                                    "nvpair",
                                                                                    "name",
                                                                                    "enable-acl",
                                                                                    "value",
                                                                                    "true"))))
                                    .append(
                                            Element.of("resources")
                                                    .append(Element.of("primitive", "id", "a")))
                                    .append(
                                            Element.of("acls")
                                                    .append(
                                                            Element.of("acl_role", "id", "r")
                                                                    .append(
                                                                            permission(
                                                                                    "deny",
                                                                                    "//acls"))
                                                                    .append(
                                                                            permission(
                                                                                    "write",
                                                                                    "//resources"))
                                                                    .append(
                                                                            permission(
                                                                                    "read",
                                                                                    "/cib")))
                                                    .append(
                                                            Element.of("acl_target", "id", "joe")
                                                                    .append(
                                                                            Element.of(
                                                                                    "role", "id",
                                                                                    "r")))
                                                    .append(
                                                            Element.of("acl_group", "id", "ops")
                                                                    .append(
                                                                            Element.of(
                                                                                    "role", "id",
                                                                                    "r")))))
                    .append(Element.of("status"));

    private static CibOutcome run(
            String user, CibOperation operation, @Nullable String section, Element data) {
        return ENGINE.apply(
                CIB, CibRequest.of(operation, section, data, 0).by(null, null, user), "now");
    }

    @Test
    void queriesShowWhatMayBeRead() {
        Element seen = run("joe", CibOperation.QUERY, "configuration", CIB).output();

        assertThat(seen).isNotNull();
        assertThat(seen.first("acls")).isNull();
        assertThat(seen.first("resources")).isNotNull();
        assertThat(run("eve", CibOperation.QUERY, "configuration", CIB).returnCode())
                .isEqualTo(Rc.EACCES);
        assertThat(run("root", CibOperation.QUERY, "acls", CIB).output()).isNotNull();
    }

    @Test
    void changesNeedPermission() {
        Element primitive = Element.of("primitive", "id", "b", "class", "ocf");
        assertThat(run("joe", CibOperation.CREATE, "resources", primitive).ok()).isTrue();
        assertThat(run("ann", CibOperation.CREATE, "resources", primitive).ok()).isTrue();
        assertThat(run("eve", CibOperation.CREATE, "resources", primitive).returnCode())
                .isEqualTo(Rc.EACCES);
        Element order = Element.of("rsc_order", "id", "o", "first", "a");
        assertThat(run("joe", CibOperation.CREATE, "crm_config", order).returnCode())
                .isEqualTo(Rc.EACCES);
        assertThat(run("joe", CibOperation.DELETE, "resources", Element.of("primitive")).ok())
                .isTrue();
        assertThat(run("joe", CibOperation.DELETE, null, Element.of("acl_role")).returnCode())
                .isEqualTo(Rc.EACCES);
    }

    @Test
    void scaffoldingMayBeCreatedButNotWithinTheAcls() {
        Element node = Element.of("nodes");
        assertThat(run("joe", CibOperation.CREATE, "configuration", node).ok()).isTrue();
        Element role = Element.of("acl_role", "id", "mine");
        assertThat(run("joe", CibOperation.CREATE, "acls", role).returnCode()).isEqualTo(Rc.EACCES);
    }
}
