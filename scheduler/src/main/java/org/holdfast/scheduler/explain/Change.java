package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.jspecify.annotations.Nullable;

/** Something that an administrator can change in a CIB. */
public sealed interface Change {

    /** The CIB after the change. */
    Element apply(Element cib);

    /** The condition in plain English, to follow "if". */
    String condition();

    /** A command that makes the change, or null if there is no simple one. */
    default @Nullable String command() {
        return null;
    }

    /** A constraint is removed. */
    record WithoutConstraint(String id) implements Change {

        @Override
        public Element apply(Element cib) {
            return Edits.in(
                    cib,
                    "constraints",
                    constraints ->
                            Edits.without(constraints, child -> Edits.containsId(child, id)));
        }

        @Override
        public String condition() {
            return "constraint " + id + " were removed";
        }

        @Override
        public String command() {
            return "pcs constraint delete " + id;
        }
    }

    /** A resource's failures on a node are forgotten. */
    record WithoutFailures(String resource, String node) implements Change {

        /** Exit statuses that tell a state: running, stopped, promoted; or pending. */
        private static final List<String> OUTCOMES = List.of("0", "7", "8", "193", "-1");

        @Override
        public Element apply(Element cib) {
            return Edits.in(
                    cib,
                    "status",
                    status ->
                            Edits.map(
                                    status,
                                    state -> state.getOr("uname", "").equals(node),
                                    state -> Edits.withoutDeep(state, this::isFailure)));
        }

        private boolean isFailure(Element element) {
            String name = element.getOr("name", "");
            return name.startsWith("fail-count-" + resource + "#")
                    || name.startsWith("last-failure-" + resource + "#")
                    || element.id().equals(resource + "_last_failure_0")
                    || (element.name().equals("lrm_rsc_op")
                            && element.id().startsWith(resource + "_")
                            && !OUTCOMES.contains(element.getOr("rc-code", "0")));
        }

        @Override
        public String condition() {
            return "its failures on " + node + " were cleared";
        }

        @Override
        public String command() {
            return "crm_resource --cleanup --resource " + resource + " --node " + node;
        }
    }

    /** A resource, with all around it, is enabled. */
    record Enabled(List<String> resources) implements Change {

        @Override
        public Element apply(Element cib) {
            return Edits.in(
                    cib,
                    "resources",
                    all -> Edits.withoutMeta(all, resources, List.of("target-role")));
        }

        @Override
        public String condition() {
            return "its target-role did not keep it from running";
        }

        @Override
        public String command() {
            return "pcs resource enable " + resources.getFirst();
        }
    }

    /** A resource, with all around it, is managed. */
    record Managed(List<String> resources) implements Change {

        @Override
        public Element apply(Element cib) {
            return Edits.in(
                    cib,
                    "resources",
                    all -> Edits.withoutMeta(all, resources, List.of("is-managed", "maintenance")));
        }

        @Override
        public String condition() {
            return "it were managed";
        }

        @Override
        public String command() {
            return "pcs resource manage " + resources.getFirst();
        }
    }

    /** A node's attribute is unset: standby or maintenance. */
    record WithoutNodeAttribute(String node, String attribute) implements Change {

        @Override
        public Element apply(Element cib) {
            Predicate<Element> isNode = element -> element.getOr("uname", "").equals(node);
            UnaryOperator<Element> unset =
                    element ->
                            Edits.withoutDeep(
                                    element, child -> child.getOr("name", "").equals(attribute));
            Element half = Edits.in(cib, "nodes", nodes -> Edits.map(nodes, isNode, unset));
            return Edits.in(half, "status", status -> Edits.map(status, isNode, unset));
        }

        @Override
        public String condition() {
            return "node " + node + " were not in " + attribute;
        }

        @Override
        public String command() {
            return "pcs node un"
                    + (attribute.equals("standby") ? "standby " : "maintenance ")
                    + node;
        }
    }

    /** A node is up. */
    record NodeOnline(String node) implements Change {

