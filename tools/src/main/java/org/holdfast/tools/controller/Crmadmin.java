package org.holdfast.tools.controller;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.time.CibTime;
import org.holdfast.cib.time.TimeFormat;
import org.holdfast.cib.time.TimeSpan;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ControlAnswer.ControllerStatus;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.cib.CibClient;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionChecks;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.Refusals;
import org.holdfast.tools.crm.frame.TextOutput;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/** crmadmin(8): asks the controller how it is, who leads the cluster, and which nodes there are. */
public final class Crmadmin extends CrmTool {

    private static final long DEFAULT_TIMEOUT_MILLIS = 30_000;
    private static final String SERVER = "pacemakerd";

    /** The command. */
    public Crmadmin() {
        super("crmadmin");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return super.usesCluster(arguments, environment)
                || arguments.stream().noneMatch(argument -> argument.startsWith("-N"))
                        && !arguments.contains("--nodes");
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Ask the cluster's controller")
                .helpOn("additional", "command", "output")
                .glued("itKNS")
                .flag("quiet", 'q', "Show the essential and nothing else")
                .value("status", 'S', "NODE", "The state of a node's controller")
                .flag("pacemakerd", 'P', "The state of the local manager")
                .flag("dc_lookup", 'D', "The node whose controller leads the cluster")
                .optionalValue("nodes", 'N', "TYPE", "Nodes: all, cluster, guest, remote")
                .flag("health", 'H', "")
                .value("timeout", 't', "DURATION", "How long to wait for an answer (30s)")
                .check(
                        "timeout",
                        OptionChecks.parsedBy(text -> TimeSpan.parseInterval(text) != null))
                .flag("bash-export", 'B', "With --nodes: as \"export NAME=ID\"")
                .value("ipc-name", 'i', "NAME", "Who asks, with --pacemakerd")
                .withOutput();
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        String command = null;
        String value = null;
        for (Arguments.Given option : call.arguments().given()) {
            switch (option.name()) {
                case "status", "pacemakerd", "dc_lookup", "nodes" -> {
                    command = option.name();
                    value = option.value();
                }
                default -> {
                    // looked up where it matters
                }
            }
        }
        Output out = call.out();
        if (call.has("health")) {
            out.error("Cluster-wide health option not supported");
        }
        if (command == null) {
            out.error("error: Must specify a command option");
        }
        if (command == null || call.has("health")) {
            out.error(options().help(name()));
            return ExitCode.USAGE;
        }
        if (out instanceof TextOutput text && call.has("quiet")) {
            text.setQuiet(true);
        }
        int code = command.equals("nodes") ? listNodes(call, value) : ask(call, command, value);
        if (code != Rc.OK) {
            out.error("error: Command failed: " + Rc.describe(code));
        }
        return Rc.exitCode(code);
    }

    // --- nodes

    private static int listNodes(Invocation call, @Nullable String types) {
        CibClient.Result result;
        try {
            CibClient cib = CibClient.open(call);
            result = cib.query(null);
            cib.close();
        } catch (CibClient.NotOpen e) {
            call.out().error("Could not connect to the CIB: " + e.getMessage());
            return e.returnCode();
        }
        Element cib = result.output();
        if (result.returnCode() != Rc.OK || cib == null) {
            return result.returnCode();
        }
        Output out = call.out();
        List<ConfiguredNodes.Configured> nodes = ConfiguredNodes.of(cib, types);
        out.beginList(null, null, "nodes");
        for (ConfiguredNodes.Configured node : nodes) {
            show(call, node);
        }
        out.endList();
        if (nodes.isEmpty()) {
            out.info("No nodes configured");
        }
        return Rc.OK;
    }

    private static void show(Invocation call, ConfiguredNodes.Configured node) {
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.add("node")
                    .set("type", node.type())
                    .set("name", or(node.name(), ""))
                    .set("id", or(node.id(), ""));
            return;
        }
        String name = or(node.name(), "<null>");
        if (call.has("quiet")) {
            essential(call, name);
        } else if (call.has("bash-export")) {
            call.out().info("export " + name + "=" + or(node.id(), ""));
        } else {
            call.out().info(node.type() + " node: " + name + " (" + or(node.id(), "<null>") + ")");
        }
    }

    private static String or(@Nullable String text, String fallback) {
        return text == null ? fallback : text;
    }

    private static void essential(Invocation call, String line) {
        if (call.out() instanceof TextOutput text) {
            text.print(line + "\n");
        }
    }

    // --- the controller

    private static int ask(Invocation call, String command, @Nullable String node) {
        ClusterConnection cluster = call.context().cluster();
        if (cluster == null) {
            return Rc.ECONNREFUSED;
        }
        long millis = TimeSpan.intervalMillis(call.value("timeout"));
        ControllerStatus status;
        try {
            status =
                    cluster.call(
                            new ManagerRequest.ControllerQuery(),
                            Duration.ofMillis(millis == 0 ? DEFAULT_TIMEOUT_MILLIS : millis));
        } catch (RequestRefused e) {
            return Refusals.returnCode(e);
        }
        return switch (command) {
            case "dc_lookup" -> leader(call, status);
            case "status" -> state(call, status, String.valueOf(node));
            default -> manager(call);
        };
    }

    private static int leader(Invocation call, ControllerStatus status) {
        String dc = status.dc();
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.add("dc").set("node_name", or(dc, ""));
        } else if (!call.has("quiet")) {
            call.out().info("Designated Controller is: " + or(dc, "not yet elected"));
        } else if (dc != null) {
            essential(call, dc);
        }
        return dc == null ? Rc.NO_DC : Rc.OK;
    }

    private static int state(Invocation call, ControllerStatus status, String node) {
        boolean here = node.equals(status.localNode());
        boolean leads = node.equals(status.dc());
        boolean takesPart =
                status.peers().stream()
                        .anyMatch(peer -> peer.name().equals(node) && peer.managed());
        if (!here && !takesPart) {
            return Rc.EAGAIN; // as the real one says after waiting for an answer in vain
        }
        // Another node's controller that takes part is in one of two states, unless it leads.
        String state = here ? status.state() : leads ? leaderState(status) : "S_NOT_DC";
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.add("crmd").set("node_name", node).set("state", state).set("result", "ok");
        } else if (call.has("quiet")) {
            essential(call, state);
        } else {
            call.out().info("Controller on " + node + " in state " + state + ": ok");
        }
        return Rc.OK;
    }

    private static String leaderState(ControllerStatus status) {
        return status.idle() ? "S_IDLE" : "S_TRANSITION_ENGINE";
    }

    private static int manager(Invocation call) {
        long now = call.nowSeconds();
        String updated = TimeFormat.local(CibTime.ofEpoch(now, call.zone().offsetSecondsAt(now)));
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.add(SERVER)
                    .set("sys_from", SERVER)
                    .set("state", "running")
                    .set("last_updated", updated);
        } else if (call.has("quiet")) {
            essential(call, "running");
        } else {
            call.out()
                    .info(
                            "Status of "
                                    + SERVER
                                    + ": 'Pacemaker is running' (last updated "
                                    + updated
                                    + ")");
        }
        return Rc.OK;
    }
}
