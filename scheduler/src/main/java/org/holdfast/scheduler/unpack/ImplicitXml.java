package org.holdfast.scheduler.unpack;

import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.XmlIds;
import org.jspecify.annotations.Nullable;

/** Elements of resources that configurations imply: connections to guests, parts of bundles. */
final class ImplicitXml {

    private ImplicitXml() {}

    /** A primitive of the OCF standard, to be filled. */
    static Element.Builder primitive(String id, String provider, String type) {
        return Element.builder("primitive")
                .attribute("id", id)
                .attribute("class", "ocf")
                .attribute("provider", provider)
                .attribute("type", type);
    }

    /** Name-value pairs with ids made from the set's id. */
    static Element set(String tag, String id, @Nullable String... namesAndValues) {
        Element.Builder set = Element.builder(tag).attribute("id", XmlIds.sanitized(id));
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            String name = namesAndValues[i];
            String value = namesAndValues[i + 1];
            if (name != null && value != null) {
                set.child(
                        Element.of(
                                "nvpair",
                                "id",
                                XmlIds.sanitized(id + "-" + name),
                                "name",
                                name,
                                "value",
                                value));
            }
        }
        return set.build();
    }

    /** An operation without or with a timeout. */
    static Element operation(
            String resource, String task, String interval, @Nullable String timeout) {
        return Element.builder("op")
                .attribute("id", XmlIds.sanitized(resource + "-" + task + "-" + interval))
                .attribute("interval", interval)
                .attribute("name", task)
                .optional("timeout", timeout)
                .build();
    }

    /** The connection resource of a guest or bundle node. */
    static Element connection(
            String name,
            String container,
            @Nullable String allowMigrate,
            @Nullable String managed,
            @Nullable String connectTimeout,
            @Nullable String server,
            @Nullable String port) {
        Element.Builder connection = primitive(name, "pacemaker", "remote");
        connection.child(
                set(
                        "meta_attributes",
                        name + "-meta_attributes",
                        "internal_rsc",
                        "true",
                        "container",
                        container,
                        "allow-migrate",
                        allowMigrate,
                        "is-managed",
                        managed));
        if (server != null || port != null) {
            connection.child(
                    set(
                            "instance_attributes",
                            name + "-instance_attributes",
                            "addr",
                            server,
                            "port",
                            port));
        }
        Element.Builder operations = Element.builder("operations");
        operations.child(operation(name, "monitor", "30s", "30s"));
        if (connectTimeout != null) {
            operations.child(operation(name, "start", "0", connectTimeout));
        }
        return connection.child(operations.build()).build();
    }
}
