package org.holdfast.tools.attribute;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CallOptions;
import org.holdfast.cib.engine.CibOperation;
import org.holdfast.cib.engine.CibRequest;
import org.holdfast.cib.result.Rc;
import org.holdfast.tools.cib.CibClient;
import org.holdfast.tools.crm.frame.Output;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of one section of the CIB: cluster options, defaults, tickets, or those of a node that
 * last for ever or until it restarts. For one command.
 */
final class AttributeStore {

    /**
     * What a search found.
     *
     * @param returnCode a code of {@link Rc}
     * @param pairs the matching pairs
     */
    record Found(int returnCode, List<Element> pairs) {}

    private final CibClient cib;
    private final Output out;
    private final String section;
    private final @Nullable AttributeTarget node;
    private final @Nullable String setTag;
    private final @Nullable String setId;
    private final @Nullable String user;

    AttributeStore(
            CibClient cib,
            Output out,
            String section,
            @Nullable AttributeTarget node,
            @Nullable String setTag,
            @Nullable String setId,
            @Nullable String user) {
        this.cib = cib;
        this.out = out;
        this.section = section;
        this.node = node;
        this.setTag = setTag;
        this.setId = setId;
        this.user = user;
    }

    private CibClient.Result call(
            CibOperation operation, String where, @Nullable Element data, int options) {
        return cib.call(
                CibRequest.of(operation, where, data, options | CallOptions.SYNC_CALL)
                        .by(null, null, user));
    }

    private boolean isCluster() {
        return section.equalsIgnoreCase("crm_config");
    }

    private boolean isDefaults() {
        return section.equalsIgnoreCase("op_defaults") || section.equalsIgnoreCase("rsc_defaults");
    }

    private boolean isTickets() {
        return section.equalsIgnoreCase("tickets");
    }

    private boolean isStatus() {
        return section.equalsIgnoreCase("status");
    }

    Found find(@Nullable String id, @Nullable String name) {
        boolean nodeless = isCluster() || isDefaults() || isTickets();
        if (!nodeless && node == null) {
            return new Found(Rc.EINVAL, List.of());
        }
        String base = basePath(isTickets() ? "status" : section);
        if (base == null) {
            return new Found(Rc.ENOMSG, List.of());
        }
        StringBuilder path = new StringBuilder(base);
        String tag = setTag == null ? "instance_attributes" : setTag;
        if (isCluster()) {
            tag = "cluster_property_set";
        } else if (isDefaults()) {
            tag = "meta_attributes";
        } else if (isTickets()) {
            path.append("//tickets");
        } else if (node != null) {
            path.append("//").append(isStatus() ? "node_state" : "node");
            path.append("[@id='").append(node.id()).append("']");
            tag = isStatus() ? "transient_attributes" : tag;
        }
        path.append("//").append(tag);
        if (setId != null) {
            path.append("[@id='").append(setId).append("']");
        }
        path.append("//nvpair");
        if (id != null && name != null) {
            path.append("[@id='").append(id).append("' and @name='").append(name).append("']");
        } else if (id != null) {
            path.append("[@id='").append(id).append("']");
        } else if (name != null) {
            path.append("[@name='").append(name).append("']");
        }
        CibClient.Result result =
                call(CibOperation.QUERY, path.toString(), null, CallOptions.XPATH);
        Element output = result.output();
        if (result.returnCode() != Rc.OK || output == null) {
            return new Found(result.returnCode(), List.of());
        }
        return new Found(
                Rc.OK, output.name().equals("xpath-query") ? output.elements() : List.of(output));
    }

    private static @Nullable String basePath(String name) {
        return switch (name) {
            case "cib", "all" -> "//cib";
            case "status", "configuration" -> "//cib/" + name;
            case "crm_config",
                    "nodes",
                    "resources",
                    "constraints",
                    "op_defaults",
                    "rsc_defaults",
                    "acls",
                    "fencing-topology",
                    "tags",
                    "alerts" ->
                    "//cib/configuration/" + name;
            default -> null;
        };
    }

    private boolean isAmbiguous(Found found, @Nullable String name) {
        if (found.pairs().size() < 2) {
            return false;
        }
        if (name != null) {
            out.info("Multiple attributes match name=" + name);
            for (Element pair : found.pairs()) {
                out.info(
                        "  Value: "
                                + pair.getOr("value", "(null)")
                                + " \t(id="
                                + pair.getOr("id", "(null)")
                                + ")");
            }
        }
        return true;
    }

    // --- update

