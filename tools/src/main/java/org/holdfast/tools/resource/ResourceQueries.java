package org.holdfast.tools.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.scheduler.config.AttributeSets;
import org.holdfast.scheduler.config.ResourceParameters;
import org.holdfast.scheduler.model.ActiveNodes;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.TextOutput;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.status.OutputLists;
import org.holdfast.tools.status.ResourceLists;
import org.holdfast.tools.status.ResourceSection;
import org.holdfast.tools.status.ResourceXml;
import org.holdfast.tools.status.StatusView;
import org.holdfast.tools.status.StatusView.Show;
import org.holdfast.tools.status.StatusXml;
import org.jspecify.annotations.Nullable;

/** Shows resources, their configuration and where they are. */
final class ResourceQueries {

    private final Session session;
    private final Output out;

    ResourceQueries(Session session) {
        this.session = session;
        this.out = session.out();
    }

    /** All resources with their state. */
    int list() throws UsageException {
        Cluster cluster = session.cluster();
        StatusView view = StatusView.of(Show.INACTIVE, Show.RESOURCE_ONLY, Show.PENDING);
        XmlOutput xml = out.xml();
        if (xml != null) {
            new StatusXml(xml).resources(cluster, view);
            if (cluster.resources.isEmpty()) {
                throw Failures.exit(ExitCode.NOSUCH, null);
            }
        } else if (!ResourceSection.show(cluster, new OutputLists(out), view, true, false)) {
            throw Failures.exit(ExitCode.NOSUCH, null);
        }
        return ExitCode.OK;
    }

    /** Ids of all resources that have no parts. */
    int instances() throws UsageException {
        if (session.cluster().resources.isEmpty()) {
            out.error("NO resources configured\n");
            throw Failures.exit(ExitCode.NOSUCH, null);
        }
        out.beginList(null, null, "Resource Names");
        session.cluster().resources.forEach(this::instance);
        out.endList();
        return ExitCode.OK;
    }

    private void instance(Resource resource) {
        if (resource.children.isEmpty()) {
            out.listItem("resource", resource.id);
        } else {
            resource.children.forEach(this::instance);
        }
    }

    /** Every resource and colocation in one line each, for test programs. */
    int forTests() {
        session.cluster().resources.forEach(this::forTests);
        Element constraints = session.cluster().cib.path("configuration", "constraints");
        if (constraints != null) {
            for (Element constraint : constraints.elements("rsc_colocation")) {
                StringBuilder line = new StringBuilder("Constraint rsc_colocation");
                for (String name :
                        List.of("id", "rsc", "with-rsc", "score", "rsc-role", "with-rsc-role")) {
                    line.append(' ').append(constraint.getOr(name, "NA"));
                }
                out.info(line.toString());
            }
        }
        return ExitCode.OK;
    }

    private void forTests(Resource resource) {
        Node node = ActiveNodes.of(resource).chosen();
        long flags = flags(resource);
        out.info(
                "Resource: "
                        + String.join(
                                " ",
                                resource.xml.name(),
                                resource.id,
                                resource.historyId == null ? resource.id : resource.historyId,
                                resource.parent == null ? "NA" : resource.parent.id,
                                resource.xml.getOr("provider", "NA"),
                                resource.xml.getOr("class", "(null)"),
                                resource.xml.getOr("type", "(null)"),
                                node == null ? "NA" : node.name,
                                resource.is(ResourceFlag.FENCE_DEVICE) ? "0" : "1",
                                Long.toString(flags),
                                String.format(Locale.ROOT, "0x%016x", flags)));
        resource.children.forEach(this::forTests);
    }

    /** The flags as the bits that Pacemaker has for them. */
    private static long flags(Resource resource) {
        long bits = 0;
        for (ResourceFlag flag : ResourceFlag.values()) {
            if (resource.is(flag)) {
                bits |= 1L << bit(flag);
            }
        }
        return bits;
    }

    private static int bit(ResourceFlag flag) {
        if (flag == ResourceFlag.DETECT_LOOP) {
            return 17;
        }
        int place = flag.ordinal();
        if (flag.compareTo(ResourceFlag.NEEDS_QUORUM) >= 0) {
            return place + 3;
        }
        if (flag.compareTo(ResourceFlag.STOP_UNEXPECTED) >= 0) {
            return place + 2;
        }
        return flag.compareTo(ResourceFlag.IS_REMOTE_CONNECTION) >= 0 ? place + 1 : place;
    }

