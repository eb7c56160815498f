package org.holdfast.tools.fencing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.time.TimeSpan;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlAnswer.FencingEvent;
import org.holdfast.controlapi.ManagerRequest.ConfirmFenced;
import org.holdfast.controlapi.ManagerRequest.ControllerQuery;
import org.holdfast.controlapi.ManagerRequest.FenceNode;
import org.holdfast.controlapi.ManagerRequest.ForgetFencing;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.crm.frame.AbruptEnd;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.HtmlOutput;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionChecks;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.Refusals;
import org.holdfast.tools.crm.frame.TextOutput;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/**
 * stonith_admin(8): fences nodes, and shows what was fenced. Devices are those of the
 * configuration, so none are registered by this command.
 */
public final class StonithAdmin extends CrmTool {

    private static final int DEFAULT_TIMEOUT_SECONDS = 120;

    /** Commands; of several that are given the last one in this list counts. */
    private static final List<String> COMMANDS =
            List.of(
                    "validate",
                    "list-installed",
                    "list-registered",
                    "register",
                    "query",
                    "deregister",
                    "list-targets",
                    "list",
                    "metadata",
                    "reboot",
                    "fence",
                    "unfence",
                    "confirm",
                    "last",
                    "history",
                    "register-level",
                    "deregister-level");

    /** Commands that do without the fencer; what is given beside them does not reach it either. */
    private static final List<String> ALONE =
            List.of("validate", "list-installed", "metadata", "reboot", "fence", "unfence");

    /** The command. */
    public StonithAdmin() {
        super("stonith_admin");
    }

