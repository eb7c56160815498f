package org.holdfast.tools.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.tools.cib.CibClient;
import org.holdfast.tools.crm.frame.Arguments.Given;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.TextOutput;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.options.OptionList;
import org.holdfast.tools.options.OptionListing;
import org.jspecify.annotations.Nullable;

/** crm_resource(8): works on resources. */
public final class CrmResource extends CrmTool {

    /** The command. */
    public CrmResource() {
        super("crm_resource");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return super.usesCluster(arguments, environment) && !OptionListing.isAskedFor(arguments);
    }

    @Override
    protected OptionSpec options() {
        return ResourceOptions.spec();
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        ResourceCommand command = command(call);
        Map<String, String> parameters = check(call, command);
        if (call.out() instanceof XmlOutput xml) {
            if (command == ResourceCommand.GET_PARAMETER
                    || command == ResourceCommand.LIST_INSTANCES
                    || command == ResourceCommand.LIST_STANDARDS) {
                xml.useListElements();
            }
        } else if (call.out() instanceof TextOutput text) {
            text.setFancy(
                    command == ResourceCommand.CONSTRAINTS || command == ResourceCommand.LIST);
            text.setQuiet(call.has("quiet"));
        }
        if (!command.needsCib()) {
            refuseNode(call);
            return agents(call, command);
        }
        if (hasAgent(call)) {
            refuseNode(call);
            return new AgentAction(call, parameters).runAgent();
        }
        CibClient client;
        try {
            client = CibClient.open(call);
        } catch (CibClient.NotOpen e) {
            throw Failures.of(
                    e.returnCode(), "Could not connect to the CIB: " + Rc.describe(e.returnCode()));
        }
        try {
            return run(new Session(call, client), command, parameters);
        } finally {
            client.close();
        }
    }

    /** A command that does not look at the status knows no nodes. */
    private static void refuseNode(Invocation call) throws UsageException {
        String name = node(call);
        if (name != null) {
            throw Failures.exit(ExitCode.NOSUCH, "Node '" + name + "' not found");
        }
    }

    private static ResourceCommand command(Invocation call) throws UsageException {
        ResourceCommand command = ResourceCommand.LIST;
        for (Given given : call.arguments().given()) {
            ResourceCommand named = ResourceCommand.of(given.name());
            if (named == null) {
                continue;
            }
            command = named;
        }
        return command;
    }

    /** Refuses what does not fit together; answers parameters given as arguments. */
    private static Map<String, String> check(Invocation call, ResourceCommand command)
            throws UsageException {
        if (call.has("expired") && command != ResourceCommand.CLEAR) {
            throw Failures.usage("--expired requires --clear or -U");
        }
        Map<String, String> parameters = parameters(call);
        if (hasAgent(call)) {
            checkAgent(call, command);
            AgentAction.checkInstalled(call);
        } else if (call.has("option")) {
            throw Failures.usage("--option must be used with --validate and without -r");
        }
        if (command.needsResource()
                && !hasAgent(call)
                && !call.has("expired")
                && call.value("resource") == null) {
            throw Failures.usage("Must supply a resource ID with -r/--resource");
        }
        if (command.needsNode() && node(call) == null) {
            throw Failures.usage("Must supply a node name with -N/--node");
        }
        return parameters;
    }

