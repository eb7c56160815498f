package org.holdfast.tools.status;

import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.unpack.TargetRoles;
import org.holdfast.tools.status.StatusView.Show;
import org.jspecify.annotations.Nullable;

/** Shows resources of every kind as lists. */
public final class ResourceLists {

    private final StatusLists out;

    public ResourceLists(StatusLists out) {
        this.out = out;
    }

    /** Shows a resource; whether there was anything to show. */
    public boolean show(Resource resource, StatusView view) {
        return switch (resource) {
            case Primitive primitive -> showPrimitive(primitive, view);
            case Group group -> showGroup(group, view);
            case Clone clone -> new CloneList(out, this, clone, view).show();
            case Bundle bundle -> showBundle(bundle, view);
        };
    }

    private boolean showPrimitive(Primitive primitive, StatusView view) {
        if (ResourceFilter.hides(primitive, view.resources(), true)) {
            return false;
        }
        Node node = primitive.activeNode();
        return showLine(
                primitive,
                ResourceFilter.printableId(primitive),
                node == null ? primitive.pendingNode : node,
                view);
    }

    private boolean showLine(
            Primitive primitive, String name, @Nullable Node node, StatusView view) {
        if (Values.isTrue(primitive.meta("internal_rsc")) && !view.shows(Show.IMPLICIT)) {
            return false;
        }
        out.primitive(
                primitive,
                ResourceLine.of(primitive, name, node, view, primitive.meta("target-role"), true));
        return true;
    }

    /** The description as shown behind a name, or the empty string. */
    static String description(Resource resource, StatusView view) {
        String text =
                view.shows(Show.RESOURCE_ONLY) || view.shows(Show.DESCRIPTION)
                        ? resource.xml.get("description")
                        : null;
        return text == null ? "" : " (" + text + ")";
    }

    /** Adds {@code disabled}, {@code maintenance} or {@code unmanaged} as they apply. */
    static void addManagement(Resource resource, java.util.List<String> attributes) {
        if (TargetRoles.isDisabled(resource)) {
            attributes.add("disabled");
        }
        if (resource.is(ResourceFlag.MAINTENANCE)) {
            attributes.add("maintenance");
        } else if (!resource.isManaged()) {
            attributes.add("unmanaged");
        }
    }

    private boolean showGroup(Group group, StatusView view) {
        if (ResourceFilter.hides(group, view.resources(), true)) {
            return false;
        }
        boolean wanted =
                view.resources().shows(ResourceFilter.printableId(group))
                        || (group.id.indexOf(':') >= 0 && view.resources().shows(group.id));
        OpenList list = new OpenList(out, false);
        if (view.shows(Show.BRIEF)) {
            BriefList brief = BriefList.of(group.children, view.resources());
            if (!brief.isEmpty()) {
                list.begin(groupTitle(group, view));
                brief.show(out, view.with(Show.INACTIVE));
            }
            return list.end();
        }
        for (Resource member : group.children) {
            if (!skips(member, wanted, view)) {
                list.begin(groupTitle(group, view));
                show(member, view);
            }
        }
        return list.end();
    }

    /** Whether a member is left out of its group. */
    static boolean skips(Resource member, boolean parentWanted, StatusView view) {
        boolean hidden = ResourceFilter.hides(member, view.resources(), false);
        boolean visible = member.isActive(false) || view.shows(Show.INACTIVE);
        if (!view.resources().isAll() && !hidden) {
            return false;
        }
        return !((!hidden || parentWanted) && visible);
    }

    private static String groupTitle(Group group, StatusView view) {
        java.util.List<String> attributes = new java.util.ArrayList<>();
        if (!group.isActive(true) && group.isActive(false) && !view.shows(Show.INACTIVE)) {
            long inactive =
                    group.children.stream().filter(member -> !member.isActive(true)).count();
            if (inactive > 0) {
                attributes.add(inactive + " member" + (inactive == 1 ? "" : "s") + " inactive");
            }
        }
        addManagement(group, attributes);
        return "Resource Group: "
                + group.id
                + (attributes.isEmpty() ? "" : " (" + String.join(", ", attributes) + ")")
                + description(group, view);
    }

    private boolean showBundle(Bundle bundle, StatusView view) {
        if (ResourceFilter.hides(bundle, view.resources(), true)) {
            return false;
        }
        boolean everything = view.resources().shows(bundle.id);
        OpenList list = new OpenList(out, false);
        for (Replica replica : bundle.replicas) {
            if (ResourceFilter.isElsewhere(replica.containerOf(), view.nodes())) {
                continue;
            }
            NameFilter wanted = view.resources();
            boolean ip = ResourceFilter.shows(replica.ip, wanted, everything);
            boolean child = ResourceFilter.shows(replica.child, wanted, everything);
            boolean container = ResourceFilter.shows(replica.container, wanted, everything);
            boolean remote = ResourceFilter.shows(replica.remote, wanted, everything);
            boolean any = ip || child || container || remote;
            if (view.shows(Show.IMPLICIT) || (!everything && any)) {
                list.begin(bundleTitle(bundle, view));
                boolean several = bundle.replicas.size() > 1;
                StatusView all = view.with(Show.IMPLICIT);
                out.beginReplica("Replica[" + replica.offset + "]", several);
                showPart(replica.ip, ip, all);
                showPart(replica.child, child, all);
                showPart(replica.container, container, all);
                showPart(replica.remote, remote, all);
                out.endReplica(several);
            } else if (everything || any) {
                list.begin(bundleTitle(bundle, view));
                showReplica(replica, view);
            }
        }
        return list.end();
    }

    private void showPart(@Nullable Resource part, boolean wanted, StatusView view) {
        if (part != null && wanted) {
            show(part, view);
        }
    }

    private void showReplica(Replica replica, StatusView view) {
        Primitive container = replica.containerOf();
        Resource shown = replica.child == null ? container : replica.child;
        Resource named = replica.remote == null ? container : replica.remote;
        String name =
                ResourceFilter.printableId(named)
                        + (replica.ipAddress == null ? "" : " (" + replica.ipAddress + ")");
        if (shown instanceof Primitive primitive) {
            showLine(primitive, name, container.activeNode(), view);
        }
    }

    private static String bundleTitle(Bundle bundle, StatusView view) {
        String management = "";
        if (bundle.is(ResourceFlag.MAINTENANCE)) {
            management = " (maintenance)";
        } else if (!bundle.isManaged()) {
            management = " (unmanaged)";
        }
        return "Container bundle"
                + (bundle.replicaCount > 1 ? " set" : "")
                + ": "
                + bundle.id
                + " ["
                + bundle.image
                + "]"
                + (bundle.is(ResourceFlag.UNIQUE) ? " (unique)" : "")
                + description(bundle, view)
                + management;
    }
}
