package org.holdfast.tools.pcs;

import java.time.Duration;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ManagerRequest.WaitUntilIdle;
import org.holdfast.controlapi.RequestRefused;

/** The option {@code --wait}: come back when the cluster has done what the change asks of it. */
final class WaitForIdle {

    private static final long FOREVER_SECONDS = 3600;

    private WaitForIdle() {}

    /** Refuses the option where there is no cluster to wait for. */
    static void check(PcsRun run) {
        String value = run.options().value("--wait");
        if (value == null) {
            return;
        }
        if (!run.isLive()) {
            throw PcsFailure.error("Cannot use '-f' together with '--wait'");
        }
        if (!value.isEmpty() && Words.seconds(value) == null) {
            throw PcsFailure.error("'" + value + "' is not a valid number of seconds to wait");
        }
    }

    /** Waits if the user wants it. */
    static void run(PcsRun run) {
        String value = run.options().value("--wait");
        ClusterConnection cluster = run.context().cluster();
        if (value == null || cluster == null) {
            return;
        }
        Long given = value.isEmpty() ? null : Words.seconds(value);
        long seconds = given == null || given == 0 ? FOREVER_SECONDS : given;
        run(cluster, seconds);
    }

    static void run(ClusterConnection cluster, long seconds) {
        try {
            cluster.call(new WaitUntilIdle(seconds * 1000), Duration.ofSeconds(seconds + 5));
        } catch (RequestRefused e) {
            throw PcsFailure.error("waiting timeout\n\n" + e.getMessage());
        }
    }
}