    private static Map<String, String> parameters(Invocation call) throws UsageException {
        List<String> rest = call.arguments().rest();
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean wanted =
                call.arguments().given().stream()
                        .map(given -> ResourceCommand.of(given.name()))
                        .anyMatch(named -> named != null && named.takesParameters());
        if (!rest.isEmpty() && !wanted) {
            StringBuilder message = new StringBuilder("non-option ARGV-elements:");
            for (int i = 0; i < rest.size(); i++) {
                message.append("\n[").append(i + 1).append(" of ").append(rest.size());
                message.append("] ").append(rest.get(i));
            }
            throw Failures.usage(message.toString());
        }
        for (String argument : rest) {
            int equals = argument.indexOf('=');
            if (equals <= 0) {
                throw Failures.usage("Error parsing '" + argument + "' as a name=value pair");
            }
            parameters.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return parameters;
    }

    private static boolean hasAgent(Invocation call) {
        return call.has("class") || call.has("provider") || call.has("agent");
    }

    private static void checkAgent(Invocation call, ResourceCommand command) throws UsageException {
        if (call.has("resource")) {
            throw Failures.usage(
                    "--class, --agent, and --provider cannot be used with -r/--resource");
        }
        if (command != ResourceCommand.EXECUTE) {
            throw Failures.usage(
                    "--class, --agent, and --provider can only be used with --validate and"
                            + " --force-*");
        }
        if ("ocf".equals(call.value("class"))) {
            if (!call.has("provider") || !call.has("agent")) {
                throw Failures.usage("--provider and --agent are required with --class=ocf");
            }
        } else if (call.has("provider")) {
            throw Failures.usage("--provider is supported only with --class=ocf");
        } else if (!call.has("agent")) {
            throw Failures.usage("--agent is required with --class");
        } else if (!call.has("class")) {
            throw Failures.usage("--class is required with --agent");
        }
    }

    private static @Nullable String node(Invocation call) {
        String node = call.value("node");
        return node == null ? call.value("host-uname") : node;
    }

    private static int options(Invocation call) throws UsageException {
        OptionList list = OptionList.named(text(call, "list-options"));
        if (list == null || list == OptionList.CLUSTER) {
            throw Failures.usage("Error parsing option --list-options");
        }
        OptionListing.print(call.out(), list, call.has("all"));
        return ExitCode.OK;
    }

    private static int agents(Invocation call, ResourceCommand command) throws UsageException {
        AgentQueries agents = new AgentQueries(call);
        return switch (command) {
            case LIST_AGENTS -> agents.agents(text(call, "list-agents"));
            case LIST_ALTERNATIVES -> agents.alternatives(text(call, "list-ocf-alternatives"));
            case LIST_OPTIONS -> options(call);
            case LIST_PROVIDERS -> agents.providers();
            case METADATA -> agents.metadata(text(call, "show-metadata"));
            default -> agents.standards();
        };
    }

    private static String text(Invocation call, String option) {
        String value = call.value(option);
        return value == null ? "" : value;
    }

    private static int run(Session session, ResourceCommand command, Map<String, String> parameters)
            throws UsageException {
        Invocation call = session.call();
        Node node = null;
        Resource resource = null;
        String id = call.value("resource");
        if (!command.needsStatus()) {
            refuseNode(call);
        } else {
            session.readStatus();
            if (command.needsCluster() && !session.isDryRun() && call.context().cluster() == null) {
                throw Failures.of(
                        Rc.ECONNREFUSED,
                        "Error connecting to controller: " + Rc.describe(Rc.ECONNREFUSED));
            }
            String name = node(call);
            node = session.cluster().nodeNamed(name);
            if (name != null && node == null) {
                throw Failures.exit(ExitCode.NOSUCH, "Node '" + name + "' not found");
            }
            if (command.match() != ResourceCommand.Match.NONE && id != null) {
                resource = find(session, command, id);
            }
        }
        String requested = id == null ? "" : id;
        return resource == null || node == null && command.needsNode()
                ? general(session, command, node, id)
                : onResource(session, command, resource, requested, node, parameters);
    }

    private static Resource find(Session session, ResourceCommand command, String id)
            throws UsageException {
        Resource found = ResourceSearch.find(session.cluster().resources, id, command.match());
        if (found == null) {
            throw Failures.exit(ExitCode.NOSUCH, "Resource '" + id + "' not found");
        }
        if (command.rejectsInstances() && found.parent instanceof Clone && id.indexOf(':') >= 0) {
            throw Failures.exit(
                    ExitCode.INVALID_PARAM,
                    "Cannot operate on clone resource instance '" + id + "'");
        }
        return found;
    }

    /** Commands that need no resource. */
    private static int general(
            Session session, ResourceCommand command, @Nullable Node node, @Nullable String id)
            throws UsageException {
        ResourceQueries queries = new ResourceQueries(session);
        String nodeName = node == null ? null : node.name;
        return switch (command) {
            case ACTIVE_OPERATIONS -> new OperationList(session).show(id, nodeName, true);
            case ALL_OPERATIONS -> new OperationList(session).show(id, nodeName, false);
            case CTS -> queries.forTests();
            case LIST_INSTANCES -> queries.instances();
            case WHY -> new Reasons(session).show(null, node);
            case CLEANUP -> new ClusterCommands(session).recheck(null, node, true);
            case REFRESH -> new ClusterCommands(session).recheck(null, node, false);
            case CLEAR -> new LocationCommands(session, "").clear(node, null);
            case WAIT -> new ClusterCommands(session).waitUntilIdle();
            case DELETE -> delete(session, id == null ? "" : id);
            default -> queries.list();
        };
    }

    private static int onResource(
            Session session,
            ResourceCommand command,
            Resource resource,
            String id,
            @Nullable Node node,
            Map<String, String> parameters)
            throws UsageException {
        ResourceQueries queries = new ResourceQueries(session);
        ClusterCommands cluster = new ClusterCommands(session);
        LocationCommands locations = new LocationCommands(session, id);
        return switch (command) {
            case BAN -> locations.ban(resource, node);
            case MOVE -> locations.move(resource, node);
            case CLEAR -> locations.clear(node, id);
            case CLEANUP -> cluster.recheck(resource, node, true);
            case REFRESH -> cluster.recheck(resource, node, false);
            case RESTART -> cluster.restart(resource, id, node);
            case CONSTRAINTS -> constraints(session, resource);
            case DELETE_PARAMETER, GET_PARAMETER, SET_PARAMETER ->
                    parameter(session, command, resource, id);
            case LOCATE -> queries.locate(resource, id);
            case QUERY_XML -> queries.configuration(resource, true);
            case QUERY_XML_RAW -> queries.configuration(resource, false);
            case WHY -> new Reasons(session).show(resource, node);
            case DIGESTS ->
                    node == null
                            ? ExitCode.USAGE
                            : new DigestDisplay(session.out(), resource, node, parameters).show();
            case FAIL -> node == null ? ExitCode.USAGE : cluster.fail(resource, id, node);
            default -> new AgentAction(session.call(), parameters).run(session, resource, id);
        };
    }

    private static int constraints(Session session, Resource resource) {
        session.withConstraints();
        boolean recursive = session.call().has("recursive") || session.call().has("stack");
        return new ConstraintTree(session.out(), recursive)
                .show(session.force() ? resource : resource.top(false));
    }

    private static int parameter(
            Session session, ResourceCommand command, Resource resource, String id)
            throws UsageException {
        Invocation call = session.call();
        String kind = kind(call);
        ParameterEditor editor = new ParameterEditor(session);
        String name = lastParameter(call);
        ParameterEditor.Target target =
                new ParameterEditor.Target(
                        kind, name, call.value("set-name"), call.value("nvpair"));
        if (command == ResourceCommand.GET_PARAMETER) {
            return new ResourceQueries(session).parameter(resource, name, kind);
        }
        if (command == ResourceCommand.DELETE_PARAMETER) {
            return editor.delete(resource, id, target);
        }
        String value = call.value("parameter-value");
        if (value == null || value.isEmpty()) {
            throw Failures.usage("You need to supply a value with the -v option");
        }
        return editor.set(resource, id, target, value, call.has("recursive"));
    }

    private static String lastParameter(Invocation call) {
        String name = "";
        for (Given given : call.arguments().given()) {
            String value = given.value();
            if (given.name().endsWith("-parameter") && value != null) {
                name = value;
            }
        }
        return name;
    }

    private static String kind(Invocation call) {
        String kind = "instance_attributes";
        for (Given given : call.arguments().given()) {
            kind =
                    switch (given.name()) {
                        case "meta" -> "meta_attributes";
                        case "utilization" -> "utilization";
                        case "element" -> "element";
                        default -> kind;
                    };
        }
        return kind;
    }

    private static int delete(Session session, String id) throws UsageException {
        String tag = session.call().value("resource-type");
        if (tag == null) {
            throw Failures.usage("You need to specify a resource type with -t");
        }
        int rc = session.remove("resources", Element.of(tag, "id", id));
        if (Rc.exitCode(rc) != ExitCode.OK) {
            throw Failures.of(rc, "Could not delete resource " + id + ": " + Rc.describe(rc));
        }
        return ExitCode.OK;
    }
}