    int update(@Nullable String givenId, @Nullable String name, String value) {
        Found found = find(givenId, name);
        if (found.returnCode() == Rc.OK) {
            if (isAmbiguous(found, name)) {
                return Rc.ENOTUNIQ;
            }
            String id = found.pairs().getFirst().id();
            return modify(section, pair(id, name, value), name, value, setId);
        }
        if (found.returnCode() != Rc.ENXIO) {
            return found.returnCode();
        }
        return create(givenId, name, value);
    }

    private int create(@Nullable String givenId, @Nullable String givenName, String value) {
        String set = setId == null ? defaultSetId() : setId;
        String id = givenId == null ? sanitized(set + "-" + givenName) : givenId;
        String name = givenName == null ? id : givenName;
        Element pair = pair(id, name, value);
        if (isTickets()) {
            Element block = block("instance_attributes", set).append(pair);
            Element tickets = Element.of("tickets").append(block);
            return modify("status", Element.of("status").append(tickets), name, value, set);
        }
        if (isStatus() && node != null) {
            Element block =
                    block(setTag == null ? "instance_attributes" : setTag, set).append(pair);
            Element attributes = Element.of("transient_attributes", "id", node.id()).append(block);
            Element state = Element.of("node_state", "id", node.id()).append(attributes);
            return modify(section, state, name, value, set);
        }
        if (section.equalsIgnoreCase("nodes") && node != null) {
            Element block =
                    block(setTag == null ? "instance_attributes" : setTag, set).append(pair);
            Element top = Element.of("node", "id", node.id()).append(block);
            if (node.remote()) {
                Element remote =
                        Element.of("node", "type", "remote", "id", node.id(), "uname", node.id());
                top = Element.of("nodes").append(remote.append(block));
            }
            return modify(section, top, name, value, set);
        }
        String tag = isCluster() ? "cluster_property_set" : "meta_attributes";
        Element block = block(tag, set).append(pair);
        return modify(section, Element.of(section).append(block), name, value, set);
    }

    private static Element block(String tag, String id) {
        return Element.of(tag, "id", id);
    }

    private static Element pair(String id, @Nullable String name, @Nullable String value) {
        Element pair = Element.of("nvpair", "id", id);
        pair = name == null ? pair : pair.with("name", name);
        return value == null ? pair : pair.with("value", value);
    }

    private String defaultSetId() {
        if (isCluster()) {
            return "cib-bootstrap-options";
        }
        if (isTickets()) {
            return "status-tickets";
        }
        if (node != null && (isStatus() || section.equalsIgnoreCase("nodes"))) {
            String id = section + "-" + node.id();
            return setTag == null ? id : id + "-" + setTag;
        }
        return section + "-options";
    }

    private static String sanitized(String id) {
        StringBuilder out = new StringBuilder();
        id.codePoints()
                .forEach(c -> {
                    boolean start = Character.isLetter(c) || c == '_' || c == ':';
                    boolean part = start || Character.isDigit(c) || c == '-' || c == '.';
                    if (out.isEmpty()) {
                        out.appendCodePoint(start ? c : '_');
                    } else {
                        out.appendCodePoint(part ? c : '.');
                    }
                });
        return out.toString();
    }

    private int modify(
            String where, Element data, @Nullable String name, String value, @Nullable String set) {
        int code = call(CibOperation.MODIFY, where, data, CallOptions.SCORE_UPDATE).returnCode();
        if (code != Rc.OK) {
            out.error(
                    "Error setting "
                            + (name == null ? "(null)" : name)
                            + "="
                            + value
                            + " (section="
                            + where
                            + ", set="
                            + (set == null ? "<null>" : set)
                            + "): "
                            + Rc.describe(code));
        }
        return code;
    }

    // --- delete

    int delete(@Nullable String givenId, @Nullable String name) {
        String found = null;
        String id = givenId;
        if (id == null) {
            Found search = find(null, name);
            if (search.returnCode() != Rc.OK || isAmbiguous(search, name)) {
                return search.returnCode();
            }
            found = search.pairs().getFirst().id();
            id = found;
        }
        Element pair = pair(id, name, null);
        int code = call(CibOperation.DELETE, section, pair, 0).returnCode();
        if (code == Rc.OK) {
            out.info(
                    "Deleted "
                            + section
                            + (node == null ? " option: id=" : " attribute: id=")
                            + (found == null ? "(null)" : found)
                            + (setId == null ? "" : " set=" + setId)
                            + (name == null ? "" : " name=" + name));
        }
        return code;
    }
}
