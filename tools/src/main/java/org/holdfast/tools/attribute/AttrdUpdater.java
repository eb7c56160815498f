package org.holdfast.tools.attribute;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.time.TimeSpan;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ManagerRequest.AttributeOption;
import org.holdfast.controlapi.ManagerRequest.QueryAttribute;
import org.holdfast.controlapi.ManagerRequest.UpdateAttribute;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionChecks;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.Refusals;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/** attrd_updater(8): shows and sets transient attributes of nodes. */
public final class AttrdUpdater extends CrmTool {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** What to do. */
    private enum Command {
        QUERY,
        UPDATE,
        UPDATE_BOTH,
        UPDATE_DELAY,
        DELETE,
        REFRESH
    }

    /** The command. */
    public AttrdUpdater() {
        super("attrd_updater");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return true;
    }

    @Override
    protected OptionSpec options() {
        OptionSpec.Check section =
                OptionChecks.saying(
                        "Unknown value for --lifetime: %s",
                        List.of("nodes", "forever", "status", "reboot")::contains);
        return new OptionSpec("Show and set transient attributes of nodes")
                .helpOn("additional", "command", "output", "required")
                .glued("dlnsvBNUS")
                .value("name", 'n', "NAME", "The attribute's name")
                .value("pattern", 'P', "PATTERN", "All attributes whose name matches")
                .value("update-old", 'v', "VALUE", "")
                .value("update", 'U', "VALUE", "Set the value")
                .value("update-both", 'B', "VALUE", "Set the value and the delay")
                .flag("update-delay", 'Y', "Set the delay")
                .flag("query", 'Q', "Show the value (the default)")
                .flag("delete", 'D', "Remove the value")
                .flag("refresh", 'R', "Write all values to the CIB again")
                .value("delay", 'd', "SECONDS", "Wait this long for further changes")
                .value("set", 's', "SET", "The attribute set for a new attribute")
                .value("node", 'N', "NODE", "The attribute of this node")
                .flag("all", 'A', "With --query: of all nodes")
                .value("lifetime", 'l', "SECTION", "Known, and without effect")
                .value("section", 'S', "SECTION", "")
                .flag("private", 'p', "Never write a new attribute to the CIB")
                .value("wait", 'W', "UNTIL", "Wait for: no, local, cluster")
                .check("wait", OptionChecks.waiting())
                .check("lifetime", section)
                .check("section", section)
                .flag("utilization", 'z', "A utilization attribute")
                .flag("quiet", 'q', "")
                .withOutput();
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        Command command = Command.QUERY;
        String value = null;
        for (Arguments.Given option : call.arguments().given()) {
            Command given = command(option.name());
            if (given != null) {
                command = given;
                value = option.value();
            }
        }
        String name = name(call, command);
        if (command == Command.QUERY) {
            return query(call, name);
        }
        boolean delayed = command == Command.UPDATE_BOTH || command == Command.UPDATE_DELAY;
        if (delayed && !call.has("delay")) {
            String letter = command == Command.UPDATE_BOTH ? "B" : "Y";
            call.out().info("Warning: '" + letter + "' command given without required --delay");
        }
        int code = update(call, command, name, value);
        if (code != Rc.OK) {
            throw new UsageException(
                    Rc.exitCode(code),
                    "Could not update "
                            + name
                            + "="
                            + (value == null ? "(null)" : value)
                            + ": "
                            + Rc.describe(code)
                            + " ("
                            + code
                            + ")");
        }
        return ExitCode.OK;
    }

    private static @Nullable Command command(String option) {
        return switch (option) {
            case "query" -> Command.QUERY;
            case "update", "update-old" -> Command.UPDATE;
            case "update-both" -> Command.UPDATE_BOTH;
            case "update-delay" -> Command.UPDATE_DELAY;
            case "delete" -> Command.DELETE;
            case "refresh" -> Command.REFRESH;
            default -> null;
        };
    }