        @Override
        public Element apply(Element cib) {
            return Edits.in(
                    cib,
                    "status",
                    status ->
                            Edits.map(
                                    status,
                                    state -> state.getOr("uname", "").equals(node),
                                    state ->
                                            state.with("in_ccm", "true")
                                                    .with("crmd", "online")
                                                    .with("join", "member")
                                                    .with("expected", "member")));
        }

        @Override
        public String condition() {
            return "node " + node + " were online";
        }
    }

    /** A ticket is granted and active. */
    record TicketGranted(String ticket) implements Change {

        @Override
        public Element apply(Element cib) {
            Element granted =
                    Element.of("ticket_state", "id", ticket, "granted", "true", "standby", "false");
            return Edits.in(
                    cib,
                    "status",
                    status -> {
                        Element tickets = status.first("tickets");
                        if (tickets == null) {
                            return status.append(Element.of("tickets").append(granted));
                        }
                        return Edits.map(
                                status,
                                child -> child.name().equals("tickets"),
                                child ->
                                        Edits.without(child, state -> state.id().equals(ticket))
                                                .append(granted));
                    });
        }

        @Override
        public String condition() {
            return "ticket " + ticket + " were granted";
        }

        @Override
        public String command() {
            return "crm_ticket --ticket " + ticket + " --grant --force";
        }
    }

    /** A cluster property is set. */
    record PropertySet(String property, String value) implements Change {

        @Override
        public Element apply(Element cib) {
            Element pair =
                    Element.of(
                            "nvpair",
                            "id",
                            "what-if-" + property,
                            "name",
                            property,
                            "value",
                            value);
            return Edits.in(
                    cib,
                    "crm_config",
                    config -> {
                        Element cleared =
                                Edits.withoutDeep(
                                        config, child -> child.getOr("name", "").equals(property));
                        return Edits.mapFirst(
                                cleared, "cluster_property_set", set -> set.append(pair));
                    });
        }

        @Override
        public String condition() {
            return "cluster property " + property + " were " + value;
        }

        @Override
        public String command() {
            return "pcs property set " + property + "=" + value;
        }
    }

    /** A resource prefers a node. */
    record Preferring(String resource, String node, String score) implements Change {

        @Override
        public Element apply(Element cib) {
            Element location =
                    Element.of(
                            "rsc_location",
                            "id",
                            "what-if-location",
                            "rsc",
                            resource,
                            "node",
                            node,
                            "score",
                            score);
            return Edits.in(cib, "constraints", constraints -> constraints.append(location));
        }

        @Override
        public String condition() {
            return resource + " preferred " + node + " with a score of " + score;
        }

        @Override
        public String command() {
            return "pcs constraint location " + resource + " prefers " + node + "=" + score;
        }
    }

    /** Several changes at once. */
    record Together(List<Change> changes) implements Change {

        @Override
        public Element apply(Element cib) {
            Element result = cib;
            for (Change change : changes) {
                result = change.apply(result);
            }
            return result;
        }

        @Override
        public String condition() {
            List<String> conditions = new ArrayList<>();
            changes.forEach(change -> conditions.add(change.condition()));
            return String.join(", and ", conditions);
        }

        @Override
        public @Nullable String command() {
            List<String> commands = new ArrayList<>();
            for (Change change : changes) {
                String command = change.command();
                if (command != null) {
                    commands.add(command);
                }
            }
            return commands.isEmpty() ? null : String.join("; ", commands);
        }
    }

    /** Changes to immutable documents. */
    final class Edits {

        private Edits() {}

        /** Changes every element of a name, at any depth; what is inside is left alone. */
        static Element in(Element root, String name, UnaryOperator<Element> change) {
            return root.mapElements(child ->
                    child.name().equals(name) ? change.apply(child) : in(child, name, change));
        }

        static Element map(
                Element parent, Predicate<Element> which, UnaryOperator<Element> change) {
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
    }
}
