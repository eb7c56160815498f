package org.holdfast.tools.attribute;

import org.holdfast.cib.result.ExitCode;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * What crm_attribute was asked to do.
 *
 * @param command what
 * @param name the attribute's name; null for all
 * @param promotion whether it is a promotion score
 * @param id the attribute's XML id
 * @param pattern a pattern of names
 * @param value the new value
 * @param fallback what to show if there is none
 * @param node the node's name; null for this one
 * @param section where to look
 * @param setTag the tag of the set that it is in; null for the usual one
 * @param setId the XML id of the set that it is in
 * @param quiet whether only the value is shown
 */
record AttributeQuestion(
        Command command,
        @Nullable String name,
        boolean promotion,
        @Nullable String id,
        @Nullable String pattern,
        @Nullable String value,
        @Nullable String fallback,
        @Nullable String node,
        String section,
        @Nullable String setTag,
        @Nullable String setId,
        boolean quiet) {

    /** What to do. */
    enum Command {
        QUERY,
        UPDATE,
        DELETE,
        LIST
    }

    static AttributeQuestion of(Invocation call) throws UsageException {
        Command command = Command.QUERY;
        String name = null;
        boolean promotion = false;
        String value = null;
        String node = null;
        String type = null;
        String setTag = null;
        for (Arguments.Given option : call.arguments().given()) {
            switch (option.name()) {
                case "name", "attr-name" -> {
                    name = option.value();
                    promotion = false;
                }
                case "promotion" -> {
                    promotion = true;
                    name = promotionName(call, option.value());
                }
                case "query", "get-value" -> {
                    command = Command.QUERY;
                    value = null;
                }
                case "delete" -> {
                    command = Command.DELETE;
                    value = null;
                }
                case "update" -> {
                    command = Command.UPDATE;
                    value = option.value();
                }
                case "list-options" -> command = Command.LIST;
                case "node", "node-uname" -> node = option.value();
                case "lifetime", "type" -> type = option.value();
                case "utilization" -> {
                    type = "nodes";
                    setTag = "utilization";
                }
                default -> {
                    // read below, or without meaning here
                }
            }
        }
        if (node != null && (node.equalsIgnoreCase("auto") || node.equalsIgnoreCase("localhost"))) {
            String local = LocalNode.fromEnvironment(call);
            node = local == null ? node : local;
        }
        return new AttributeQuestion(
                command,
                name,
                promotion,
                call.value("id"),
                call.value("pattern"),
                value,
                call.value("default"),
                node,
                section(type, promotion, node != null),
                setTag,
                call.value("set-name"),
                call.has("quiet") || call.has("quiet-old"));
    }

    private static @Nullable String promotionName(Invocation call, @Nullable String resource) {
        String id =
                resource == null || resource.isEmpty()
                        ? call.environment("OCF_RESOURCE_INSTANCE")
                        : resource;
        return id == null ? null : "master-" + id;
    }

    private static String section(@Nullable String type, boolean promotion, boolean ofNode) {
        if (type == null) {
            return promotion ? "status" : ofNode ? "nodes" : "crm_config";
        }
        if (type.equalsIgnoreCase("reboot")) {
            return "status";
        }
        return type.equalsIgnoreCase("forever") ? "nodes" : type;
    }

    void check() throws UsageException {
        boolean named = name != null || pattern != null;
        if (command == Command.DELETE && !named) {
            throw new UsageException(
                    ExitCode.USAGE, "Error: must specify attribute name or pattern to delete");
        }
        if (command == Command.UPDATE && !named) {
            throw new UsageException(
                    ExitCode.USAGE, "Error: must specify attribute name or pattern to update");
        }
        if (pattern != null && name != null) {
            throw new UsageException(
                    ExitCode.USAGE, "Error: --name and --pattern cannot be used at the same time");
        }
    }

    @Nullable String nameOrPattern() {
        return name == null ? pattern : name;
    }
}