    private static String name(Invocation call, Command command) throws UsageException {
        String name = call.value("name");
        String pattern = call.value("pattern");
        if (pattern != null && name != null) {
            throw new UsageException(
                    ExitCode.USAGE, "Error: --name and --pattern cannot be used at the same time");
        }
        if (pattern != null && (command == Command.QUERY || command == Command.REFRESH)) {
            throw new UsageException(
                    ExitCode.USAGE, "Error: pattern can only be used with delete or update");
        }
        if (name == null && pattern == null && command != Command.REFRESH) {
            throw new UsageException(
                    ExitCode.USAGE, "Command requires --name or --pattern argument");
        }
        return name == null ? String.valueOf(pattern) : name;
    }

    /** The node that is meant, or null for this one. */
    private static @Nullable String node(Invocation call) {
        String node = call.value("node");
        boolean here = node == null || node.equals("auto") || node.equals("localhost");
        return here ? LocalNode.fromEnvironment(call) : node;
    }

    // --- queries

    private static int query(Invocation call, String name) throws UsageException {
        ClusterConnection cluster = call.context().cluster();
        if (cluster == null) {
            throw new UsageException(
                    Rc.exitCode(Rc.ECONNREFUSED),
                    "Could not connect to attribute manager: " + Rc.describe(Rc.ECONNREFUSED));
        }
        String node = null;
        if (!call.has("all")) {
            String given = node(call);
            node = given == null ? LocalNode.fromCluster(call.context()) : given;
        }
        Map<String, String> values;
        try {
            values = cluster.call(new QueryAttribute(node, name), TIMEOUT).byNode();
        } catch (RequestRefused e) {
            int code = Refusals.returnCode(e);
            throw new UsageException(
                    Rc.exitCode(code),
                    "Could not query value of "
                            + name
                            + ": "
                            + Rc.describe(code)
                            + " ("
                            + code
                            + ")");
        }
        if (values.isEmpty()) {
            throw new UsageException(
                    Rc.exitCode(Rc.SCHEMA_VALIDATION),
                    "Could not query value of " + name + ": attribute does not exist");
        }
        values.forEach((host, value) -> show(call, name, host, value));
        return ExitCode.OK;
    }

    private static void show(Invocation call, String name, String host, String value) {
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.add("attribute").set("name", name).set("value", value).set("host", host);
        } else {
            String line = "name=\"" + name + "\" host=\"" + host + "\" value=\"";
            call.out().info(line + AttributeLine.escaped(value) + "\"");
        }
    }

    // --- changes

    private static int update(
            Invocation call, Command command, String name, @Nullable String value) {
        ClusterConnection cluster = call.context().cluster();
        if (cluster == null) {
            return Rc.EINVAL; // what the real command makes of it after several tries
        }
        if (command == Command.REFRESH) {
            return Rc.OK; // the manager sees to it that the CIB has all values
        }
        String given = call.value("delay");
        Long delay = TimeSpan.parseInterval(given);
        if (delay == null) {
            return Rc.EINVAL;
        }
        try {
            cluster.call(
                    new UpdateAttribute(
                            node(call),
                            name,
                            command == Command.DELETE ? null : value,
                            given == null ? -1 : delay,
                            call.value("set"),
                            options(call, command)),
                    TIMEOUT);
            return Rc.OK;
        } catch (RequestRefused e) {
            return Refusals.returnCode(e);
        }
    }

    private static Set<AttributeOption> options(Invocation call, Command command) {
        Set<AttributeOption> options = EnumSet.noneOf(AttributeOption.class);
        if (call.value("pattern") != null) {
            options.add(AttributeOption.PATTERN);
        }
        if (call.has("private")) {
            options.add(AttributeOption.PRIVATE);
        }
        if (call.has("utilization")) {
            options.add(AttributeOption.UTILIZATION);
        }
        if (command == Command.UPDATE_BOTH) {
            options.add(AttributeOption.SET_DAMPENING);
        }
        if (command == Command.UPDATE_DELAY) {
            options.add(AttributeOption.KEEP_VALUE);
        }
        if ("cluster".equals(call.value("wait"))) {
            options.add(AttributeOption.WAIT_FOR_ALL);
        }
        return options;
    }
}
