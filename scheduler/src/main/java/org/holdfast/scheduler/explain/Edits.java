package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.scheduler.failures.FailCounts;

/** Changes to immutable documents. */
final class Edits {

    private Edits() {}

    /** Changes every element of a name, at any depth; what is inside is left alone. */
    static Element in(Element root, String name, UnaryOperator<Element> change) {
        return root.mapElements(
                child -> child.name().equals(name) ? change.apply(child) : in(child, name, change));
    }

    static Element map(Element parent, Predicate<Element> which, UnaryOperator<Element> change) {
        return parent.mapElements(child -> which.test(child) ? change.apply(child) : child);
    }

    static Element mapFirst(Element parent, String name, UnaryOperator<Element> change) {
        Element first = parent.first(name);
        return first == null ? parent : map(parent, child -> child == first, change);
    }

    static Element without(Element parent, Predicate<Element> which) {
        List<Node> kept = new ArrayList<>(parent.children());
        kept.removeIf(child -> child instanceof Element element && which.test(element));
        return parent.withChildren(kept);
    }

    static Element withoutDeep(Element parent, Predicate<Element> which) {
        return without(parent, which).mapElements(child -> withoutDeep(child, which));
    }

    static boolean containsId(Element element, String id) {
        if (element.id().equals(id)) {
            return true;
        }
        for (Element child : element.elements()) {
            if (containsId(child, id)) {
                return true;
            }
        }
        return false;
    }

    /** Unsets meta-attributes of the resources of these ids. */
    static Element withoutMeta(Element parent, List<String> resources, List<String> names) {
        return parent.mapElements(child -> {
            if (child.name().equals("meta_attributes") && resources.contains(parent.id())) {
                return without(child, pair -> names.contains(pair.getOr("name", "")));
            }
            return withoutMeta(child, resources, names);
        });
    }

    /** Changes elements at any depth; what is inside of a changed one is left alone. */
    static Element mapDeep(
            Element parent, Predicate<Element> which, UnaryOperator<Element> change) {
        return parent.mapElements(
                child -> which.test(child) ? change.apply(child) : mapDeep(child, which, change));
    }

    /** Changes a resource's history on a node; instances of a clone count as the resource. */
    static Element inHistory(
            Element cib, String node, String resource, UnaryOperator<Element> change) {
        return in(
                cib,
                "status",
                status ->
                        map(
                                status,
                                state -> state.getOr("uname", state.id()).equals(node),
                                state ->
                                        mapDeep(
                                                state,
                                                child ->
                                                        child.name().equals("lrm_resource")
                                                                && (child.id().equals(resource)
                                                                        || FailCounts.baseName(
                                                                                        child.id())
                                                                                .equals(resource)),
                                                change)));
    }

    /** Sets a pair in a set of a tag of the resource of an id, at any depth. */
    static Element setIn(Element resources, String id, String tag, Element pair) {
        return mapDeep(
                resources, child -> child.id().equals(id), child -> setPair(child, tag, pair));
    }

    /** Sets a pair in the first set of a tag, and takes the name out of all others. */
    static Element setPair(Element owner, String tag, Element pair) {
        String name = pair.getOr("name", "");
        Element cleared =
                owner.mapElements(set ->
                        set.name().equals(tag)
                                ? without(set, child -> child.getOr("name", "").equals(name))
                                : set);
        if (cleared.first(tag) == null) {
            return cleared.append(Element.of(tag, "id", "what-if-set").append(pair));
        }
        return mapFirst(cleared, tag, set -> set.append(pair));
    }
}
