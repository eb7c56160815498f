package org.holdfast.tools.resource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.time.TimeSpan;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ManagerRequest.CleanHistory;
import org.holdfast.controlapi.ManagerRequest.FailResource;
import org.holdfast.controlapi.ManagerRequest.WaitUntilIdle;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.tools.crm.frame.GlibOrder;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.Refusals;
import org.holdfast.tools.crm.frame.UsageException;
import org.jspecify.annotations.Nullable;

/** What the running cluster is asked to do; nothing is done if the CIB is only a copy. */
final class ClusterCommands {

    private static final Duration REPLY = Duration.ofSeconds(60);

    /** How often a copy of the CIB is looked at. */
    private static final long LOOK_MILLIS = 2000;

    /** How long a step of a restart in a copy of the CIB is waited for, unless told. */
    private static final long STEP_MILLIS = 20_000;

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
        if (session.isDryRun()) {
            if (whole == null) {
                out.info("Dry run: skipping clean-up of " + where + " due to CIB_file");
            } else {
                dryRun(whole, node);
                check(whole, node);
            }
            return ExitCode.OK;
        }
        ClusterConnection connection = connected();
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
        replies(whole, node, onlyFailed, operation, interval);
        return ExitCode.OK;
    }

    /** As many replies as there were histories to forget, all of them here by now. */
    private void replies(
            @Nullable Resource resource,
            @Nullable Node node,
            boolean onlyFailed,
            @Nullable String operation,
            long interval) {
        int count = 1;
        if (onlyFailed) {
            count =
                    (int)
                            session.cluster().failed.stream()
                                    .filter(failed -> node == null || failed.node() == node)
                                    .filter(failed ->
                                            operation == null
                                                    || operation.equals(
                                                                    failed.entry().get("operation"))
                                                            && interval
                                                                    == Entries.interval(
                                                                            failed.entry()))
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
        if (session.isDryRun()) {
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
            connected().call(new FailResource(node.name, id), REPLY);
        } catch (RequestRefused e) {
            throw refused(e);
        }
        reportReplies(1);
        return ExitCode.OK;
    }

    private ClusterConnection connected() throws UsageException {
        ClusterConnection connection = cluster;
        if (connection == null) {
            throw Failures.exit(
                    ExitCode.DISCONNECT,
                    "Error connecting to controller: " + Rc.describe(Rc.ECONNREFUSED));
        }
        return connection;
    }

    /** Waits until the cluster has nothing left to do. */
    int waitUntilIdle() throws UsageException {
        PendingActions pending = new PendingActions(session);
        long timeout = timeoutMillis();
        if (!session.isCopy()) {
            try {
                connected()
                        .call(new WaitUntilIdle(timeout), Duration.ofMillis(timeout).plus(REPLY));
                return ExitCode.OK;
            } catch (RequestRefused e) {
                if (Rc.exitCode(Refusals.returnCode(e)) != ExitCode.TIMEOUT) {
                    throw refused(e);
                }
                if (pending.anyLeft()) {
                    pending.print();
                    throw pending.timeout();
                }
                return ExitCode.OK;
            }
        }
        boolean left = pending.anyLeft();
        pending.warnOfOtherVersions();
        for (long waited = 0; left; waited += LOOK_MILLIS) {
            if (waited >= timeout) {
                pending.print();
                throw pending.timeout();
            }
            rest(Math.min(LOOK_MILLIS, timeout - waited));
            left = pending.anyLeft();
        }
        return ExitCode.OK;
    }

    private long timeoutMillis() {
        String given = session.call().value("timeout");
        Long parsed = given == null ? null : TimeSpan.parseMillis(given);
        return parsed == null || parsed <= 0 ? WAIT_MILLIS : parsed;
    }

    /** Of a copy somebody else may change what is waited for. */
    private static void rest(long millis) throws UsageException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.exit(ExitCode.ERROR, null);
        }
    }

    private static void ask(ClusterConnection connection, CleanHistory request)
            throws UsageException {
        try {
            connection.call(request, REPLY);
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
        return new Restart(session, patience()).run(resource, requested, node);
    }

    private Restart.Patience patience() {
        if (!session.isCopy()) {
            return _ -> waitUntilIdle();
        }
        String given = session.call().value("timeout");
        long steps = (given == null ? STEP_MILLIS : timeoutMillis()) / LOOK_MILLIS;
        return reached -> {
            for (long step = 0; step < steps && !reached.check(); step++) {
                rest(LOOK_MILLIS);
            }
        };
    }
}
