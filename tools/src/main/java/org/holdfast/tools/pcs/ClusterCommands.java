package org.holdfast.tools.pcs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ManagerRequest.ShutDown;
import org.holdfast.controlapi.RequestRefused;

/** {@code pcs cluster start|stop}. */
final class ClusterCommands {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private ClusterCommands() {}

    /**
     * Starting is the launcher's work: there is no daemon yet that this could run in. Where it
     * arrives here, the daemon runs already.
     */
    static void start(PcsRun run, List<String> arguments) {
        run.options().allowOnly("--wait", "--all", "--request-timeout");
        if (run.context().cluster() == null) {
            throw PcsFailure.error(
                    "Unable to start the cluster: holdfastd could not be started on this node");
        }
        if (!arguments.isEmpty() || run.options().has("--all")) {
            throw PcsFailure.error(
                    "Other nodes are started by their own service manager: run 'pcs cluster start'"
                            + " on each of them");
        }
        run.console().info("Starting Cluster...");
    }

    static void stop(PcsRun run, List<String> arguments) {
        PcsOptions options = run.options();
        options.allowOnly(
                "--wait", "--all", "--force", "--request-timeout", "--pacemaker", "--corosync");
        boolean all = options.has("--all");
        if (all && !arguments.isEmpty()) {
            throw PcsFailure.usage("Cannot specify both --all and a list of nodes.");
        }
        ClusterConnection cluster = run.context().cluster();
        if (cluster == null) {
            throw PcsFailure.error("cluster is not running on this node");
        }
        Console console = run.console();
        List<String> nodes = new ArrayList<>(arguments);
        if (all) {
            Set<String> known = NodeSwitches.knownNodes(run.cib());
            nodes.addAll(known);
        }
        if (nodes.isEmpty()) {
            console.info("Stopping Cluster (pacemaker)...");
            console.info("Stopping Cluster (corosync)...");
        } else {
            nodes.forEach(node -> console.info(node + ": Stopping Cluster (pacemaker)..."));
        }
        try {
            cluster.call(new ShutDown(nodes), TIMEOUT);
        } catch (RequestRefused e) {
            throw PcsFailure.error("unable to stop: " + e.getMessage());
        }
        nodes.forEach(node -> console.info(node + ": Stopping Cluster (corosync)..."));
    }
}
