package org.holdfast.tools.resource;

import java.util.HashSet;
import java.util.Set;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.LocationConstraint;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/** Shows location constraints and colocations of a resource, and of those it is colocated with. */
final class ConstraintTree {

    /** Which way colocations are followed. */
    private enum Direction {
        TO_DEPENDENTS,
        TO_PRIMARIES
    }

    private final Output out;
    private final @Nullable XmlOutput xml;
    private final boolean recursive;
    private final Set<Resource> visited = new HashSet<>();

    ConstraintTree(Output out, boolean recursive) {
        this.out = out;
        this.xml = out.xml();
        this.recursive = recursive;
    }

    /** Shows the tree that begins at a resource. */
    int show(Resource resource) {
        if (xml != null) {
            xml.push("constraints");
        }
        locations(resource);
        for (Direction direction : Direction.values()) {
            visited.clear();
            colocations(resource, direction);
        }
        if (xml != null) {
            xml.pop();
        }
        return ExitCode.OK;
    }

    private void locations(Resource resource) {
        boolean open = false;
        // The last comes first.
        for (LocationConstraint constraint : resource.locations.reversed()) {
            for (ScoredNode place : constraint.nodes().reversed()) {
                if (xml != null) {
                    xml.add("rsc_location")
                            .set("node", place.node.name)
                            .set("rsc", resource.id)
                            .set("id", constraint.id())
                            .set("score", Score.text(place.score));
                    continue;
                }
                if (!open) {
                    out.beginList(null, null, "Locations");
                    open = true;
                }
                out.listItem(
                        null,
                        String.format(
                                "Node %s (score=%s, id=%s, rsc=%s)",
                                place.node.name,
                                Score.text(place.score),
                                constraint.id(),
                                resource.id));
            }
        }
        if (open) {
            out.endList();
        }
    }

    private void colocations(Resource resource, Direction direction) {
        if (!visited.add(resource)) {
            return;
        }
        boolean dependents = direction == Direction.TO_DEPENDENTS;
        boolean open = false;
        for (Colocation colocation : dependents ? resource.withThis : resource.thisWith) {
            Resource other = dependents ? colocation.dependent() : colocation.primary();
            if (xml != null) {
                add(colocation, xml);
                if (!visited.contains(other)) {
                    follow(other, direction);
                }
                continue;
            }
            if (!open) {
                out.beginList(
                        null,
                        null,
                        dependents
                                ? "Resources colocated with " + resource.id
                                : "Resources " + resource.id + " is colocated with");
                open = true;
            }
            if (visited.contains(other)) {
                out.listItem(null, other.id + " (id=" + colocation.id() + " - loop)");
                continue;
            }
            out.listItem(null, header(other, colocation, dependents));
            out.beginList(null, null, "");
            follow(other, direction);
            out.endList();
        }
        if (open) {
            out.endList();
        }
    }

    private void follow(Resource other, Direction direction) {
        locations(other);
        if (recursive) {
            colocations(other, direction);
        }
    }

    private static String header(Resource other, Colocation colocation, boolean dependents) {
        String role = "";
        if (colocation.primaryRole().above(Role.STARTED)) {
            role =
                    (dependents ? "needs" : "with")
                            + " role="
                            + colocation.primaryRole().text()
                            + ", ";
        }
        return String.format(
                "%s (score=%s, %sid=%s)",
                other.id, Score.text(colocation.score()), role, colocation.id());
    }

    private static void add(Colocation colocation, XmlOutput xml) {
        xml.add("rsc_colocation")
                .set("id", colocation.id())
                .set("rsc", colocation.dependent().id)
                .set("with-rsc", colocation.primary().id)
                .set("score", Score.text(colocation.score()))
                .set("node-attribute", colocation.nodeAttribute())
                .set("rsc-role", role(colocation.dependentRole()))
                .set("with-rsc-role", role(colocation.primaryRole()));
    }

    private static @Nullable String role(Role role) {
        return role == Role.UNKNOWN ? null : role.text();
    }
}
