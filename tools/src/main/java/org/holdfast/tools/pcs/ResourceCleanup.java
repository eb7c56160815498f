package org.holdfast.tools.pcs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ManagerRequest.CleanHistory;
import org.holdfast.controlapi.RequestRefused;

/** {@code pcs resource cleanup|refresh}: forget failures, or all that is known. */
final class ResourceCleanup {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private ResourceCleanup() {}

    static void cleanup(PcsRun run, List<String> arguments) {
        run.options().allowOnly("--strict");
        clean(run, arguments, Set.of("node", "operation", "interval"), true);
    }

    static void refresh(PcsRun run, List<String> arguments) {
        run.options().allowOnly("--force", "--strict");
        clean(run, arguments, Set.of("node"), false);
    }

    private static void clean(
            PcsRun run, List<String> arguments, Set<String> allowed, boolean onlyFailed) {
        boolean named = !arguments.isEmpty() && !arguments.getFirst().contains("=");
        String resource = named ? arguments.getFirst() : null;
        Map<String, String> options =
                KeyValues.parse(named ? arguments.subList(1, arguments.size()) : arguments);
        KeyValues.allowOnly(options.keySet(), allowed);
        ClusterConnection cluster = run.context().cluster();
        if (cluster == null) {
            throw PcsFailure.error("the cluster is not running on this node");
        }
        if (resource != null && run.cib().resource(resource) == null) {
            throw PcsFailure.error(StonithCheck.notFound(run.cib(), resource));
        }
        Long seconds = Words.seconds(options.getOrDefault("interval", ""));
        try {
            cluster.call(
                    new CleanHistory(
                            resource,
                            options.get("node"),
                            options.get("operation"),
                            seconds == null ? -1 : seconds * 1000,
                            onlyFailed),
                    TIMEOUT);
        } catch (RequestRefused e) {
            throw PcsFailure.error(
                    "Unable to forget failed operations of resources\n" + e.getMessage());
        }
        run.console()
                .info(
                        resource == null
                                ? "Cleaned up all resources on "
                                        + options.getOrDefault("node", "all nodes")
                                : "Cleaned up "
                                        + resource
                                        + " on "
                                        + options.getOrDefault("node", "all nodes"));
    }
}
