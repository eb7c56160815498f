package org.holdfast.tools.status;

import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.tools.status.StatusView.Show;
import org.jspecify.annotations.Nullable;

/** A primitive's state in one line. */
public final class ResourceLine {

    private final Primitive resource;
    private final StatusView view;
    private final StringBuilder line = new StringBuilder();
    private boolean hasFlags;

    private ResourceLine(Primitive resource, StatusView view) {
        this.resource = resource;
        this.view = view;
    }

    /**
     * The line.
     *
     * @param name what the resource is called
     * @param place where it is; null if that is not known
     * @param targetRole the role it is limited to, if that is to be shown
     * @param showNodes whether to list the nodes if there are several
     */
    public static String of(
            Primitive resource,
            String name,
            @Nullable Node place,
            StatusView view,
            @Nullable String targetRole,
            boolean showNodes) {
        return new ResourceLine(resource, view).build(name, place, targetRole, showNodes);
    }

    /** {@code class:provider:type}. */
    public static String agent(Primitive resource) {
        boolean provider =
                resource.agentClass.equalsIgnoreCase("ocf") && !resource.provider.isEmpty();
        return (resource.agentClass.isEmpty() ? "unknown" : resource.agentClass)
                + (provider ? ":" + resource.provider : "")
                + ":"
                + (resource.agentType.isEmpty() ? "unknown" : resource.agentType);
    }

    private String build(
            String name, @Nullable Node place, @Nullable String targetRole, boolean showNodes) {
        boolean several = resource.active.size() > 1;
        Node node = place == null ? resource.lockNode : place;
        if (view.shows(Show.RESOURCE_ONLY) || several) {
            node = null;
        }
        line.append(name).append("\t(").append(agent(resource)).append("):\t");
        appendState(node);
        appendFailedProbe(node);
        appendFlags(node, targetRole);
        if (hasFlags) {
            line.append(')');
        }
        if (view.shows(Show.RESOURCE_ONLY) || view.shows(Show.DESCRIPTION) || several) {
            String description = resource.xml.get("description");
            if (description != null) {
                line.append(" (").append(description).append(')');
            }
        }
        if (showNodes && several && !view.shows(Show.RESOURCE_ONLY)) {
            line.append(" [");
            for (Node active : resource.active) {
                line.append(' ').append(active.name);
            }
            line.append(" ]");
        }
        return line.toString();
    }

    private void appendState(@Nullable Node node) {
        if (resource.is(ResourceFlag.REMOVED)) {
            line.append(" ORPHANED");
        }
        Role role = displayedRole(resource);
        if (resource.is(ResourceFlag.FAILED)) {
            line.append(" FAILED");
            if (role.above(Role.UNPROMOTED)) {
                line.append(' ').append(role.text());
            }
        } else {
            String pending = view.shows(Show.PENDING) ? pendingState(resource) : null;
            line.append(' ').append(pending == null ? role.text() : pending);
        }
        if (node != null) {
            line.append(' ').append(node.name);
        }
    }

    /** The role, as instances of promotable clones show it. */
    public static Role displayedRole(Resource resource) {
        return resource.role == Role.STARTED && resource.top(false).is(ResourceFlag.PROMOTABLE)
                ? Role.UNPROMOTED
                : resource.role;
    }

    /** What a pending operation makes of the resource; null if nothing that shows. */
    public static @Nullable String pendingState(Resource resource) {
        String task = resource.pendingTask;
        if (task == null) {
            return null;
        }
        return switch (task) {
            case "start" -> "Starting";
            case "stop" -> "Stopping";
            case "migrate_to", "migrate_from" -> "Migrating";
            case "promote" -> "Promoting";
            case "demote" -> "Demoting";
            default -> null;
        };
    }

    private void appendFailedProbe(@Nullable Node node) {
        if (displayedRole(resource) != Role.STOPPED) {
            return;
        }
        Cluster.FailedOperation probe = failedProbe(resource, node == null ? null : node.name);
        if (probe != null) {
            line.append(" (")
                    .append(ExitStatus.text(Entries.exitStatus(probe.entry(), 0)))
                    .append(") ");
        }
    }

    /**
     * A probe of a resource that could not tell, or null.
     *
     * @param nodeName null for any node
     */
    public static Cluster.@Nullable FailedOperation failedProbe(
            Resource resource, @Nullable String nodeName) {
        String id = resource.id;
        if (resource.top(false) instanceof Clone clone && clone.childXml != null) {
            id = clone.childXml.id();
        }
        for (Cluster.FailedOperation failed : resource.cluster.failed) {
            if (!Entries.isMaskedProbe(failed.entry())) {
                continue;
            }
            String on = failed.entry().get("on_node");
            if (on == null || (nodeName != null && !on.equalsIgnoreCase(nodeName))) {
                continue;
            }
            OpKey.Parts key = OpKey.parse(Entries.key(failed.entry()));
            if (key != null && key.resource().equals(id)) {
                return failed;
            }
        }
        return null;
    }

    private void appendFlags(@Nullable Node node, @Nullable String targetRole) {
        if (node != null && !node.online && node.unclean) {
            flag("UNCLEAN");
        }
        if (node != null && node == resource.lockNode) {
            flag("LOCKED");
        }
        if (view.shows(Show.PENDING) && "monitor".equals(resource.pendingTask)) {
            flag("Monitoring");
        }
        if (targetRole != null) {
            Role role = Role.parse(targetRole);
            if (role == Role.STOPPED) {
                flag("disabled");
            } else if (role == Role.UNPROMOTED && resource.top(false).is(ResourceFlag.PROMOTABLE)) {
                flag("target-role:" + targetRole);
            }
        }
        if (resource.is(ResourceFlag.BLOCKED)) {
            flag("blocked");
        } else if (resource.is(ResourceFlag.MAINTENANCE)) {
            flag("maintenance");
        } else if (!resource.isManaged()) {
            flag("unmanaged");
        }
        if (resource.is(ResourceFlag.IGNORE_FAILURE)) {
            flag("failure ignored");
        }
    }

    private void flag(String text) {
        line.append(hasFlags ? ", " : " (").append(text);
        hasFlags = true;
    }
}
