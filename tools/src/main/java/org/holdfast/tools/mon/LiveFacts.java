package org.holdfast.tools.mon;

import java.time.Duration;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ManagerRequest.ControllerQuery;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.fencing.FencingLog;
import org.jspecify.annotations.Nullable;

/**
 * What a running node adds to what is in the CIB.
 *
 * @param localNode the node's name, or null if no node was asked
 * @param fencing past and pending fencing
 */
record LiveFacts(@Nullable String localNode, FencingLog fencing) {

    /** Those of a CIB in a file. */
    static final LiveFacts NONE = new LiveFacts(null, FencingLog.EMPTY);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Asks the node, unless the CIB is in a file. */
    static LiveFacts of(Invocation call) throws UsageException {
        if (call.environment("CIB_file") != null || call.environment("CIB_shadow") != null) {
            return NONE;
        }
        ClusterConnection cluster = call.context().cluster();
        if (cluster == null) {
            throw notAvailable();
        }
        try {
            String name = cluster.call(new ControllerQuery(), TIMEOUT).localNode();
            return new LiveFacts(name, FencingLog.of(cluster, TIMEOUT));
        } catch (RequestRefused e) {
            throw notAvailable();
        }
    }

    private static UsageException notAvailable() {
        return new UsageException(
                ExitCode.DISCONNECT, "Error: cluster is not available on this node");
    }

    boolean isLive() {
        return localNode != null;
    }
}
