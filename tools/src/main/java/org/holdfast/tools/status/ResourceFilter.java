package org.holdfast.tools.status;

import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.jspecify.annotations.Nullable;

/** Whether a resource is among those that are wanted, by itself, its parts or its ancestors. */
public final class ResourceFilter {

    private ResourceFilter() {}

    /** The id that users know: without instance number for anonymous clones. */
    public static String printableId(Resource resource) {
        return resource.is(ResourceFlag.UNIQUE) ? resource.id : resource.xml.id();
    }

    /** Whether a resource is left out. */
    public static boolean hides(Resource resource, NameFilter wanted, boolean checkParent) {
        if (wanted.shows(printableId(resource))) {
            return false;
        }
        return switch (resource) {
            case Primitive primitive -> hidesPrimitive(primitive, wanted, checkParent);
            case Group group -> hidesGroup(group, wanted, checkParent);
            case Clone clone ->
                    !(clone.childXml != null && wanted.shows(clone.childXml.id()))
                            && hidesChildren(clone, wanted);
            case Bundle bundle -> hidesReplicas(bundle, wanted);
        };
    }

    private static boolean hidesPrimitive(
            Primitive primitive, NameFilter wanted, boolean checkParent) {
        if (wanted.shows(primitive.id)) {
            return false;
        }
        return !checkParent || primitive.parent == null || hides(primitive.top(), wanted, false);
    }

    private static boolean hidesGroup(Group group, NameFilter wanted, boolean checkParent) {
        if (checkParent && wanted.shows(printableId(group.top(false)))) {
            return false;
        }
        if (group.id.indexOf(':') >= 0 && wanted.shows(group.id)) {
            return false;
        }
        return hidesChildren(group, wanted);
    }

    private static boolean hidesChildren(Resource parent, NameFilter wanted) {
        for (Resource child : parent.children) {
            if (!hides(child, wanted, false)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hidesReplicas(Bundle bundle, NameFilter wanted) {
        for (Replica replica : bundle.replicas) {
            if (shows(replica.ip, wanted, false)
                    || shows(replica.child, wanted, false)
                    || shows(replica.container, wanted, false)
                    || shows(replica.remote, wanted, false)) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is such a resource and it is wanted. */
    static boolean shows(@Nullable Resource resource, NameFilter wanted, boolean checkParent) {
        return resource != null && !hides(resource, wanted, checkParent);
    }

    /** Whether a resource is active on one of the wanted nodes. */
    public static boolean runsOnAny(Resource resource, NameFilter nodes) {
        for (Node node : resource.active) {
            if (nodes.shows(node.name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a resource is active, but only on nodes that are not wanted. */
    static boolean isElsewhere(Resource resource, NameFilter nodes) {
        return resource.isActive(false) && !runsOnAny(resource, nodes);
    }
}
