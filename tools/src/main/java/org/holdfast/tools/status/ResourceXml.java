package org.holdfast.tools.status;

import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.unpack.TargetRoles;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.status.StatusView.Show;
import org.jspecify.annotations.Nullable;

/** Shows resources of every kind as XML. */
public final class ResourceXml {

    private final XmlOutput out;
    private final StatusView view;

    public ResourceXml(XmlOutput out, StatusView view) {
        this.out = out;
        this.view = view;
    }

    /** Adds a resource with its parts to the current element, unless it is not wanted. */
    public void add(Resource resource) {
        if (ResourceFilter.hides(resource, view.resources(), true)) {
            return;
        }
        switch (resource) {
            case Primitive primitive -> addPrimitive(primitive);
            case Group group -> addGroup(group);
            case Clone clone -> addClone(clone);
            case Bundle bundle -> addBundle(bundle);
        }
    }

    private void addPrimitive(Primitive primitive) {
        String provider = primitive.xml.get("provider");
        boolean pending = view.shows(Show.PENDING);
        String state = pending ? ResourceLine.pendingState(primitive) : null;
        Node lock = primitive.lockNode;
        out.push("resource")
                .set("id", ResourceFilter.printableId(primitive))
                .set(
                        "resource_agent",
                        primitive.agentClass
                                + (provider == null ? "" : ":" + provider)
                                + ":"
                                + primitive.agentType)
                .set("role", state == null ? ResourceLine.displayedRole(primitive).text() : state)
                .set("target_role", primitive.meta("target-role"))
                .set("active", StatusXml.text(primitive.isActive(true)))
                .set("orphaned", flag(primitive, ResourceFlag.REMOVED))
                .set("removed", flag(primitive, ResourceFlag.REMOVED))
                .set("blocked", flag(primitive, ResourceFlag.BLOCKED))
                .set("maintenance", flag(primitive, ResourceFlag.MAINTENANCE))
                .set("managed", flag(primitive, ResourceFlag.MANAGED))
                .set("failed", flag(primitive, ResourceFlag.FAILED))
                .set("failure_ignored", flag(primitive, ResourceFlag.IGNORE_FAILURE))
                .set("nodes_running_on", Integer.toString(primitive.active.size()))
                .set(
                        "pending",
                        pending && "monitor".equals(primitive.pendingTask) ? "Monitoring" : null)
                .set("locked_to", lock == null ? null : lock.name)
                .set("description", description(primitive));
        for (Node node : primitive.active) {
            out.add("node")
                    .set("name", node.name)
                    .set("id", node.id)
                    .set("cached", StatusXml.text(node.online));
        }
        out.pop();
    }

    private @Nullable String description(Resource resource) {
        return view.shows(Show.RESOURCE_ONLY) || view.shows(Show.DESCRIPTION)
                ? resource.xml.get("description")
                : null;
    }

    private static String flag(Resource resource, ResourceFlag flag) {
        return StatusXml.text(resource.is(flag));
    }

    private void addGroup(Group group) {
        boolean wanted =
                view.resources().shows(ResourceFilter.printableId(group))
                        || (group.id.indexOf(':') >= 0 && view.resources().shows(group.id));
        boolean open = false;
        for (int i = 0; i < group.children.size(); i++) {
            Resource member = group.children.get(i);
            if (ResourceLists.skips(member, wanted, view)) {
                continue;
            }
            if (!open) {
                out.push("group")
                        .set("id", group.id)
                        .set("number_resources", Integer.toString(group.children.size() - i))
                        .set("maintenance", flag(group, ResourceFlag.MAINTENANCE))
                        .set("managed", flag(group, ResourceFlag.MANAGED))
                        .set("disabled", StatusXml.text(TargetRoles.isDisabled(group)))
                        .set("description", description(group));
                open = true;
            }
            add(member);
        }
        if (open) {
            out.pop();
        }
    }

    private void addClone(Clone clone) {
        boolean everything =
                view.resources().shows(ResourceFilter.printableId(clone))
                        || (clone.id.indexOf(':') >= 0 && view.resources().shows(clone.id));
        ResourceXml all = new ResourceXml(out, view.ofAllResources());
        boolean open = false;
        for (Resource instance : clone.children) {
            if (ResourceFilter.isElsewhere(instance, view.nodes())
                    || ResourceFilter.hides(instance, view.resources(), everything)) {
                continue;
            }
            if (!open) {
                openClone(clone);
                open = true;
            }
            all.add(instance);
        }
        if (open) {
            out.pop();
        }
    }

    private void openClone(Clone clone) {
        String targetRole = clone.meta("target-role");
        if (targetRole == null && !clone.children.isEmpty()) {
            targetRole = clone.children.getFirst().meta("target-role");
        }
        out.push("clone")
                .set("id", clone.id)
                .set("multi_state", flag(clone, ResourceFlag.PROMOTABLE))
                .set("unique", flag(clone, ResourceFlag.UNIQUE))
                .set("maintenance", flag(clone, ResourceFlag.MAINTENANCE))
                .set("managed", flag(clone, ResourceFlag.MANAGED))
                .set("disabled", StatusXml.text(TargetRoles.isDisabled(clone)))
                .set("failed", flag(clone, ResourceFlag.FAILED))
                .set("failure_ignored", flag(clone, ResourceFlag.IGNORE_FAILURE))
                .set("target_role", targetRole)
                .set("description", description(clone));
    }

    private void addBundle(Bundle bundle) {
        boolean everything = view.resources().shows(bundle.id);
        boolean open = false;
        for (Replica replica : bundle.replicas) {
            if (ResourceFilter.isElsewhere(replica.containerOf(), view.nodes())) {
                continue;
            }
            boolean any = everything;
            for (Resource part : replica.parts()) {
                any |= ResourceFilter.shows(part, view.resources(), everything);
            }
            if (!any) {
                continue;
            }
            if (!open) {
                out.push("bundle")
                        .set("id", bundle.id)
                        .set("type", bundle.containerAgent)
                        .set("image", bundle.image)
                        .set("unique", flag(bundle, ResourceFlag.UNIQUE))
                        .set("maintenance", flag(bundle, ResourceFlag.MAINTENANCE))
                        .set("managed", flag(bundle, ResourceFlag.MANAGED))
                        .set("failed", flag(bundle, ResourceFlag.FAILED))
                        .set("description", description(bundle));
                open = true;
            }
            out.push("replica").set("id", Integer.toString(replica.offset));
            for (Resource part : replica.parts()) {
                if (ResourceFilter.shows(part, view.resources(), everything)) {
                    add(part);
                }
            }
            out.pop();
        }
        if (open) {
            out.pop();
        }
    }
}
