package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.history.Entries;
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

        /** Exit statuses that tell a state: running, stopped, promoted, degraded; or pending. */
        private static final List<String> OUTCOMES = List.of("0", "7", "8", "190", "191", "193");

        /** Execution statuses of what is pending, done, or no longer of interest. */
        private static final List<String> DONE = List.of("-1", "0", "1");

        @Override
        public Element apply(Element cib) {
            return Edits.in(
                    cib,
                    "status",
                    status ->
                            Edits.map(
                                    status,
                                    state -> state.getOr("uname", state.id()).equals(node),
                                    this::forget));
        }

        private Element forget(Element state) {
            Element counted = Edits.withoutDeep(state, this::isCount);
            return Edits.mapDeep(
                    counted,
                    child -> child.name().equals("lrm_resource") && isMeant(child.id()),
                    history -> Edits.without(history, WithoutFailures::isFailure));
        }

        private boolean isMeant(String id) {
            return id.equals(resource) || FailCounts.baseName(id).equals(resource);
        }

        private boolean isCount(Element element) {
            String name = element.getOr("name", "");
            int hash = name.indexOf('#');
            boolean counts = name.startsWith("fail-count-") || name.startsWith("last-failure-");
            return counts && hash > 0 && isMeant(name.substring(name.indexOf('-', 5) + 1, hash));
        }

        private static boolean isFailure(Element entry) {
            int expected = Entries.expectedExitStatus(entry);
            String status = entry.getOr("rc-code", "0");
            boolean recurring = Entries.interval(entry) > 0;
            return entry.id().endsWith("_last_failure_0")
                    || !DONE.contains(entry.getOr("op-status", "0"))
                    || !OUTCOMES.contains(status)
                    || ((recurring || !Entries.isProbe(entry))
                            && expected >= 0
                            && !status.equals(Integer.toString(expected))
                            && !status.equals("193"));
        }

        @Override
        public String condition() {
            return "the failures of " + resource + " on " + node + " were cleared";
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
            return "the target-role of " + resources.getFirst() + " did not keep it down";
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
            return resources.getFirst() + " were managed";
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
            return switch (attribute) {
                case "standby", "maintenance" -> "node " + node + " were not in " + attribute;
                case "shutdown" -> "node " + node + " were not shutting down";
                default -> "node attribute " + attribute + " of " + node + " were not set";
            };
        }

        @Override
        public @Nullable String command() {
            return switch (attribute) {
                case "standby", "maintenance" -> "pcs node un" + attribute + " " + node;
                case "shutdown" -> null;
                default -> "crm_attribute --node " + node + " --name " + attribute + " --delete";
            };
        }
    }

    /**
     * A node is up.
     *
     * @param anew whether it comes back with nothing running, as a node does that was away and was
     *     not waited for; if not, it is as if it had never been away
     */
    record NodeOnline(String node, boolean anew) implements Change {

        /** The node had never been away. */
        NodeOnline(String node) {
            this(node, false);
        }

        @Override
        public Element apply(Element cib) {
            return Edits.in(
                    cib,
                    "status",
                    status -> {
                        if (status.elements("node_state").stream()
                                .noneMatch(state -> state.getOr("uname", "").equals(node))) {
                            Element state =
                                    Element.of("node_state", "id", idIn(cib), "uname", node);
                            return status.append(up(state));
                        }
                        return Edits.map(
                                status, state -> state.getOr("uname", "").equals(node), this::up);
                    });
        }

        private String idIn(Element cib) {
            Element nodes = cib.path("configuration", "nodes");
            if (nodes != null) {
                for (Element known : nodes.elements()) {
                    if (known.getOr("uname", "").equals(node)) {
                        return known.id();
                    }
                }
            }
            return node;
        }

        private Element up(Element state) {
            return Edits.withoutDeep(
                            state,
                            child ->
                                    (child.name().equals("nvpair")
                                                    && child.getOr("name", "").equals("shutdown"))
                                            || (anew && child.name().equals("lrm")))
                    .with("in_ccm", "true")
                    .with("crmd", "online")
                    .with("join", "member")
                    .with("expected", "member");
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

    /** A ticket is taken away. */
    record TicketRevoked(String ticket) implements Change {

        @Override
        public Element apply(Element cib) {
            return Edits.in(
                    cib,
                    "status",
                    status ->
                            Edits.mapDeep(
                                    status,
                                    state ->
                                            state.name().equals("ticket_state")
                                                    && state.id().equals(ticket),
                                    state -> state.with("granted", "false")));
        }

        @Override
        public String condition() {
            return "ticket " + ticket + " were revoked";
        }

        @Override
        public String command() {
            return "crm_ticket --ticket " + ticket + " --revoke --force";
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

    /** A meta-attribute of a resource is set. */
    record MetaSet(String resource, String name, String value) implements Change {

        @Override
        public Element apply(Element cib) {
            Element pair = Element.of("nvpair", "id", "what-if-meta", "name", name, "value", value);
            return Edits.in(
                    cib, "resources", all -> Edits.setIn(all, resource, "meta_attributes", pair));
        }

        @Override
        public String condition() {
            return name + " of " + resource + " were " + value;
        }

        @Override
        public String command() {
            return "pcs resource meta " + resource + " " + name + "=" + value;
        }
    }

    /** A resource needs less, or a node has more. */
    record Utilization(boolean ofNode, String id, String name, String value) implements Change {

        @Override
        public Element apply(Element cib) {
            Element pair =
                    Element.of("nvpair", "id", "what-if-utilization", "name", name, "value", value);
            if (!ofNode) {
                return Edits.in(cib, "resources", all -> Edits.setIn(all, id, "utilization", pair));
            }
            return Edits.in(
                    cib,
                    "nodes",
                    nodes ->
                            Edits.map(
                                    nodes,
                                    node -> node.getOr("uname", "").equals(id),
                                    node -> Edits.setPair(node, "utilization", pair)));
        }

        @Override
        public String condition() {
            return (ofNode ? "node " + id + " had " : id + " needed only ") + name + "=" + value;
        }

        @Override
        public String command() {
            return "pcs "
                    + (ofNode ? "node" : "resource")
                    + " utilization "
                    + id
                    + " "
                    + name
                    + "="
                    + value;
        }
    }

    /** A resource is known not to be active on a node. */
    record StoppedOn(String resource, String node) implements Change {

        @Override
        public Element apply(Element cib) {
            Element probe =
                    Element.of(
                            "lrm_rsc_op",
                            "id",
                            resource + "_last_0",
                            "operation_key",
                            resource + "_monitor_0",
                            "operation",
                            "monitor",
                            "transition-key",
                            "0:0:7:what-if",
                            "rc-code",
                            "7",
                            "op-status",
                            "0",
                            "interval",
                            "0",
                            "call-id",
                            "1");
            return Edits.inHistory(
                    cib, node, resource, history -> history.withChildren(List.of(probe)));
        }

        @Override
        public String condition() {
            return resource + " were not active on " + node;
        }
    }

    /**
     * What a resource was started with is what is configured.
     *
     * @param digests of today's parameters, by history entry
     */
    record ParametersRestored(String resource, String node, List<Digests> digests)
            implements Change {

        /** What a history entry would say had it been written today. */
        public record Digests(String entryId, String all, @Nullable String restart) {}

        @Override
        public Element apply(Element cib) {
            return Edits.inHistory(
                    cib, node, resource, history -> history.mapElements(this::renewed));
        }

        private Element renewed(Element entry) {
            Element renewed = entry;
            for (Digests today : digests) {
                if (entry.id().equals(today.entryId)) {
                    renewed = renewed.with("op-digest", today.all);
                    if (today.restart != null) {
                        renewed = renewed.with("op-restart-digest", today.restart);
                    }
                }
            }
            return renewed;
        }

        @Override
        public String condition() {
            return "the parameters of "
                    + resource
                    + " were what they were when it was started on "
                    + node;
        }
    }

    /** A resource has the agent again that it was started with. */
    record AgentRestored(String resource, String standard, @Nullable String provider, String type)
            implements Change {

        @Override
        public Element apply(Element cib) {
            return Edits.in(
                    cib,
                    "resources",
                    all -> Edits.mapDeep(all, child -> child.id().equals(resource), this::restore));
        }

        private Element restore(Element primitive) {
            Element restored = primitive.with("class", standard).with("type", type);
            return provider == null
                    ? restored.without("provider")
                    : restored.with("provider", provider);
        }

        @Override
        public String condition() {
            return resource
                    + " had agent "
                    + standard
                    + (provider == null ? "" : ":" + provider)
                    + ":"
                    + type
                    + " again";
        }
    }

    /** The partition has quorum. */
    record Quorate() implements Change {

        @Override
        public Element apply(Element cib) {
            return cib.with("have-quorum", "1");
        }

        @Override
        public String condition() {
            return "this partition had quorum";
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
}
