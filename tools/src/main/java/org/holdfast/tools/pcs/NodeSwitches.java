package org.holdfast.tools.pcs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ManagerRequest.ControllerQuery;
import org.holdfast.controlapi.RequestRefused;

/** {@code pcs node standby|unstandby|maintenance|unmaintenance}. */
final class NodeSwitches {

    private NodeSwitches() {}

    static void standby(PcsRun run, List<String> arguments) {
        change(run, arguments, Map.of("standby", "on"));
    }

    static void unstandby(PcsRun run, List<String> arguments) {
        change(run, arguments, Map.of("standby", ""));
    }

    static void maintenance(PcsRun run, List<String> arguments) {
        change(run, arguments, Map.of("maintenance", "on"));
    }

    static void unmaintenance(PcsRun run, List<String> arguments) {
        change(run, arguments, Map.of("maintenance", ""));
    }

    private static void change(PcsRun run, List<String> arguments, Map<String, String> values) {
        PcsOptions options = run.options();
        options.allowOnly("-f", "--wait", "--all");
        if (!arguments.isEmpty() && options.has("--all")) {
            throw PcsFailure.usage("Cannot specify both --all and a list of nodes.");
        }
        if (arguments.isEmpty() && !options.has("--all") && !run.isLive()) {
            throw PcsFailure.error("Node(s) must be specified if -f is used");
        }
        WaitForIdle.check(run);
        CibEditor cib = run.cib();
        Set<String> known = knownNodes(cib);
        List<String> names = new ArrayList<>(arguments);
        if (options.has("--all")) {
            names.addAll(known);
        } else if (names.isEmpty()) {
            names.add(localNode(run));
        }
        List<String> missing = names.stream().filter(name -> !known.contains(name)).toList();
        if (!missing.isEmpty()) {
            missing.forEach(name ->
                    run.console()
                            .error(
                                    "Node '"
                                            + name
                                            + "' does not appear to exist in"
                                            + " configuration"));
            throw PcsFailure.exit(1);
        }
        names.forEach(name -> update(cib, name, values));
        cib.push();
        WaitForIdle.run(run);
    }

    static Set<String> knownNodes(CibEditor cib) {
        Set<String> names = new TreeSet<>();
        cib.section("nodes").items("node").forEach(node -> names.add(node.get("uname", "")));
        for (Item primitive : cib.resources().all("primitive")) {
            String guest = primitive.meta("remote-node", "");
            if (!guest.isEmpty()) {
                names.add(guest);
            } else if (AgentName.of(primitive).full().equals("ocf:pacemaker:remote")) {
                names.add(primitive.id());
            }
        }
        return names;
    }

    private static String localNode(PcsRun run) {
        ClusterConnection cluster = run.context().cluster();
        if (cluster == null) {
            throw PcsFailure.error("the cluster is not running on this node");
        }
        try {
            return cluster.call(new ControllerQuery(), Duration.ofSeconds(10)).localNode();
        } catch (RequestRefused e) {
            throw PcsFailure.error("unable to get local node name: " + e.getMessage());
        }
    }

    /** Sets attributes of a node; one that only joined as a remote gets its element. */
    private static void update(CibEditor cib, String name, Map<String, String> values) {
        Item nodes = cib.section("nodes");
        Item node =
                nodes.items("node").stream()
                        .filter(item -> name.equals(item.get("uname")))
                        .findFirst()
                        .orElseGet(() ->
                                new Item("node", "id", name, "uname", name, "type", "remote"));
        Item set = node.first("instance_attributes");
        if (set == null) {
            set = new Item("instance_attributes", "id", cib.uniqueId("nodes-" + node.id()));
        }
        cib.updateSet(set, values);
        if (set.parent() == null && !set.items().isEmpty()) {
            node.append(set);
        }
        if (node.parent() == null && !node.items().isEmpty()) {
            nodes.append(node);
        }
    }
}
