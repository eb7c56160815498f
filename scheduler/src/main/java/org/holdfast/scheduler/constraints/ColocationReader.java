package org.holdfast.scheduler.constraints;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.Booleans;
import org.holdfast.scheduler.colocation.Colocations;
import org.holdfast.scheduler.constraints.IdReferences.Place;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code rsc_colocation} constraints (Pacemaker Explained, "Placing Resources Relative to
 * Other Resources").
 */
final class ColocationReader {

    private final Cluster cluster;
    private final ResourceIndex index;
    private final SetExpansion expansion;
    private final IdReferences references;
    private final HealthColours colours;

    ColocationReader(ConstraintContext context) {
        this.cluster = context.cluster();
        this.index = context.index();
        this.expansion = context.expansion();
        this.references = context.references();
        this.colours = context.colours();
    }

    /** What all colocations of one constraint have in common. */
    private record Common(String id, int score, @Nullable String influence) {}

    void read(Element written) {
        Element constraint = expand(written);
        if (constraint == null) {
            return;
        }
        String id = written.getOr("id", "");
        Integer score = score(constraint, 0);
        if (score == null) {
            cluster.configError(
                    "Ignoring colocation %s because its score is not valid".formatted(id));
            return;
        }
        Common common = new Common(id, score, constraint.get("influence"));
        Place at = Place.firstChild(constraint, "resource_set");
        if (at == null) {
            readPlain(written, common);
        }
        ConstraintSet last = null;
        while (at != null) {
            at = references.resolve(at);
            if (at == null) {
                return;
            }
            ConstraintSet set = ConstraintSet.of(at.element());
            if (set.id() != null) {
                withinSet(set, common);
                if (last != null) {
                    betweenSets(last, set, common);
                }
                last = set;
            }
            at = at.next("resource_set");
        }
    }

    private @Nullable Integer score(Element element, int fallback) {
        String text = element.get("score");
        return text == null ? Integer.valueOf(fallback) : colours.parse(text);
    }

    private @Nullable Element expand(Element written) {
        Element expanded = expansion.expandSets(written);
        if (expanded != null) {
            return expanded;
        }
        String dependent = written.get("rsc");
        String primary = written.get("with-rsc");
        if (dependent == null || primary == null) {
            return written;
        }
        for (String side : List.of(dependent, primary)) {
            if (!expansion.isKnown(side)) {
                cluster.configError(
                        "Ignoring constraint '%s' because '%s' is not a valid resource or tag"
                                .formatted(written.getOr("id", ""), side));
                return null;
            }
        }
        boolean dependentTag = expansion.isTag(dependent);
        boolean primaryTag = expansion.isTag(primary);
        if (dependentTag && primaryTag) {
            cluster.configError(
                    "Ignoring constraint '%s' because two templates or tags cannot be colocated"
                            .formatted(written.getOr("id", "")));
            return null;
        }
        if (!dependentTag && !primaryTag) {
            return written;
        }
        Element half = expansion.toSet(written, "rsc", true, "rsc-role", "role").constraint();
        return expansion.toSet(half, "with-rsc", true, "with-rsc-role", "role").constraint();
    }

    private void readPlain(Element constraint, Common common) {
        String dependentId = constraint.get("rsc");
        String primaryId = constraint.get("with-rsc");
        Resource dependent = index.find(dependentId);
        Resource primary = index.find(primaryId);
        if (dependent == null || primary == null) {
            cluster.configError(
                    "Ignoring constraint '%s' because resource '%s' does not exist"
                            .formatted(common.id, dependent == null ? dependentId : primaryId));
            return;
        }
        add(
                common.id,
                constraint.get("node-attribute"),
                common.score,
                dependent,
                primary,
                constraint.get("rsc-role"),
                constraint.get("with-rsc-role"),
                influence(common, dependent));
    }

    private void withinSet(ConstraintSet set, Common common) {
        Integer score = score(set.element(), common.score);
        if (score == null) {
            cluster.configError(
                    "Ignoring colocation '%s' for set '%s' because its score is not valid"
                            .formatted(common.id, set.id()));
            return;
        }
        if (score == 0 || !set.sequentialOr(true)) {
            return;
        }
        List<Resource> members = new ArrayList<>();
        for (String id : set.members()) {
            Resource member = index.find(id);
            if (member == null) {
                cluster.configError(
                        "Ignoring %s and later resources in set %s: No such resource"
                                .formatted(id, set.id()));
                break;
            }
            members.add(member);
        }
        if (score > 0) {
            chain(set, members, score, common);
        } else {
            scatter(set, members, score, common);
        }
    }

    /**
     * Each member with the one before it; the deprecated attribute {@code ordering} other than
     * "group" turns that around.
     */
    private void chain(ConstraintSet set, List<Resource> members, int score, Common common) {
        String ordering = set.element().get("ordering");
        boolean withPrevious = ordering == null || ordering.equalsIgnoreCase("group");
        String role = set.element().get("role");
        for (int i = 1; i < members.size(); i++) {
            Resource previous = members.get(i - 1);
            Resource member = members.get(i);
            add(
                    set.element().getOr("id", ""),
                    null,
                    score,
                    withPrevious ? member : previous,
                    withPrevious ? previous : member,
                    role,
                    role,
                    influence(common, member));
        }
    }

    /**
     * Nobody in the set with anybody else in it: each against all before it. A member that stands
     * for a clone or bundle around it does not recognize itself by the name in the set, and so is
     * against all, itself too, as in the reference.
     */
    private void scatter(ConstraintSet set, List<Resource> members, int score, Common common) {
        String role = set.element().get("role");
        for (Resource member : members) {
            boolean influence = influence(common, member);
            for (String id : set.members()) {
                if (id.equals(member.id)) {
                    break;
                }
                Resource other = index.find(id);
                if (other != null) {
                    add(
                            set.element().getOr("id", ""),
                            null,
                            score,
                            member,
                            other,
                            role,
                            role,
                            influence);
                }
            }
        }
    }

    /**
     * The first set depends on the second: a sequential set is represented by the member that all
     * its others go with (its first) or that goes last (its last), any other by all of its members.
     */
    private void betweenSets(ConstraintSet dependents, ConstraintSet primaries, Common common) {
        if (common.score == 0) {
            return;
        }
        List<Resource> from = representatives(dependents, true);
        List<Resource> to = representatives(primaries, false);
        if (from == null || to == null) {
            cluster.configError(
                    "Ignoring colocation of set %s with set %s because a resource was not found"
                            .formatted(dependents.id(), primaries.id()));
            return;
        }
        for (Resource dependent : from) {
            boolean influence = influence(common, dependent);
            for (Resource primary : to) {
                add(
                        common.id,
                        null,
                        common.score,
                        dependent,
                        primary,
                        dependents.element().get("role"),
                        primaries.element().get("role"),
                        influence);
            }
        }
    }

    /** Null if the one member that represents a sequential set does not exist. */
    private @Nullable List<Resource> representatives(ConstraintSet set, boolean first) {
        List<String> ids = set.members();
        if (set.sequentialOr(true) && !ids.isEmpty()) {
            Resource one = index.find(first ? ids.getFirst() : ids.getLast());
            return one == null ? null : List.of(one);
        }
        List<Resource> found = new ArrayList<>();
        for (String id : ids) {
            Resource member = index.find(id);
            if (member == null) {
                cluster.configError(
                        "Ignoring resource %s in set %s: No such resource".formatted(id, set.id()));
            } else {
                found.add(member);
            }
        }
        return found;
    }

    /**
     * Whether the dependent may move an active primary: as the constraint says, else if the
     * dependent is critical.
     */
    private boolean influence(Common common, Resource dependent) {
        if (common.influence != null) {
            Boolean configured = Booleans.parse(common.influence);
            if (configured != null) {
                return configured;
            }
            cluster.configError(
                    "Constraint '%s' has invalid value for influence (using default)"
                            .formatted(common.id));
        }
        return dependent.is(ResourceFlag.CRITICAL);
    }

    private void add(
            String id,
            @Nullable String attribute,
            int score,
            Resource dependent,
            Resource primary,
            @Nullable String dependentRole,
            @Nullable String primaryRole,
            boolean influence) {
        Optional<Role> limitDependent = Roles.limit(cluster, id, dependentRole);
        Optional<Role> limitPrimary = Roles.limit(cluster, id, primaryRole);
        if (limitDependent.isPresent() && limitPrimary.isPresent()) {
            Colocations.add(
                    id,
                    attribute,
                    score,
                    dependent,
                    primary,
                    limitDependent.get(),
                    limitPrimary.get(),
                    influence,
                    true);
        }
    }
}
