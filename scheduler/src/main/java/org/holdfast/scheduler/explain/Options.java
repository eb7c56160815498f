package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Finds the {@code nvpair} that an effective value comes from, so that reasons can name it. */
final class Options {

    private final Cluster cluster;

    Options(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The pair that gives a resource its meta-attribute, or null if it is nowhere set. */
    @Nullable Reference meta(Resource resource, String name) {
        String value = resource.meta(name);
        if (value == null) {
            return null;
        }
        List<Element> holders = new ArrayList<>();
        for (Resource at = resource; at != null; at = at.parent) {
            holders.add(at.xml);
        }
        if (cluster.resourceDefaults != null) {
            holders.add(cluster.resourceDefaults);
        }
        for (Element holder : holders) {
            Element pair = pair(holder, "meta_attributes", name, value);
            if (pair != null) {
                // what the cluster makes up for bundles and guests is not in the CIB
                return cluster.references.findAll("nvpair", pair.id()).isEmpty()
                        ? null
                        : Reference.of(Reference.Type.OPTION, pair.id());
            }
        }
        return null;
    }

    /** Whether resources set a meta-attribute themselves, not by a template or by defaults. */
    boolean isOwnMeta(List<String> resources, String name) {
        Element configured = cluster.cib.path("configuration", "resources");
        return configured != null && isOwnMeta(configured, resources, name);
    }

    private static boolean isOwnMeta(Element parent, List<String> resources, String name) {
        for (Element child : parent.elements()) {
            if (child.name().equals("meta_attributes")
                            && resources.contains(parent.id())
                            && child.elements().stream()
                                    .anyMatch(pair -> pair.getOr("name", "").equals(name))
                    || isOwnMeta(child, resources, name)) {
                return true;
            }
        }
        return false;
    }

    /** An operation's configuration, or null for one that a bundle brings along. */
    @Nullable Reference operation(String id) {
        return cluster.references.findAll("op", id).isEmpty()
                ? null
                : Reference.of(Reference.Type.OPERATION, id);
    }

    /** The pair that sets a cluster property, or null. */
    @Nullable Reference property(String name) {
        Element config = cluster.cib.path("configuration", "crm_config");
        String value = cluster.options.get(name);
        Element pair =
                config == null || value == null
                        ? null
                        : pair(config, "cluster_property_set", name, value);
        return pair == null ? null : Reference.of(Reference.Type.OPTION, pair.id());
    }

    /** The pair that sets a node attribute, permanent or transient; or null. */
    @Nullable Reference attribute(Node node, String name) {
        Element nodes = cluster.cib.path("configuration", "nodes");
        Element status = cluster.cib.first("status");
        for (Element section : new @Nullable Element[] {nodes, status}) {
            if (section == null) {
                continue;
            }
            for (Element candidate : section.elements()) {
                if (candidate.getOr("uname", candidate.id()).equalsIgnoreCase(node.name)) {
                    Element pair = deep(candidate, name);
                    if (pair != null) {
                        return Reference.of(Reference.Type.OPTION, pair.id());
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable Element pair(Element holder, String tag, String name, String value) {
        for (Element set : holder.elements(tag)) {
            for (Element pair : set.elements("nvpair")) {
                if (pair.getOr("name", "").equals(name) && pair.getOr("value", "").equals(value)) {
                    return pair;
                }
            }
        }
        return null;
    }

    private static @Nullable Element deep(Element parent, String name) {
        for (Element child : parent.elements()) {
            if (child.name().equals("lrm")) {
                continue;
            }
            Element found =
                    child.name().equals("nvpair") && child.getOr("name", "").equals(name)
                            ? child
                            : deep(child, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
