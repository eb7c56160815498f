package org.holdfast.tools.resource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.time.TimeSpan;
import org.holdfast.cib.xpath.XPath;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ManagerRequest.CleanHistory;
import org.holdfast.controlapi.ManagerRequest.FailResource;
import org.holdfast.controlapi.ManagerRequest.WaitUntilIdle;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.GlibOrder;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.Refusals;
import org.holdfast.tools.crm.frame.UsageException;
import org.jspecify.annotations.Nullable;

/** What the running cluster is asked to do; nothing is done if the CIB is only a copy. */
final class ClusterCommands {

    private static final Duration REPLY = Duration.ofSeconds(60);
    private static final String DC_VERSION =
            "/cib/configuration/crm_config/*/nvpair[@name='dc-version']";
    private static final long WAIT_MILLIS = Duration.ofHours(1).toMillis();

    private final Session session;
    private final Output out;
    private final @Nullable ClusterConnection cluster;

    ClusterCommands(Session session) {
        this.session = session;
        this.out = session.out();
        this.cluster = session.isDryRun() ? null : session.call().context().cluster();
    }

    /**
     * Forgets failures, or all history, so that the state is checked again.
     *
     * @param onlyFailed failures, not all history
     */
    int recheck(@Nullable Resource resource, @Nullable Node node, boolean onlyFailed)
            throws UsageException {
        Resource whole = resource == null || session.force() ? resource : resource.top(false);
        String where = node == null ? "all nodes" : node.name;
        ClusterConnection connection = cluster;
        if (connection == null) {
            if (whole == null) {
                out.info("Dry run: skipping clean-up of " + where + " due to CIB_file");
            } else {
                dryRun(whole, node);
                check(whole, node);
            }
            return ExitCode.OK;
        }
        String operation = onlyFailed ? session.call().value("operation") : null;
        long interval =
                operation == null ? -1 : TimeSpan.intervalMillis(session.call().value("interval"));
        ask(
                connection,
                new CleanHistory(
                        whole == null ? null : whole.id,
                        node == null ? null : node.name,
                        operation,
                        interval,
                        onlyFailed));
        if (whole == null) {
            if (onlyFailed) {
                out.info("Cleaned up all resources on " + where);
            }
        } else {
            cleaned(whole, node);
            check(whole, node);
        }
        replies(whole, node, onlyFailed);
        return ExitCode.OK;
    }

    /** As many replies as there were histories to forget, all of them here by now. */
    private void replies(@Nullable Resource resource, @Nullable Node node, boolean onlyFailed) {
        int count = 1;
        if (onlyFailed) {
            count =
                    (int)
                            session.cluster().failed.stream()
                                    .filter(failed -> node == null || failed.node() == node)
                                    .filter(failed ->
                                            resource == null
                                                    || failed.resource().isInside(resource)
                                                    || failed.resource() == resource)
                                    .map(failed -> failed.resource().id + " " + failed.node().name)
                                    .distinct()
                                    .count();
        } else if (resource != null) {
            List<Node> places = new ArrayList<>();
            forEachPlace(resource, node, (part, place) -> places.add(place));
            count = places.size();
        }
        reportReplies(count);
    }

    private void reportReplies(int count) {
        if (count > 0) {
            out.info(
                    "Waiting for "
                            + count
                            + (count == 1 ? " reply" : " replies")
                            + " from the controller");
            for (int i = 1; i < count; i++) {
                out.info("... got reply");
            }
            out.info("... got reply (done)");
        }
    }

    private void check(Resource resource, @Nullable Node node) {
        if (!session.isQuiet()) {
            new Reasons(session).check(resource, node);
        }
    }

    private void dryRun(Resource resource, @Nullable Node node) {
        forEachPlace(
                resource,
                node,
                (part, place) ->
                        out.error(
                                "Dry run: skipping clean-up of "
                                        + part.id
                                        + " on "
                                        + place.name
                                        + " due to CIB_file"));
    }

    private void cleaned(Resource resource, @Nullable Node node) {
        forEachPlace(
                resource,
                node,
                (part, place) -> out.info("Cleaned up " + part.id + " on " + place.name));
    }

    private interface PlaceAction {
        void at(Resource resource, Node node);
    }

