package org.holdfast.scheduler.constraints;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Rewrites constraints that name tags or templates so that they name resources. */
final class SetExpansion {

    private final Cluster cluster;
    private final ResourceIndex index;

    SetExpansion(Cluster cluster, ResourceIndex index) {
        this.cluster = cluster;
        this.index = index;
    }

    /**
     * Replaces tags and templates inside the constraint's sets by their members, with findings
     * about what is none.
     *
     * @return the rewritten constraint, or null if there was nothing to replace or a reference is
     *     dangling
     */
    @Nullable Element expandSets(Element constraint) {
        boolean changed = false;
        List<Node> children = new ArrayList<>();
        for (Node child : constraint.children()) {
            if (!(child instanceof Element set) || !set.name().equals("resource_set")) {
                children.add(child);
                continue;
            }
            List<Node> references = new ArrayList<>();
            for (Node node : set.children()) {
                if (!(node instanceof Element reference)
                        || !reference.name().equals("resource_ref")) {
                    references.add(node);
                    continue;
                }
                String id = reference.getOr("id", "");
                if (index.find(id) != null) {
                    references.add(reference);
                    continue;
                }
                changed = true;
                String missing = addMembers(id, new LinkedHashSet<>(), references);
                if (missing != null) {
                    cluster.configError(
                            "Ignoring resource sets for constraint '%s' because '%s' is not a valid resource or tag"
                                    .formatted(constraint.getOr("id", ""), missing));
                    return null;
                }
            }
            children.add(set.withChildren(references));
        }
        return changed ? constraint.withChildren(children) : null;
    }

    /**
     * Adds what a tag or template stands for; tags may stand for tags.
     *
     * @return the first among it that is neither a resource nor a tag or template with members, or
     *     that stands for itself; null if there is none
     */
    private @Nullable String addMembers(String id, Set<String> outer, List<Node> references) {
        List<String> members = index.membersOrFinding(id);
        if (members == null || !outer.add(id)) {
            return id;
        }
        for (String member : members) {
            if (index.find(member) != null) {
                references.add(Element.of("resource_ref", "id", member));
                continue;
            }
            String missing = addMembers(member, outer, references);
            if (missing != null) {
                return missing;
            }
        }
        outer.remove(id);
        return null;
    }

    /** A constraint with one side turned into a set. */
    record Side(Element constraint, boolean converted) {}

    /**
     * Turns the resource, tag or template in {@code attribute} into a set at the constraint's end,
     * moving the attribute {@code from} of the constraint (a role or an action) to {@code to} of
     * the set.
     *
     * @param convertResources whether a plain resource becomes a set too
     */
    Side toSet(
            Element constraint,
            String attribute,
            boolean convertResources,
            String from,
            String to) {
        String id = constraint.get(attribute);
        if (id == null) {
            return new Side(constraint, false);
        }
        Resource resource = index.find(id);
        List<String> members = resource == null ? index.members(id) : List.of(id);
        if (members == null || (resource != null && !convertResources)) {
            return new Side(constraint, false);
        }
        Element.Builder set = Element.builder("resource_set").attribute("id", id);
        if (resource == null) {
            set.attribute("sequential", "false");
        }
        set.optional(to, constraint.get(from));
        members.forEach(member -> set.child(Element.of("resource_ref", "id", member)));
        Element result = constraint.without(attribute).without(from).append(set.build());
        return new Side(result, true);
    }

    /**
     * A constraint that has one side only ({@code rsc}), with tags and templates replaced by their
     * members, there or in its sets.
     *
     * @param role the constraint's attribute that becomes the role of the set
     * @return null, with a finding, if it names nothing known
     */
    @Nullable Element expandOneSided(Element constraint, String role) {
        Element expanded = expandSets(constraint);
        if (expanded != null) {
            return expanded;
        }
        String resource = constraint.get("rsc");
        if (resource == null) {
            return constraint;
        }
        if (!isKnown(resource)) {
            cluster.configError(
                    "Ignoring constraint '%s' because '%s' is not a valid resource or tag"
                            .formatted(constraint.getOr("id", ""), resource));
            return null;
        }
        return toSet(constraint, "rsc", false, role, "role").constraint();
    }

    /** Whether the id is that of a resource, or of a tag or template with members. */
    boolean isKnown(String id) {
        return index.find(id) != null || index.membersOrFinding(id) != null;
    }

    /** Whether the id is that of a tag or template with members. */
    boolean isTag(String id) {
        return index.find(id) == null && index.members(id) != null;
    }
}
