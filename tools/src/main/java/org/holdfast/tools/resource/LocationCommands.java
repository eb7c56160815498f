package org.holdfast.tools.resource;

import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.time.CibTime;
import org.holdfast.cib.time.TimeFormat;
import org.holdfast.cib.time.TimeParser;
import org.holdfast.cib.time.TimeSyntaxException;
import org.holdfast.scheduler.model.ActiveNodes;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.tools.cib.CibClient;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.UsageException;
import org.jspecify.annotations.Nullable;

/** Moves a resource, keeps it off a node, and takes that back, all by location constraints. */
final class LocationCommands {

    private static final String BAN = "cli-ban-";
    private static final String PREFER = "cli-prefer-";
    private static final String OLD_ROLE = "Master";
    private static final String CONSTRAINTS = "constraints";

    private final Session session;
    private final Output out;
    private final String id;
    private final @Nullable String lifetime;
    private boolean promotedOnly;
    private String promotedRole = "Promoted";

    /** Commands for the resource that the user named so. */
    LocationCommands(Session session, String id) {
        this.session = session;
        this.out = session.out();
        this.id = id;
        this.lifetime = session.call().value("lifetime");
        this.promotedOnly = session.call().has("promoted") || session.call().has("master");
    }

    /** Keeps the resource off a node; without one, off the only node where it is. */
    int ban(Resource resource, @Nullable Node node) throws UsageException {
        return finish(node == null ? banCurrent(resource) : banFrom(node.name));
    }

    /** Prefers a node; without one, keeps the resource off the only node where it is. */
    int move(Resource resource, @Nullable Node node) throws UsageException {
        return finish(node == null ? banCurrent(resource) : moveTo(resource, node));
    }

    private int finish(int rc) throws UsageException {
        if (rc == Rc.EINVAL) {
            return ExitCode.USAGE;
        }
        Failures.check(rc);
        return ExitCode.OK;
    }

    private int banCurrent(Resource resource) throws UsageException {
        ActiveNodes active = ActiveNodes.ofRequired(resource);
        Node chosen = active.chosen();
        if (active.all() == 1 && chosen != null) {
            return banFrom(chosen.name);
        }
        String begin = "Resource '" + id + "' not moved: active in " + active.all() + " locations";
        String advice =
                "To prevent '" + id + "' from running on a specific location, specify a node.";
        if (!resource.is(ResourceFlag.PROMOTABLE)) {
            throw Failures.usage(begin + ".\n" + advice);
        }
        List<Resource> promoted = promoted(resource);
        if (promoted.size() == 1 && !promoted.getFirst().active.isEmpty()) {
            return banFrom(promoted.getFirst().active.getFirst().name);
        }
        throw Failures.usage(
                begin
                        + " (promoted in "
                        + promoted.size()
                        + ").\n"
                        + advice
                        + "To prevent '"
                        + id
                        + "' from being promoted at a specific location, specify a node and the"
                        + " --promoted option.");
    }

    private static List<Resource> promoted(Resource resource) {
        return resource.children.stream()
                .filter(child -> child.state(true) == Role.PROMOTED)
                .toList();
    }

    private int moveTo(Resource resource, Node node) throws UsageException {
        boolean force = session.force();
        String state = promotedOnly ? "promoted" : "active";
        if (promotedOnly && !resource.is(ResourceFlag.PROMOTABLE)) {
            out.info("Ignoring --promoted option: " + id + " is not promotable");
            promotedOnly = false;
        }
        ActiveNodes active = ActiveNodes.ofRequired(resource);
        Node current = active.chosen();
        int count = active.all();
        Resource moved = resource;
        if (resource.is(ResourceFlag.PROMOTABLE)) {
            List<Resource> promoted = promoted(resource);
            if (!promoted.isEmpty()) {
                moved = promoted.getLast();
            }
            if (promotedOnly || !promoted.isEmpty()) {
                count = promoted.size();
                current =
                        promoted.isEmpty() || moved.active.isEmpty()
                                ? null
                                : moved.active.getFirst();
            }
        }
        if (count > 1) {
            if (!(moved instanceof Clone)) {
                return Rc.MULTIPLE;
            }
            current = null;
        }
        if (current == node && !force) {
            return Rc.ALREADY;
        }
        clear(session.cluster().nodes, false);
        clear(List.of(node), true);
        int rc = prefer(node.name);
        if (force && current != node) {
            if (current != null) {
                banFrom(current.name);
            } else if (count > 1) {
                out.info(
                        "Resource '"
                                + id
                                + "' is currently "
                                + state
                                + " in "
                                + count
                                + " locations. One may now move to "
                                + node.name);
                out.info(
                        "To prevent '"
                                + id
                                + "' from being "
                                + state
                                + " at a specific location, specify a node");
            }
        }
        return rc;
    }

