package org.holdfast.scheduler.unpack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.OptionsReader;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ClusterOptions.NoQuorumPolicy;
import org.holdfast.scheduler.model.Resource;

/** Reads the configuration section: properties, nodes, resources, tags. */
public final class ConfigurationReader {

    private ConfigurationReader() {}

    /** Reads everything but constraints and status. */
    public static void read(Cluster cluster) {
        Element configuration = cluster.cib.first("configuration");
        cluster.quorate = Values.isTrue(cluster.cib.get("have-quorum"));
        if (configuration != null) {
            cluster.operationDefaults = configuration.first("op_defaults");
            cluster.resourceDefaults = configuration.first("rsc_defaults");
            cluster.enableUnfencing = usesUnfencing(configuration);
        }
        OptionsReader.read(cluster);
        if (!cluster.quorate && cluster.options.noQuorumPolicy() != NoQuorumPolicy.IGNORE) {
            cluster.warn("Fencing and resource management disabled due to lack of quorum");
        }
        NodeReader.read(cluster);
        if (configuration != null) {
            Element resources = configuration.first("resources");
            if (resources != null) {
                readResources(cluster, resources);
            }
            Element tags = configuration.first("tags");
            if (tags != null) {
                readTags(cluster, tags);
            }
        }
        if (cluster.options.fencingEnabled() && !cluster.haveFencing) {
            cluster.configError(
                    "Resource start-up disabled since no fencing resources have been defined."
                            + " Either configure some or disable fencing with the fencing-enabled"
                            + " option. NOTE: Clusters with shared data need fencing to ensure data"
                            + " integrity.");
        }
    }

    /** A CIB with the connection resources of its guest nodes, as the scheduler adds them. */
    public static Element withImplied(Element cib) {
        return cib.mapElements(section ->
                section.name().equals("configuration")
                        ? section.mapElements(ConfigurationReader::withConnections)
                        : section);
    }

    private static Element withConnections(Element section) {
        if (!section.name().equals("resources")) {
            return section;
        }
        List<Element> all = new ArrayList<>(section.elements());
        RemoteNodes.addConnections(all);
        Element result = section;
        for (Element connection : all.subList(section.elements().size(), all.size())) {
            result = result.append(connection);
        }
        return result;
    }

    private static void readResources(Cluster cluster, Element section) {
        for (Element xml : RemoteNodes.create(cluster, section)) {
            String id = xml.id();
            if (id.isEmpty()) {
                cluster.configError("Ignoring <" + xml.name() + "> resource without ID");
            } else if (xml.name().equals("template")) {
                cluster.templates.computeIfAbsent(id, key -> new LinkedHashSet<>());
            } else {
                Resource resource = ResourceReader.read(cluster, xml, null);
                if (resource == null) {
                    cluster.configError(
                            "Ignoring <"
                                    + xml.name()
                                    + "> resource '"
                                    + id
                                    + "' because configuration is invalid");
                } else {
                    cluster.resources.add(resource);
                }
            }
        }
        for (Resource resource : cluster.resources) {
            RemoteNodes.linkLauncher(cluster, resource);
            RemoteNodes.link(cluster, resource);
        }
        cluster.resources.sort(
                Comparator.comparingInt((Resource resource) -> resource.priority).reversed());
    }

    private static void readTags(Cluster cluster, Element section) {
        for (Element tag : section.elements("tag")) {
            Set<String> members =
                    cluster.tags.computeIfAbsent(tag.id(), key -> new LinkedHashSet<>());
            for (Element member : tag.elements("obj_ref")) {
                members.add(member.id());
            }
        }
    }

    /** Whether a resource or the defaults provide or require unfencing; rules do not matter. */
    private static boolean usesUnfencing(Element configuration) {
        Element resources = configuration.first("resources");
        Element defaults = configuration.first("rsc_defaults");
        return (resources != null && mentionsUnfencing(resources))
                || (defaults != null && mentionsUnfencing(defaults));
    }

    private static boolean mentionsUnfencing(Element element) {
        if (element.name().equals("meta_attributes")) {
            for (Element pair : element.elements("nvpair")) {
                String name = pair.getOr("name", "");
                if ((name.equals("provides") || name.equals("requires"))
                        && pair.getOr("value", "").equals("unfencing")) {
                    return true;
                }
            }
            return false;
        }
        for (Element child : element.elements()) {
            if (mentionsUnfencing(child)) {
                return true;
            }
        }
        return false;
    }
}
