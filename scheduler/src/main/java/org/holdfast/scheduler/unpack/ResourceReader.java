package org.holdfast.scheduler.unpack;

import java.util.LinkedHashSet;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.AttributeSets;
import org.holdfast.scheduler.config.MetaAttributes;
import org.holdfast.scheduler.config.ResourceParameters;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.ScoreReason;
import org.jspecify.annotations.Nullable;

/** Reads one resource with all that is in it. */
public final class ResourceReader {

    private ResourceReader() {}

    /**
     * Reads a resource; does not enter it among its parent's children or the cluster's resources.
     *
     * @return null if the configuration is invalid, which has been reported
     */
    public static @Nullable Resource read(
            Cluster cluster, Element original, @Nullable Resource parent) {
        if (original.get("id") == null) {
            cluster.configError("Ignoring <" + original.name() + "> configuration without id");
            return null;
        }
        Element xml = Templates.expand(cluster, original);
        if (xml == null) {
            return null;
        }
        Resource resource = create(cluster, xml, original, parent);
        if (resource == null) {
            cluster.configError(
                    "Ignoring resource '"
                            + original.id()
                            + "' of unknown type '"
                            + xml.name()
                            + "'");
            return null;
        }
        Element operations = xml.first("operations");
        resource.operations = operations == null ? null : cluster.references.resolve(operations);
        String cloneNumber = xml.get("clone");
        if (cloneNumber != null) {
            resource.meta.put("clone", cloneNumber);
        }
        MetaAttributes.collect(resource);
        readFlags(resource);
        new ResourceSettings(resource).read();
        if (!readParts(resource)) {
            return null;
        }
        if (cluster.options.symmetric()) {
            AllowedNodes.allowEverywhere(resource);
        } else if (isConnection(xml) && resource.meta.containsKey("container")) {
            // A guest's connection goes where its container goes, also in an opt-in cluster.
            AllowedNodes.addToAll(resource, 0, new ScoreReason.Removed());
        }
        AttributeSets.collectOwn(resource, "utilization", cluster.ruleInput, resource.utilization);
        String template = original.get("template");
        if (template != null) {
            cluster.templates
                    .computeIfAbsent(template, key -> new LinkedHashSet<>())
                    .add(original.id());
        }
        cluster.index(resource);
        return resource;
    }

    private static @Nullable Resource create(
            Cluster cluster, Element xml, Element original, @Nullable Resource parent) {
        String number = xml.get("clone");
        String id = number == null ? original.id() : original.id() + ":" + number;
        return switch (xml.name()) {
            case "primitive" -> new Primitive(cluster, id, xml, original, parent);
            case "group" -> new Group(cluster, id, xml, original, parent);
            case "clone" -> new Clone(cluster, id, xml, original, parent);
            case "bundle" -> new Bundle(cluster, id, xml, original, parent);
            default -> null;
        };
    }

    private static boolean readParts(Resource resource) {
        return switch (resource) {
            case Primitive primitive -> AgentLimits.apply(primitive);
            case Group group -> readMembers(group);
            case Clone clone -> CloneReader.read(clone);
            case Bundle bundle -> new BundleReader(bundle).read();
        };
    }

    private static boolean isTurnedOff(Group group, String option) {
        if (!Boolean.FALSE.equals(Values.bool(group.meta(option)))) {
            return false;
        }
        group.cluster.configWarningOnce(
                "Support for the '"
                        + option
                        + "' group meta-attribute is deprecated and will be removed in a future"
                        + " release (use a resource set instead)");
        return true;
    }

    private static boolean readMembers(Group group) {
        group.ordered = !isTurnedOff(group, "ordered");
        group.colocated = !isTurnedOff(group, "collocated");
        String number = group.xml.get("clone");
        for (Element member : group.xml.elements("primitive")) {
            Element numbered = number == null ? member : member.with("clone", number);
            Resource read = read(group.cluster, numbered, group);
            if (read != null) {
                group.children.add(read);
            }
        }
        if (group.children.isEmpty()) {
            group.cluster.configError("Group " + group.id + " has no members");
            return false;
        }
        return true;
    }

    private static void readFlags(Resource resource) {
        Map<String, String> meta = resource.meta;
        boolean maintenance = resource.cluster.options.maintenance();
        resource.set(ResourceFlag.UNASSIGNED);
        if (!maintenance) {
            resource.set(ResourceFlag.MANAGED);
        }
        resource.role = Role.STOPPED;
        String critical = meta.get("critical");
        setIf(resource, ResourceFlag.CRITICAL, critical == null || Values.isTrue(critical));
        setIf(resource, ResourceFlag.NOTIFY, Values.isTrue(meta.get("notify")));
        boolean connection = isConnection(resource.xml);
        setIf(resource, ResourceFlag.IS_REMOTE_CONNECTION, connection);

        String migrate = meta.get("allow-migrate");
        // Connections to remote nodes may float without stopping what runs on the remote node.
        boolean remote = connection && !meta.containsKey("container");
        setIf(resource, ResourceFlag.MIGRATABLE, migrate == null ? remote : Values.isTrue(migrate));

        String managed = meta.get("is-managed");
        if (Values.same(managed, "default")) {
            ResourceSettings.oldDefault(resource.cluster, "is-managed");
        } else if (managed != null) {
            if (Values.isTrue(managed)) {
                resource.set(ResourceFlag.MANAGED);
            } else {
                resource.clear(ResourceFlag.MANAGED);
            }
        }
        if (maintenance || Values.isTrue(meta.get("maintenance"))) {
            resource.clear(ResourceFlag.MANAGED);
            resource.set(ResourceFlag.MAINTENANCE);
        }
        if (resource.top(false) instanceof Clone) {
            setIf(resource, ResourceFlag.UNIQUE, isUnique(meta));
            setIf(resource, ResourceFlag.PROMOTABLE, Values.isTrue(meta.get("promotable")));
        } else {
            resource.set(ResourceFlag.UNIQUE);
        }
        if (Values.same(resource.xml.get("class"), "stonith")) {
            resource.cluster.haveFencing = true;
            resource.set(ResourceFlag.FENCE_DEVICE);
        }
    }

    /** Several instances on a node only make sense when they differ. */
    private static boolean isUnique(Map<String, String> meta) {
        String unique = meta.get("globally-unique");
        if (unique != null) {
            return Values.isTrue(unique);
        }
        return Values.number(meta.get("clone-node-max"), 1) > 1;
    }

    private static void setIf(Resource resource, ResourceFlag flag, boolean condition) {
        if (condition) {
            resource.set(flag);
        }
    }

    /** Whether an element is a connection to a node that runs pacemaker_remote. */
    public static boolean isConnection(Element xml) {
        return Values.same(xml.get("type"), "remote")
                && Values.same(xml.get("class"), "ocf")
                && Values.same(xml.get("provider"), "pacemaker");
    }

    /** The reconnect interval of a remote connection as configured, or null. */
    static @Nullable String reconnectInterval(Resource resource) {
        return ResourceParameters.of(resource, null).get("reconnect_interval");
    }
}
