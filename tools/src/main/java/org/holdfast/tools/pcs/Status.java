package org.holdfast.tools.pcs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.holdfast.cib.document.Element;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.DaemonRequest.DaemonQuery;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Finding;
import org.holdfast.scheduler.model.Finding.Severity;
import org.holdfast.scheduler.model.Node;
import org.holdfast.tools.cibinput.CibUpgrade;
import org.holdfast.tools.corosync.QuorumTool;
import org.holdfast.tools.mon.CrmMon;

/** {@code pcs status} and what belongs to it. */
final class Status {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Status() {}

    static void full(PcsRun run, List<String> arguments) {
        PcsOptions options = run.options();
        options.allowOnly(
                "--hide-inactive", "--full", "-f", "--corosync_conf", "--request-timeout");
        if (!arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        if (options.has("-f") != options.has("--corosync_conf")) {
            boolean file = options.has("-f");
            throw PcsFailure.error(
                    "When "
                            + (file ? "'-f'" : "'--corosync_conf'")
                            + " is specified, "
                            + (file ? "'--corosync_conf'" : "'-f'")
                            + " must be specified as well");
        }
        List<String> monitor = new ArrayList<>(List.of("--one-shot"));
        if (!options.has("--hide-inactive")) {
            monitor.add("--inactive");
        }
        if (options.has("--full")) {
            monitor.addAll(
                    List.of(
                            "--show-detail",
                            "--show-node-attributes",
                            "--failcounts",
                            "--fence-history=3"));
        }
        SubCommand.Result result = SubCommand.run(run, new CrmMon(), monitor);
        if (result.code() != 0) {
            throw PcsFailure.error(
                    "error running crm_mon, is pacemaker running?\n"
                            + ("  " + result.err().strip().replace("\n", "\n  ")));
        }
        Console console = run.console();
        console.print("Cluster name: " + clusterName(run));
        List<String> warnings = warnings(run);
        if (!warnings.isEmpty()) {
            console.print("");
            console.print("WARNINGS:");
            warnings.forEach(console::print);
            console.print("");
        }
        console.print(result.out().strip());
        if (run.isLive()) {
            console.print("");
            console.print("Daemon Status:");
            new DaemonStates(run.context().files(), run.context().cluster())
                    .lines()
                    .forEach(console::print);
        }
    }

    private static String clusterName(PcsRun run) {
        ClusterConnection cluster = run.context().cluster();
        if (run.isLive() && cluster != null) {
            try {
                return cluster.call(new DaemonQuery(), TIMEOUT).clusterName();
            } catch (RequestRefused e) {
                return "";
            }
        }
        for (Item pair : run.cib().section("crm_config").all("nvpair")) {
            if ("cluster-name".equals(pair.get("name"))) {
                return pair.get("value", "");
            }
        }
        return "";
    }

    private static List<String> warnings(PcsRun run) {
        List<String> lines = new ArrayList<>();
        Set<String> moved = new TreeSet<>();
        for (Item constraint : run.cib().constraints().items("rsc_location")) {
            if (constraint.id().startsWith("cli-") && constraint.has("rsc")) {
                moved.add(constraint.get("rsc", ""));
            }
        }
        if (!moved.isEmpty()) {
            lines.add(
                    "Following resources have been moved and their move constraints are still in"
                            + " place: "
                            + Words.list(moved));
            lines.add(
                    "Run 'pcs constraint location' or 'pcs resource clear <resource id>' to view or"
                            + " remove the constraints, respectively");
        }
        for (Finding finding : findings(run)) {
            if (finding.severity() == Severity.CONFIG_ERROR) {
                lines.add("error: " + finding.text());
            } else if (finding.severity() == Severity.CONFIG_WARNING) {
                lines.add("warning: " + finding.text());
            }
        }
        return lines;
    }

    private static List<Finding> findings(PcsRun run) {
        Cluster cluster = schedule(run);
        return cluster.findings;
    }

    private static Cluster schedule(PcsRun run) {
        return Scheduler.schedule(request(run));
    }

    private static ScheduleRequest request(PcsRun run) {
        Element cib = run.cib().root().toElement();
        CibUpgrade.Result upgraded = CibUpgrade.upgrade(cib);
        return ScheduleRequest.of(upgraded.cib(), run.context().clock().instant().getEpochSecond());
    }

    static void cluster(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f", "--request-timeout");
        if (!arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        SubCommand.Result result = SubCommand.run(run, new CrmMon(), List.of("-1", "-r"));
        if (result.code() != 0) {
            throw PcsFailure.error("cluster is not currently running on this node");
        }
        run.console().print("Cluster Status:");
        boolean emptySeen = false;
        for (String line : result.out().split("\n", -1)) {
            if (line.isEmpty()) {
                if (emptySeen) {
                    break;
                }
                emptySeen = true;
            } else {
                run.console().print(" " + line);
            }
        }
    }

    static void nodes(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f", "--corosync_conf");
        if (arguments.size() == 1 && arguments.getFirst().equals("config")) {
            List<String> names =
                    run.cib().section("nodes").items("node").stream()
                            .map(node -> node.get("uname", ""))
                            .sorted()
                            .toList();
            run.console().print("Pacemaker Nodes:");
            if (!names.isEmpty()) {
                run.console().print(" " + String.join(" ", names));
            }
            return;
        }
        Cluster cluster = Scheduler.status(request(run));
        printNodes(run.console(), cluster, "Pacemaker Nodes:", false);
        printNodes(run.console(), cluster, "Pacemaker Remote Nodes:", true);
    }

    private static void printNodes(Console console, Cluster cluster, String title, boolean remote) {
        StringBuilder online = new StringBuilder(" Online:");
        StringBuilder standby = new StringBuilder(" Standby:");
        StringBuilder running = new StringBuilder(" Standby with resource(s) running:");
        StringBuilder maintenance = new StringBuilder(" Maintenance:");
        StringBuilder offline = new StringBuilder(" Offline:");
        for (Node node : cluster.nodes) {
            if (node.isRemote() != remote) {
                continue;
            }
            String word = " " + node.name;
            if (!node.online) {
                offline.append(word);
                continue;
            }
            if (node.standby) {
                (node.running.isEmpty() ? standby : running).append(word);
            }
            if (node.maintenance) {
                maintenance.append(word);
            }
            if (!node.standby && !node.maintenance) {
                online.append(word);
            }
        }
        console.print(title);
        for (StringBuilder line : List.of(online, standby, running, maintenance, offline)) {
            console.print(line.toString());
        }
    }

    static void corosync(PcsRun run, List<String> arguments) {
        run.options().allowOnly();
        if (!arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        SubCommand.Result result = SubCommand.run(run, new QuorumTool(), List.of("-l"));
        if (result.code() != 0) {
            throw PcsFailure.error("corosync not running");
        }
        run.console().print(result.out().stripTrailing());
    }

    static void quorum(PcsRun run, List<String> arguments) {
        run.options().allowOnly();
        if (!arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        SubCommand.Result result = SubCommand.run(run, new QuorumTool(), List.of("-p"));
        // Without quorum the tool ends with 2, which is no failure to find out.
        if (result.code() == 1) {
            throw PcsFailure.error("Unable to get quorum status: " + result.err().strip());
        }
        run.console().print(result.out().stripTrailing() + "\n");
    }

    static void resources(PcsRun run, List<String> arguments) {
        resources(run, arguments, false);
    }

    static void stonith(PcsRun run, List<String> arguments) {
        resources(run, arguments, true);
    }

    private static void resources(PcsRun run, List<String> arguments, boolean stonith) {
        run.options().allowOnly("-f", "--hide-inactive");
        if (arguments.size() > 2) {
            throw PcsFailure.usage();
        }
        List<String> monitor = new ArrayList<>(List.of("--one-shot"));
        if (!run.options().has("--hide-inactive")) {
            monitor.add("--inactive");
        }
        List<String> rest = new ArrayList<>(arguments);
        String id = rest.stream().filter(word -> !word.contains("=")).findFirst().orElse("");
        String problem = "unable to get cluster status from crm_mon\n";
        if (!id.isEmpty()) {
            problem = "unable to get status of '" + id + "' from crm_mon\n";
            monitor.addAll(List.of("--include", "none,resources", "--resource", id));
            rest.remove(id);
        }
        var values = KeyValues.parse(rest);
        KeyValues.allowOnly(values.keySet(), Set.of("node"));
        String node = values.getOrDefault("node", "");
        if (values.containsKey("node") && node.isEmpty()) {
            throw PcsFailure.error("missing value of 'node' option");
        }
        if (!node.isEmpty()) {
            monitor.addAll(List.of("--node", node));
        }
        SubCommand.Result result = SubCommand.run(run, new CrmMon(), monitor);
        if (result.code() != 0) {
            throw PcsFailure.error(problem + (result.out() + result.err()).stripTrailing());
        }
        printResources(run, result.out(), id, node, stonith);
    }

    private static void printResources(
            PcsRun run, String text, String id, String node, boolean stonith) {
        String none = stonith ? "NO stonith devices configured" : "NO resources configured";
        Console console = run.console();
        boolean inside = false;
        boolean any = false;
        for (String line : text.split("\n", -1)) {
            switch (line) {
                case "  * No active resources" -> {
                    console.print("No active resources");
                    return;
                }
                case "  * No resources" -> {
                    if (!id.isEmpty() && node.isEmpty()) {
                        throw PcsFailure.error("resource or tag id '" + id + "' not found");
                    }
                    console.print(node.isEmpty() ? none : "No active resources");
                    return;
                }
                case "Full List of Resources:", "Active Resources:" -> inside = true;
                case "" -> {
                    if (inside) {
                        if (!any) {
                            console.print(none);
                        }
                        return;
                    }
                }
                default -> {
                    boolean device = line.contains("(stonith:");
                    if (inside && (!id.isEmpty() || device == stonith)) {
                        any = true;
                        console.print(line);
                    }
                }
            }
        }
    }

    static void waitUntilIdle(PcsRun run, List<String> arguments) {
        run.options().allowOnly();
        if (arguments.size() > 1) {
            throw PcsFailure.usage();
        }
        String given = arguments.isEmpty() ? "0" : arguments.getFirst();
        Long seconds = Words.seconds(given);
        if (seconds == null) {
            throw PcsFailure.usage("'" + given + "' is not a valid interval value");
        }
        ClusterConnection cluster = run.context().cluster();
        if (cluster == null) {
            throw PcsFailure.error("the cluster is not running on this node");
        }
        WaitForIdle.run(cluster, seconds == 0 ? 3600 : seconds);
    }
}