    @Override
    protected @Nullable Output output(
            String format, Consumer<String> out, Consumer<String> err, List<String> commandLine) {
        return format.equals("html")
                ? new HtmlOutput(out, String.join(" ", commandLine))
                : super.output(format, out, err, commandLine);
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return true;
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Fence nodes and show what was fenced")
                .helpOn("additional", "definition", "fence", "output", "queries")
                .glued("adehilorstvyBCDFHQRTU")
                .flag("quiet", 'q', "Say less")
                .value("register", 'R', "DEVICE", "")
                .value("deregister", 'D', "DEVICE", "")
                .value("register-level", 'r', "TARGET", "")
                .value("deregister-level", 'd', "TARGET", "")
                .value("list", 'l', "HOST", "")
                .flag("list-registered", 'L', "")
                .flag("list-installed", 'I', "The fence agents that are installed")
                .value("list-targets", 's', "DEVICE", "")
                .flag("metadata", 'M', "An agent's description (with --agent)")
                .value("query", 'Q', "DEVICE", "")
                .value("history", 'H', "NODE", "The last success for a node, or for all ('*')")
                .value("last", 'h', "NODE", "When a node was fenced last")
                .flag("validate", 'K', "Ask an agent whether it understands parameters")
                .value("fence", 'F', "HOST", "Turn a node off")
                .value("unfence", 'U', "HOST", "Turn a node on again")
                .value("reboot", 'B', "HOST", "Reboot a node")
                .value("confirm", 'C', "HOST", "Say that a node is safely down")
                .flag("cleanup", 'c', "")
                .flag("broadcast", 'b', "")
                .value("agent", 'a', "AGENT", "The agent for --metadata")
                .value("option", 'o', "PARAM", "A parameter for --validate, as name=value")
                .check(
                        "option",
                        OptionChecks.saying(
                                "Invalid option: -o %s: " + Rc.describe(Rc.BAD_NVPAIR),
                                OptionChecks::isPair))
                .value("env-option", 'e', "PARAM", "")
                .value("tag", 'T', "TAG", "")
                .value("device", 'v', "DEVICE", "")
                .integer("index", 'i', "LEVEL", "")
                .integer("timeout", 't', "SECONDS", "How long to wait (default 120)")
                .integer("delay", 'y', "SECONDS", "")
                .flag("as-node-id", 'n', "What is given with --last is a node's id")
                .value("tolerance", '\0', "SECONDS", "A success as recent as this counts")
                .flag("html-cgi", '\0', "")
                .value("html-stylesheet", '\0', "URI", "")
                .value("html-title", '\0', "TITLE", "")
                .withOutput();
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        if (!checkOptions(call)) {
            return ExitCode.USAGE;
        }
        String command = null;
        for (String each : COMMANDS) {
            command = call.has(each) ? each : command;
        }
        if (command == null) {
            call.out().error(options().help(name()));
            return ExitCode.USAGE;
        }
        boolean needsAgent = call.has("validate") || call.has("register") || call.has("metadata");
        if (needsAgent && call.value("agent") == null) {
            call.out().error("Please specify an agent to query using -a,--agent [value]");
            call.out().error(options().help(name()));
            return ExitCode.USAGE;
        }
        if (call.out() instanceof HtmlOutput html) {
            html.setOptions(
                    call.has("html-cgi"), call.value("html-title"), call.value("html-stylesheet"));
        }
        if (call.out() instanceof TextOutput text) {
            text.setQuiet(call.has("quiet"));
        }
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.useListElements();
        }
        return switch (command) {
            case "list-installed" -> listInstalled(call);
            case "metadata" -> showMetadata(call);
            case "validate" -> new DeviceValidation(call).run(timeout(call));
            case "fence" -> fence(call, command, "off");
            case "reboot" -> fence(call, command, "reboot");
            case "unfence" -> fence(call, command, "on");
            default -> withFencer(call, command);
        };
    }

    /** Whether the command may go on; if not, it has been said why. */
    private static boolean checkOptions(Invocation call) {
        for (Arguments.Given option : call.arguments().given()) {
            String value = String.valueOf(option.value());
            if (option.name().equals("env-option")
                    && call.context().environment().get("OCF_RESKEY_" + value) == null) {
                throw new AbruptEnd(ExitCode.USAGE, "Invalid option: -e " + value);
            }
        }
        if (timeoutSeconds(call) < 0) {
            call.out().error("Integer value \"" + timeoutSeconds(call) + "\" for -t out of range");
            return false;
        }
        return true;
    }

    private static int timeoutSeconds(Invocation call) {
        String value = call.value("timeout");
        return value == null ? DEFAULT_TIMEOUT_SECONDS : Integer.parseInt(value.strip());
    }

    private static Duration timeout(Invocation call) {
        return Duration.ofSeconds(Math.max(1, timeoutSeconds(call)));
    }

    private static int listInstalled(Invocation call) {
        call.out().beginList("fence device", "fence devices", "Installed fence devices");
        for (String type : call.context().agents().types("stonith", "")) {
            call.out().listItem("device", type);
        }
        call.out().endList();
        return ExitCode.OK;
    }

    private static int showMetadata(Invocation call) {
        String agent = String.valueOf(call.value("agent"));
        String metadata = call.context().agents().metadataText("stonith", "", agent);
        if (metadata == null) {
            call.out().error("Can't get fence agent meta-data: " + Rc.describe(Rc.ENODEV));
            return Rc.exitCode(Rc.ENODEV);
        }
        call.out().xmlText("metadata", metadata);
        return ExitCode.OK;
    }

    private static int fence(Invocation call, String command, String action) throws UsageException {
        String target = String.valueOf(call.value(command));
        String what = "Couldn't " + (action.equals("on") ? "unfence " : "fence ") + target + ": ";
        ClusterConnection cluster = call.context().cluster();
        if (cluster == null) {
            throw new UsageException(ExitCode.DISCONNECT, what + Rc.describe(Rc.ENOTCONN));
        }
        Duration timeout = timeout(call);
        Long tolerance = TimeSpan.parseMillis(String.valueOf(call.value("tolerance")));
        try {
            cluster.call(
                    new FenceNode(
                            target,
                            action,
                            timeout.toMillis(),
                            tolerance == null ? 0 : Math.max(0, tolerance)),
                    timeout.plusSeconds(5));
            return ExitCode.OK;
        } catch (RequestRefused e) {
            boolean noDevice = e.refusal().reason() == ControlAnswer.Reason.NOT_FOUND;
            int code = noDevice ? Rc.ENODEV : Refusals.returnCode(e);
            String reason = noDevice ? "" : e.refusal().message();
            throw new UsageException(
                    Rc.exitCode(code),
                    what + Rc.describe(code) + (reason.isEmpty() ? "" : " (" + reason + ")"));
        }
    }

    private static int withFencer(Invocation call, String command) {
        ClusterConnection cluster = call.context().cluster();
        if (ALONE.stream().anyMatch(call::has)) {
            return new UnconnectedFencer(call).run(command);
        }
        if (cluster == null) {
            call.out().error("Could not connect to fencer: " + Rc.describe(Rc.ENOTCONN));
            return ExitCode.DISCONNECT;
        }
        String value = String.valueOf(call.value(command));
        try {
            switch (command) {
                case "confirm" -> cluster.call(new ConfirmFenced(value), timeout(call));
                case "last" -> showLast(call, cluster, value);
                case "history" -> showHistory(call, cluster, value);
                case "list", "list-registered" -> {
                    // No device is registered anywhere: fence agents do not run here yet.
                    call.out()
                            .beginList("fence device", "fence devices", "Registered fence devices");
                    call.out().endList();
                }
                case "query" -> {
                    return ExitCode.NOSUCH;
                }
                case "list-targets" -> {
                    call.out().error("Couldn't list targets: No such device");
                    return ExitCode.NOSUCH;
                }
                default -> {
                    // Devices and levels are those of the configuration alone.
                    UnconnectedFencer.cannot(call, command, Rc.EOPNOTSUPP);
                    return Rc.exitCode(Rc.EOPNOTSUPP);
                }
            }
            return ExitCode.OK;
        } catch (RequestRefused e) {
            call.out().error(e.refusal().message());
            return Rc.exitCode(Refusals.returnCode(e));
        }
    }

    private static void showLast(Invocation call, ClusterConnection cluster, String node)
            throws RequestRefused {
        String name = call.has("as-node-id") ? nameOf(cluster, node, timeout(call)) : node;
        long when = 0;
        for (FencingEvent event : FencingLog.of(cluster, name, timeout(call)).events()) {
            if (event.state().equals("success")) {
                when = Math.max(when, event.completedEpochSeconds());
            }
        }
        XmlOutput xml = call.out().xml();
        if (xml == null) {
            call.out()
                    .info(
                            "Node "
                                    + node
                                    + (when == 0
                                            ? " has never been fenced"
                                            : " last fenced at: " + call.zone().ctime(when)));
        } else if (when != 0) {
            xml.add("last-fenced")
                    .set("target", node)
                    .set("when", FencingWords.time(call.zone(), when, false));
        }
    }

    private static String nameOf(ClusterConnection cluster, String id, Duration timeout)
            throws RequestRefused {
        for (var peer : cluster.call(new ControllerQuery(), timeout).peers()) {
            if (Integer.toUnsignedString(peer.id()).equals(id)) {
                return peer.name();
            }
        }
        return id;
    }

    private static void showHistory(Invocation call, ClusterConnection cluster, String node)
            throws RequestRefused {
        if (call.has("cleanup")) {
            call.out().info("cleaning up fencing-history for node " + node);
        }
        if (call.has("broadcast")) {
            call.out().info("gather fencing-history from all nodes");
        }
        if (call.has("cleanup")) {
            cluster.call(new ForgetFencing(node.equals("*") ? null : node), timeout(call));
            return;
        }
        FencingLog log = FencingLog.of(cluster, node.equals("*") ? null : node, timeout(call));
        boolean quiet = call.has("quiet");
        boolean all = call.has("verbose") && !quiet;
        call.out().beginList("event", "events", "Fencing history");
        FencingEvent latest = null;
        for (FencingEvent event : log.events()) {
            if (event.state().equals("success")) {
                latest = event;
            }
            if (all) {
                show(call, log, event, true);
            }
        }
        if (latest != null && quiet) {
            call.out().listItem(null, Long.toString(latest.completedEpochSeconds()));
        } else if (latest != null && !all) {
            show(call, log, latest, false);
        }
        call.out().endList();
    }

    private static void show(
            Invocation call, FencingLog log, @Nullable FencingEvent event, boolean full) {
        if (event == null) {
            return;
        }
        FencingWords words = new FencingWords(log, call.zone(), true, full);
        XmlOutput xml = call.out().xml();
        if (xml == null) {
            call.out().listItem(null, words.text(event));
        } else {
            words.xml(xml, event);
        }
    }
}