    /** A resource's configuration. */
    int configuration(Resource resource, boolean expanded) {
        StatusView view = StatusView.of(Show.PENDING);
        Element element = expanded ? resource.xml : resource.originalXml;
        String text = XmlPrinter.pretty(withInstanceNumber(element));
        out.beginList(null, null, "Resource Config");
        XmlOutput xml = out.xml();
        if (xml != null) {
            new ResourceXml(xml, view).add(resource);
        } else {
            new ResourceLists(new OutputLists(out)).show(resource, view);
            if (out instanceof TextOutput plain) {
                plain.print("Resource XML:\n");
            }
        }
        out.xmlText("xml", text);
        out.endList();
        return ExitCode.OK;
    }

    /** The members of a cloned group bear the number of its instance, as the group does. */
    private static Element withInstanceNumber(Element resource) {
        String number = resource.get("clone");
        if (number == null || !resource.name().equals("group")) {
            return resource;
        }
        return resource.mapElements(member ->
                member.name().equals("primitive") ? member.with("clone", number) : member);
    }

    /** One parameter's value. */
    int parameter(Resource resource, String name, String kind) {
        ActiveNodes active = ActiveNodes.of(resource);
        if (active.all() > 1) {
            out.error(
                    resource.id
                            + " is active on more than one node, returning the default value for "
                            + name);
        }
        String value = value(resource, name, kind, active.all() > 1 ? null : active.chosen());
        if (value == null) {
            out.error("Attribute '" + name + "' not found for '" + resource.id + "'");
        } else if (out instanceof TextOutput plain) {
            plain.print(value + "\n");
        } else {
            out.beginList(null, null, "Attributes");
            out.listItem(name, value);
            out.endList();
        }
        return ExitCode.OK;
    }

    private @Nullable String value(
            Resource resource, String name, String kind, @Nullable Node node) {
        return switch (kind) {
            case "instance_attributes" -> ResourceParameters.of(resource, node).get(name);
            case "meta_attributes" -> resource.meta.get(name);
            case "element" -> resource.xml.get(name);
            default -> {
                Map<String, String> values = new LinkedHashMap<>();
                Cluster cluster = session.cluster();
                AttributeSets.collectOwn(resource, "utilization", cluster.ruleInput, values);
                yield values.get(name);
            }
        };
    }

    /** A place where a resource is. */
    record Place(String node, boolean promoted) {}

    /** Where a resource is. */
    static List<Place> places(Resource resource, String requested) {
        Resource clone = resource instanceof Clone ? resource : null;
        Resource top = resource.top(false);
        if (clone == null
                && top instanceof Clone
                && !resource.is(ResourceFlag.UNIQUE)
                && requested.equals(resource.historyId)
                && !requested.equals(resource.id)) {
            clone = top;
        }
        List<Place> places = new ArrayList<>();
        for (Resource part : clone == null ? List.of(resource) : clone.children) {
            boolean promoted =
                    part.is(ResourceFlag.PROMOTABLE) && part.state(true) == Role.PROMOTED;
            for (Node node : part.active) {
                places.addFirst(new Place(node.name, promoted));
            }
        }
        return places;
    }

    /** Shows where a resource is. */
    int locate(Resource resource, String requested) {
        List<Place> places = places(resource, requested);
        XmlOutput xml = out.xml();
        if (xml != null) {
            xml.push("nodes").set("resource", requested);
            for (Place place : places) {
                XmlNode node = xml.addText("node", place.node);
                if (place.promoted) {
                    node.set("state", "promoted");
                }
            }
            xml.pop();
            return ExitCode.OK;
        }
        if (places.isEmpty() && !session.isQuiet()) {
            out.error("resource " + requested + " is NOT running");
        }
        for (Place place : places) {
            out.listItem(
                    "node",
                    session.isQuiet()
                            ? place.node
                            : "resource "
                                    + requested
                                    + " is running on: "
                                    + place.node
                                    + (place.promoted ? " Promoted" : ""));
        }
        return ExitCode.OK;
    }
}
