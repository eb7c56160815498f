package org.holdfast.cib.upgrade;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Resources of classes that no longer exist, and what refers to them. */
final class DroppedResources {

    private static final List<String> CLASSES = List.of("nagios", "upstart");
    private static final List<String> RESOURCE_TAGS =
            List.of("template", "primitive", "group", "clone", "bundle");

    private final UpgradeLog log;
    private final Set<String> templates = new TreeSet<>();
    private final Set<String> resources = new TreeSet<>();

    private DroppedResources(UpgradeLog log) {
        this.log = log;
    }

    static void apply(Draft cib, UpgradeLog log) {
        DroppedResources step = new DroppedResources(log);
        step.collect(cib);
        cib.forEachInTree(draft -> {
            draft.removeElementsIf(step::isDropped);
            step.dropMetaAttributes(draft);
        });
        for (Draft set : cib.inTree("resource_set")) {
            set.removeElementsIf(member -> step.resources.contains(member.id()));
        }
        for (Draft constraints : cib.inTree("constraints")) {
            constraints.removeElementsIf(step::isWithoutResources);
        }
        cib.forEachInTree(draft -> draft.removeElementsIf(DroppedResources::isEmptySet));
    }

    private void collect(Draft cib) {
        for (Draft template : cib.inTree("template")) {
            if (isOldClass(template)) {
                templates.add(template.id());
                log.warn("Dropped template " + template.id() + ": its class is not supported");
            }
        }
        for (Draft primitive : cib.inTree("primitive")) {
            if (isOldClass(primitive) || templates.contains(primitive.getOrEmpty("template"))) {
                resources.add(primitive.id());
                log.warn("Dropped resource " + primitive.id() + ": its class is not supported");
            }
        }
        for (Draft collective : cib.inTree("group", "clone")) {
            List<Draft> members = collective.inTree("primitive");
            if (members.stream().allMatch(member -> resources.contains(member.id()))) {
                resources.add(collective.id());
            }
        }
        for (Draft bundle : cib.inTree("bundle")) {
            if (bundle.contains("rkt")) {
                resources.add(bundle.id());
                log.warn("Dropped bundle " + bundle.id() + ": rkt is not supported");
            }
        }
    }

    private static boolean isOldClass(Draft resource) {
        return CLASSES.contains(resource.getOrEmpty("class").toLowerCase(Locale.ROOT));
    }

    private boolean isDropped(Draft draft) {
        return switch (draft.name()) {
            case "template" -> templates.contains(draft.id());
            case "primitive", "group", "clone", "bundle" -> resources.contains(draft.id());
            default -> false;
        };
    }

    private void dropMetaAttributes(Draft owner) {
        boolean isResource = RESOURCE_TAGS.contains(owner.name()) || owner.is("rsc_defaults");
        boolean isOperation = owner.is("op", "op_defaults");
        if (!isResource && !isOperation) {
            return;
        }
        List<String> unwanted =
                isResource ? List.of("restart-type") : List.of("can_fail", "role_after_failure");
        for (Draft set : owner.elements("meta_attributes")) {
            for (Draft pair : set.elements("nvpair")) {
                if (unwanted.contains(pair.getOrEmpty("name"))) {
                    log.warn("Dropped " + pair.getOrEmpty("name") + " from " + set.id());
                }
            }
            set.removeElementsIf(pair -> unwanted.contains(pair.getOrEmpty("name")));
        }
    }

    private boolean isWithoutResources(Draft constraint) {
        List<String> roles =
                switch (constraint.name()) {
                    case "rsc_location", "rsc_ticket" -> List.of("rsc");
                    case "rsc_colocation" -> List.of("rsc", "with-rsc");
                    case "rsc_order" -> List.of("first", "then");
                    default -> List.of();
                };
        if (roles.stream().anyMatch(role -> resources.contains(constraint.getOrEmpty(role)))) {
            return true;
        }
        List<Draft> sets = constraint.elements("resource_set");
        return !sets.isEmpty() && sets.stream().allMatch(DroppedResources::isEmptySet);
    }

    private static boolean isEmptySet(Draft draft) {
        return draft.is("resource_set") && draft.elements("resource_ref").isEmpty();
    }
}