    /** Keeps the resource off a node without saying so. */
    void banQuietly(String node) throws UsageException {
        Failures.check(
                session.modify(
                        CONSTRAINTS,
                        Element.of(CONSTRAINTS)
                                .withChildren(
                                        List.of(
                                                Element.of(
                                                        "rsc_location",
                                                        "id",
                                                        BAN + id + "-on-" + node,
                                                        "rsc",
                                                        id,
                                                        "role",
                                                        "Started",
                                                        "node",
                                                        node,
                                                        "score",
                                                        "-INFINITY")))));
    }

    private int banFrom(String node) throws UsageException {
        CibTime end = end();
        String name = BAN + id + "-on-" + node;
        out.info(
                "WARNING: Creating rsc_location constraint '"
                        + name
                        + "' with a score of -INFINITY for resource "
                        + id
                        + " on "
                        + node
                        + ".\n\tThis will prevent "
                        + id
                        + " from "
                        + (promotedOnly ? "being promoted" : "running")
                        + " on "
                        + node
                        + " until the constraint is removed using the clear option or by editing"
                        + " the CIB with an appropriate tool.\n"
                        + "\tThis will be the case even if "
                        + node
                        + " is the last node in the cluster");
        int code =
                create(
                        name,
                        node,
                        "-INFINITY",
                        end,
                        name + "-rule",
                        name + "-expr",
                        name + "-lifetime");
        return code == Rc.OK || !promotedOnly || promotedRole.equals(OLD_ROLE)
                ? code
                : withOldRole(code, () -> banFrom(node));
    }

    /** Tries again with the name of the promoted role that old schemas have. */
    private int withOldRole(int code, Attempt attempt) throws UsageException {
        String role = promotedRole;
        promotedRole = OLD_ROLE;
        int again = attempt.run();
        promotedRole = role;
        return again == Rc.OK ? again : code;
    }

    @FunctionalInterface
    private interface Attempt {
        int run() throws UsageException;
    }

    private int prefer(String node) throws UsageException {
        int code =
                create(
                        PREFER + id,
                        node,
                        "INFINITY",
                        end(),
                        PREFER + "rule-" + id,
                        PREFER + "expr-" + id,
                        PREFER + "lifetime-end-" + id);
        return code == Rc.OK || !promotedOnly || promotedRole.equals(OLD_ROLE)
                ? code
                : withOldRole(code, () -> prefer(node));
    }

    private int create(
            String name,
            String node,
            String score,
            @Nullable CibTime end,
            String ruleId,
            String expressionId,
            String lifetimeId) {
        Element.Builder location =
                Element.builder("rsc_location")
                        .attribute("id", name)
                        .attribute("rsc", id)
                        .attribute("role", promotedOnly ? promotedRole : "Started");
        if (end == null) {
            location.attribute("node", node).attribute("score", score);
        } else {
            location.child(
                    Element.builder("rule")
                            .attribute("id", ruleId)
                            .attribute("score", score)
                            .attribute("boolean-op", "and")
                            .child(
                                    Element.of(
                                            "expression",
                                            "id",
                                            expressionId,
                                            "attribute",
                                            "#uname",
                                            "operation",
                                            "eq",
                                            "value",
                                            node,
                                            "type",
                                            "string"))
                            .child(
                                    Element.of(
                                            "date_expression",
                                            "id",
                                            lifetimeId,
                                            "operation",
                                            "lt",
                                            "end",
                                            text(end)))
                            .build());
        }
        return session.modify(
                CONSTRAINTS, Element.builder(CONSTRAINTS).child(location.build()).build());
    }

    /** When the constraint is to end, or null for never. */
    private @Nullable CibTime end() throws UsageException {
        if (lifetime == null) {
            return null;
        }
        CibTime now = session.call().timeContext().now();
        try {
            CibTime end = now.plus(TimeParser.parseDuration(lifetime));
            out.info("Migration will take effect until: " + text(end));
            return end;
        } catch (TimeSyntaxException e) {
            out.error(
                    "Invalid duration specified: "
                            + lifetime
                            + "\nPlease refer to https://en.wikipedia.org/wiki/ISO_8601#Durations"
                            + " for examples of valid durations");
            throw new UsageException(ExitCode.USAGE, "");
        }
    }

    private static String text(CibTime time) {
        return TimeFormat.format(
                time, EnumSet.of(TimeFormat.Part.DATE, TimeFormat.Part.TIME, TimeFormat.Part.ZONE));
    }

