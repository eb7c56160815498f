package org.holdfast.cib.upgrade;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Resources of classes that no longer exist, and what refers to them. */
final class DroppedResources {

    private static final List<String> CLASSES = List.of("nagios", "upstart");
    private static final List<String> RESOURCE_META = List.of("restart-type");
    private static final List<String> OPERATION_META = List.of("can_fail", "role_after_failure");
    private static final List<String> RESOURCE_TAGS =
            List.of("template", "primitive", "group", "clone", "bundle");

    private final UpgradeLog log;

    /** Classes of the templates that go, by id. */
    private final Map<String, String> templates = new TreeMap<>();

    private final Set<String> resources = new TreeSet<>();

    private DroppedResources(UpgradeLog log) {
        this.log = log;
    }

    static void apply(Draft cib, UpgradeLog log) {
        DroppedResources step = new DroppedResources(log);
        step.collect(cib);
        step.report(cib);
        cib.forEachInTree(draft -> {
            draft.removeElementsIf(step::isDropped);
            dropMetaAttributes(draft);
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
                templates.put(template.id(), template.getOrEmpty("class"));
            }
        }
        for (Draft primitive : cib.inTree("primitive")) {
            if (isOldClass(primitive) || templates.containsKey(primitive.getOrEmpty("template"))) {
                resources.add(primitive.id());
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
            }
        }
    }

    /** Tells what goes, in the order of the document; of what is inside that, nothing. */
    private void report(Draft draft) {
        if (isDropped(draft)) {
            reportDropped(draft);
            return;
        }
        reportMetaAttributes(draft);
        draft.elements().forEach(this::report);
    }

    private void reportDropped(Draft draft) {
        String id = draft.id();
        String unsupported = " resources are no longer supported";
        switch (draft.name()) {
            case "template" ->
                    log.warn(
                            "Dropping template "
                                    + id
                                    + " because "
                                    + draft.getOrEmpty("class")
                                    + unsupported);
            case "primitive" ->
                    log.warn(
                            "Dropping resource " + id + " because " + classOf(draft) + unsupported);
            case "bundle" ->
                    log.warn(
                            "Dropping bundle resource "
                                    + id
                                    + " because rkt containers are no longer supported");
            default ->
                    log.inform(
                            "Dropping "
                                    + draft.name()
                                    + " "
                                    + id
                                    + " because it would become empty");
        }
    }

    private String classOf(Draft primitive) {
        return primitive.has("class")
                ? primitive.getOrEmpty("class")
                : templates.getOrDefault(primitive.getOrEmpty("template"), "");
    }

    private static boolean isOldClass(Draft resource) {
        return CLASSES.contains(resource.getOrEmpty("class").toLowerCase(Locale.ROOT));
    }

    private boolean isDropped(Draft draft) {
        return switch (draft.name()) {
            case "template" -> templates.containsKey(draft.id());
            case "primitive", "group", "clone", "bundle" -> resources.contains(draft.id());
            default -> false;
        };
    }

    private static void dropMetaAttributes(Draft owner) {
        List<String> unwanted = unwantedMetaAttributes(owner);
        for (Draft set : owner.elements("meta_attributes")) {
            set.removeElementsIf(pair -> unwanted.contains(pair.getOrEmpty("name")));
        }
    }

    private void reportMetaAttributes(Draft owner) {
        List<String> unwanted = unwantedMetaAttributes(owner);
        for (Draft set : owner.elements("meta_attributes")) {
            for (Draft pair : set.elements("nvpair")) {
                String name = pair.getOrEmpty("name");
                if (unwanted.contains(name)) {
                    log.warn(
                            "Dropping "
                                    + name
                                    + " meta-attribute from "
                                    + set.id()
                                    + " because it is no longer supported. Consider setting the "
                                    + (unwanted.equals(RESOURCE_META)
                                            ? "\"kind\" attribute for relevant constraints"
                                            : "\"on-fail\" operation attribute instead"));
                }
            }
        }
    }

    /** Meta-attributes that this element's sets may not have any more. */
    private static List<String> unwantedMetaAttributes(Draft owner) {
        boolean isResource = RESOURCE_TAGS.contains(owner.name()) || owner.is("rsc_defaults");
        boolean isOperation = owner.is("op", "op_defaults");
        if (!isResource && !isOperation) {
            return List.of();
        }
        return isResource ? RESOURCE_META : OPERATION_META;
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
