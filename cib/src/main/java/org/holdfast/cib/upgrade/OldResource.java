package org.holdfast.cib.upgrade;

import java.util.ArrayList;
import java.util.List;

/** A primitive or template on its way from 2.10 to 3.0. */
final class OldResource {

    private static final String REQUIRES = "requires";
    private static final String PORT = "port:";
    private static final List<String> STARTING = List.of("start", "promote");

    private final Draft resource;
    private final List<Draft> operations = new ArrayList<>();

    private OldResource(Draft resource) {
        this.resource = resource;
        resource.elements("operations").forEach(all -> operations.addAll(all.elements("op")));
    }

    static void apply(Draft resource) {
        OldResource step = new OldResource(resource);
        List<Draft> moved = step.requirementsOfOperations();
        step.operations.forEach(step::cleanOperation);
        resource.elements("instance_attributes").forEach(OldResource::renameParameters);
        new OldMetaAttributes(resource.elements("meta_attributes")).apply();
        resource.removeElementsIf(OldResource::isEmptySet);
        moved.forEach(resource::append);
    }

    private static boolean isEmptySet(Draft set) {
        return set.is("instance_attributes", "meta_attributes") && set.elements("nvpair").isEmpty();
    }

    // ---- "requires" is a resource's business since 3.0

    private List<Draft> requirementsOfOperations() {
        if (definesRequires()) {
            return List.of();
        }
        List<Draft> moved = new ArrayList<>();
        for (Draft operation : operations.reversed()) {
            if (isStarting(operation) && operation.has(REQUIRES)) {
                moved.add(fromAttribute(operation));
                return moved; // attributes win over blocks
            }
        }
        List<Draft> sources = new ArrayList<>();
        for (Draft operation : operations) {
            if (isStarting(operation)) {
                sources.addAll(operation.elements("meta_attributes", "instance_attributes"));
            }
        }
        for (Draft source : sources) {
            if (holds(source) && !isOvertaken(source, sources)) {
                moved.add(fromBlock(source));
            }
        }
        return moved;
    }

    private boolean definesRequires() {
        return resource.elements("meta_attributes").stream()
                .anyMatch(set -> !set.contains("rule") && holds(set));
    }

    private static boolean isStarting(Draft operation) {
        return STARTING.contains(operation.getOrEmpty("name"));
    }

    private static boolean holds(Draft set) {
        return set.elements("nvpair").stream().anyMatch(pair -> REQUIRES.equals(pair.get("name")));
    }

    /** A later block of the same kind wins, and meta-attributes win over parameters. */
    private static boolean isOvertaken(Draft source, List<Draft> sources) {
        boolean isBehind = false;
        for (Draft other : sources) {
            if (other == source) {
                isBehind = true;
                continue;
            }
            boolean winsAnyway = source.is("instance_attributes") && other.is("meta_attributes");
            boolean winsByOrder = isBehind && other.is(source.name());
            if ((winsAnyway || winsByOrder) && !other.contains("rule") && holds(other)) {
                return true;
            }
        }
        return false;
    }

    private Draft fromAttribute(Draft operation) {
        Draft set = Draft.of("meta_attributes", "id", From2To3.PREFIX + resource.id() + "-meta");
        set.append(
                Draft.of(
                        "nvpair",
                        "id",
                        From2To3.PREFIX + operation.id() + "-meta-" + REQUIRES,
                        "name",
                        REQUIRES,
                        "value",
                        operation.getOrEmpty(REQUIRES)));
        return set;
    }

    private static Draft fromBlock(Draft source) {
        Draft set = emptyCopy(source);
        for (Draft child : source.elements()) {
            if (!child.is("nvpair") || REQUIRES.equals(child.get("name"))) {
                set.append(child.copy());
            }
        }
        return set;
    }

    /** A block of meta-attributes with another one's attributes and an id made from its id. */
    private static Draft emptyCopy(Draft source) {
        Draft set = Draft.of("meta_attributes");
        set.addAttributesOf(source);
        set.unset("id");
        set.set("id", From2To3.PREFIX + source.id());
        return set;
    }

    // ---- operations

    private void cleanOperation(Draft operation) {
        operation.unset(REQUIRES);
        List<Draft> moved = new ArrayList<>();
        List<Draft> movedWithRules = new ArrayList<>();
        List<Draft> blocks = operation.elements("instance_attributes");
        for (Draft block : blocks) {
            List<Draft> pairs = metaAmongParameters(block, blocks);
            if (!block.contains("rule")) {
                moved.addAll(pairs);
            } else if (!pairs.isEmpty()) {
                Draft set = emptyCopy(block);
                block.elements("rule").forEach(rule -> set.append(rule.copy()));
                pairs.forEach(set::append);
                movedWithRules.add(set);
            }
        }
        for (Draft block : operation.elements("instance_attributes", "meta_attributes")) {
            boolean isParameters = block.is("instance_attributes");
            block.removeElementsIf(pair -> leavesOperation(pair, isParameters));
        }
        addMoved(operation, moved);
        operation.removeElementsIf(OldResource::isEmptySet);
        movedWithRules.forEach(operation::append);
    }

    private static boolean leavesOperation(Draft pair, boolean isParameters) {
        String name = pair.getOrEmpty("name");
        return pair.is("nvpair")
                && (name.equals(REQUIRES)
                        || (isParameters && OldNames.OPERATION_META.contains(name)));
    }

    private List<Draft> metaAmongParameters(Draft block, List<Draft> blocks) {
        List<Draft> found = new ArrayList<>();
        List<Draft> later = blocks.subList(blocks.indexOf(block) + 1, blocks.size());
        for (Draft pair : block.elements("nvpair")) {
            String name = pair.getOrEmpty("name");
            if (OldNames.OPERATION_META.contains(name)
                    && !isDefined(resource.elements("meta_attributes"), name)
                    && !isDefined(later, name)) {
                found.add(pair.copy());
            }
        }
        return found;
    }

    private static boolean isDefined(List<Draft> sets, String name) {
        return sets.stream()
                .filter(set -> !set.contains("rule"))
                .flatMap(set -> set.elements("nvpair").stream())
                .anyMatch(pair -> name.equals(pair.get("name")));
    }

    private static void addMoved(Draft operation, List<Draft> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        for (Draft meta : operation.elements("meta_attributes")) {
            if (!meta.contains("rule")) {
                pairs.forEach(meta::append);
                return;
            }
        }
        Draft meta = Draft.of("meta_attributes", "id", From2To3.PREFIX + operation.id() + "-meta");
        pairs.forEach(meta::append);
        operation.append(meta);
    }

    // ---- parameters

    private static void renameParameters(Draft set) {
        List<Draft> leaving = new ArrayList<>();
        for (Draft pair : set.elements("nvpair")) {
            String value = pair.getOrEmpty("value");
            Replacement entry =
                    Replacement.find(OldNames.RESOURCE_PARAMETERS, pair.getOrEmpty("name"), value);
            if (entry == null) {
                continue;
            }
            boolean isPortOnly =
                    entry.what().equals("pcmk_arg_map")
                            && value.startsWith(PORT)
                            && !value.contains(",");
            if (isPortOnly) {
                pair.set("name", "pcmk_host_argument");
                pair.set("value", value.substring(PORT.length()));
            } else if (entry.leaves()) {
                leaving.add(pair);
            } else {
                entry.applyTo(pair);
            }
        }
        set.removeElementsIf(leaving::contains);
    }
}