    /** Removes constraints of {@link #ban} and {@link #move}, and says which. */
    int clear(@Nullable Node node, @Nullable String resourceId) throws UsageException {
        TreeSet<String> before = locations(session.cluster().cib);
        int rc;
        if (session.call().has("expired")) {
            rc = clearExpired(node, resourceId);
        } else {
            rc = clear(node == null ? session.cluster().nodes : List.of(node), true);
        }
        if (!session.isQuiet()) {
            CibClient.Result now = session.query();
            Element cib = now.output();
            if (now.returnCode() != Rc.OK || cib == null) {
                throw Failures.of(
                        now.returnCode(),
                        "Could not get modified CIB: " + Rc.describe(now.returnCode()));
            }
            before.removeAll(locations(cib));
            before.forEach(gone -> out.info("Removing constraint: " + gone));
        }
        Failures.check(rc);
        return ExitCode.OK;
    }

    private static TreeSet<String> locations(Element cib) {
        TreeSet<String> ids = new TreeSet<>();
        Element constraints = cib.path("configuration", CONSTRAINTS);
        if (constraints != null) {
            constraints.elements("rsc_location").forEach(location -> ids.add(location.id()));
        }
        return ids;
    }

    private int clear(List<Node> nodes, boolean bansToo) {
        for (Node node : nodes) {
            int rc =
                    session.removeSelected(
                            "//rsc_location[@id='"
                                    + PREFER
                                    + id
                                    + "'][rule[@id='"
                                    + PREFER
                                    + "rule-"
                                    + id
                                    + "']/expression[@attribute='#uname' and @value='"
                                    + node.name
                                    + "']]");
            if (rc == Rc.OK || rc == Rc.ENXIO) {
                rc = clearShort(node, bansToo);
            }
            if (rc != Rc.OK) {
                return rc;
            }
        }
        return Rc.OK;
    }

    private int clearShort(Node node, boolean bansToo) {
        Element.Builder fragment = Element.builder(CONSTRAINTS);
        if (bansToo) {
            fragment.child(Element.of("rsc_location", "id", BAN + id + "-on-" + node.name));
        }
        Element preferred = Element.of("rsc_location", "id", PREFER + id);
        fragment.child(session.force() ? preferred : preferred.with("node", node.name));
        int rc = session.remove(CONSTRAINTS, fragment.build());
        return rc == Rc.ENXIO ? Rc.OK : rc;
    }

    private int clearExpired(@Nullable Node node, @Nullable String resourceId) {
        CibTime now = session.call().timeContext().now();
        Element constraints = session.cluster().cib.path("configuration", CONSTRAINTS);
        if (constraints == null) {
            return Rc.OK;
        }
        for (Element location : constraints.elements("rsc_location")) {
            Element expression = lifetimeOf(location);
            if (expression == null
                    || (resourceId != null && !resourceId.equals(location.get("rsc")))
                    || (promotedOnly && Role.parse(location.get("role")) != Role.PROMOTED)
                    || (node != null && !concerns(location, node))) {
                continue;
            }
            try {
                String end = expression.getOr("end", "");
                CibTime time = TimeParser.parseDate(end, session.call().timeContext());
                if (now.compareWith(time) > 0) {
                    Element fragment =
                            Element.builder(CONSTRAINTS)
                                    .child(Element.of("rsc_location", "id", location.id()))
                                    .build();
                    int rc = session.remove(CONSTRAINTS, fragment);
                    if (rc != Rc.OK) {
                        return rc;
                    }
                }
            } catch (TimeSyntaxException e) {
                // What has no end that can be read has not ended.
                continue;
            }
        }
        return Rc.OK;
    }

    private static @Nullable Element lifetimeOf(Element location) {
        String wanted;
        if (location.id().startsWith(BAN)) {
            wanted = location.id() + "-lifetime";
        } else if (location.id().startsWith(PREFER)) {
            wanted = PREFER + "lifetime-end-" + location.getOr("rsc", "");
        } else {
            return null;
        }
        Element rule = location.first("rule");
        if (rule != null) {
            for (Element expression : rule.elements("date_expression")) {
                if (expression.id().equals(wanted)) {
                    return expression;
                }
            }
        }
        return null;
    }

    private static boolean concerns(Element location, Node node) {
        if (node.name.equals(location.get("node"))) {
            return true;
        }
        Element rule = location.first("rule");
        return rule != null
                && rule.elements("expression").stream()
                        .anyMatch(expression ->
                                expression.getOr("attribute", "").equals("#uname")
                                        && node.name.equals(expression.get("value")));
    }
}