    private void forEachPlace(Resource resource, @Nullable Node node, PlaceAction action) {
        if (!resource.children.isEmpty()) {
            resource.children.forEach(child -> forEachPlace(child, node, action));
            return;
        }
        if (node != null) {
            action.at(resource, node);
            return;
        }
        Map<String, Node> known = new LinkedHashMap<>();
        for (ScoredNode place : resource.probed.isEmpty() ? resource.allowed : resource.probed) {
            known.put(place.node.id, place.node);
        }
        // The real command walks its table of nodes backwards.
        List<Node> nodes = new ArrayList<>();
        for (String id : GlibOrder.of(known.keySet()).reversed()) {
            Node place = known.get(id);
            if (place != null) {
                nodes.add(place);
            }
        }
        if (resource.probed.isEmpty() && session.force()) {
            nodes = session.cluster().nodes;
        }
        for (Node one : nodes) {
            if (one.online) {
                action.at(resource, one);
            }
        }
    }

    /** Tells the cluster that a resource has failed. */
    int fail(Resource resource, String requested, Node node) throws UsageException {
        if (cluster == null) {
            out.error(
                    "Dry run: skipping fail of "
                            + requested
                            + " on "
                            + node.name
                            + " due to CIB_file");
            return ExitCode.OK;
        }
        if (!(resource instanceof Primitive)) {
            out.error("We can only process primitive resources, not " + requested);
            throw Failures.of(Rc.EINVAL, null);
        }
        if (!node.online) {
            out.error("Node " + node.name + " is not online");
            throw Failures.of(Rc.ENOTCONN, null);
        }
        String id = resource.inAnonymousClone() ? resource.xml.id() : resource.id;
        try {
            cluster.call(new FailResource(node.name, id), REPLY);
        } catch (RequestRefused e) {
            throw refused(e);
        }
        reportReplies(1);
        return ExitCode.OK;
    }

    /** Waits until the cluster has nothing left to do. */
    int waitUntilIdle() throws UsageException {
        ClusterConnection connection = cluster;
        if (connection != null) {
            waitUntilIdle(connection);
        } else {
            warnOfOtherVersions();
        }
        return ExitCode.OK;
    }

    /** Without a cluster there is nothing to wait for; the DC that a file names may be any. */
    private void warnOfOtherVersions() throws UsageException {
        session.readStatus();
        boolean same =
                XPath.elements(session.cluster().cib, DC_VERSION).stream()
                        .map(pair -> pair.getOr("value", ""))
                        .anyMatch(version -> version.startsWith(CrmTool.PACEMAKER_VERSION + "-"));
        if (!same) {
            out.info("warning: wait option may not work properly in mixed-version cluster");
        }
    }

    private void waitUntilIdle(ClusterConnection connection) throws UsageException {
        String given = session.call().value("timeout");
        Long parsed = given == null ? null : TimeSpan.parseMillis(given);
        long timeout = parsed == null || parsed <= 0 ? WAIT_MILLIS : parsed;
        ask(connection, new WaitUntilIdle(timeout), Duration.ofMillis(timeout).plus(REPLY));
    }

    private static void ask(ClusterConnection connection, CleanHistory request)
            throws UsageException {
        try {
            connection.call(request, REPLY);
        } catch (RequestRefused e) {
            throw refused(e);
        }
    }

    private static void ask(ClusterConnection connection, WaitUntilIdle request, Duration timeout)
            throws UsageException {
        try {
            connection.call(request, timeout);
        } catch (RequestRefused e) {
            throw refused(e);
        }
    }

    private static UsageException refused(RequestRefused refusal) {
        return Failures.of(Refusals.returnCode(refusal), refusal.getMessage());
    }

    /**
     * Stops a resource and what depends on it, and starts it again.
     *
     * @param node only there, or null for everywhere
     */
    int restart(Resource resource, String requested, @Nullable Node node) throws UsageException {
        ClusterConnection connection = cluster;
        if (connection == null) {
            throw Failures.exit(ExitCode.DISCONNECT, "Only a running cluster can restart");
        }
        return new Restart(session, () -> waitUntilIdle(connection)).run(resource, requested, node);
    }
}
