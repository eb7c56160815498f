package org.holdfast.tools.resource;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.agents.AgentCall;
import org.holdfast.agents.AgentEnd;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Text;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.time.TimeSpan;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.scheduler.config.ResourceParameters;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.history.Execution;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.operations.OperationConfig;
import org.holdfast.scheduler.operations.OperationSettings;
import org.holdfast.tools.crm.frame.Arguments.Given;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.TextOutput;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/** Runs a resource's agent on this machine, behind the cluster's back. */
final class AgentAction {

    private static final long TIMEOUT_MILLIS = 20_000;

    /** What is to be run, and for which resource if for one. */
    private record Agent(
            String standard, @Nullable String provider, String type, @Nullable String resource) {

        String name() {
            return standard + (provider == null ? "" : ":" + provider) + ":" + type;
        }
    }

    private final Invocation call;
    private final Output out;
    private final Map<String, String> overrides;
    private final String command;
    private final @Nullable String level;

    /** An action with other values for some parameters. */
    AgentAction(Invocation call, Map<String, String> overrides) {
        this.call = call;
        this.out = call.out();
        this.overrides = overrides;
        String last = "validate";
        String given = null;
        for (Given option : call.arguments().given()) {
            if (ResourceCommand.of(option.name()) == ResourceCommand.EXECUTE) {
                last = option.name();
                given = option.value() == null ? given : option.value();
            }
        }
        this.command = last;
        this.level = given;
    }

    /** Refuses an agent given by its name that is not there. */
    static void checkInstalled(Invocation call) throws UsageException {
        String standard = text(call.value("class"));
        String provider = text(call.value("provider"));
        String type = text(call.value("agent"));
        if (standard.equals("ocf")
                && !call.context().agents().types(standard, provider).contains(type)) {
            throw Failures.usage("ocf:" + provider + ":" + type + " is not a known resource agent");
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Runs an agent given by its name. */
    int runAgent() throws UsageException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String option : call.arguments().values("option")) {
            int equals = option.indexOf('=');
            if (equals <= 0) {
                throw Failures.usage("Error parsing '" + option + "' as a name=value pair");
            }
            parameters.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return execute(
                new Agent(
                        text(call.value("class")),
                        call.value("provider"),
                        text(call.value("agent")),
                        null),
                parameters,
                timeout(null));
    }

    /** Runs a resource's agent. */
    int run(Session session, Resource resource, String requested) throws UsageException {
        boolean starts = !command.equals("force-stop") && command.startsWith("force-");
        if (starts
                && !command.equals("force-check")
                && resource instanceof Clone
                && !session.force()
                && !ResourceQueries.places(resource, requested).isEmpty()) {
            out.error(
                    "It is not safe to "
                            + command
                            + " "
                            + resource.id
                            + " here: the cluster claims it is already active");
            out.error("Try setting target-role=Stopped first or specifying the force option");
            throw Failures.exit(ExitCode.UNSAFE, null);
        }
        Resource one = resource instanceof Clone ? resource.children.getFirst() : resource;
        if (one instanceof Group) {
            throw unsupported("group");
        }
        if (!(one instanceof Primitive primitive) || one.top() instanceof Bundle) {
            throw unsupported("bundled");
        }
        Map<String, String> parameters =
                new LinkedHashMap<>(ResourceParameters.of(primitive, null));
        primitive.meta.forEach(
                (name, value) -> parameters.put("CRM_meta_" + name.replace('-', '_'), value));
        return execute(
                new Agent(
                        primitive.agentClass,
                        primitive.provider.isEmpty() ? null : primitive.provider,
                        primitive.agentType,
                        primitive.inAnonymousClone() ? requested : primitive.id),
                parameters,
                timeout(primitive));
    }

    private UsageException unsupported(String kind) {
        out.error("Sorry, the " + command + " option doesn't support " + kind + " resources");
        return Failures.exit(ExitCode.UNIMPLEMENT_FEATURE, null);
    }

    private long timeout(@Nullable Resource resource) {
        String given = call.value("timeout");
        Long millis = given == null ? null : TimeSpan.parseMillis(given);
        if (millis == null || millis <= 0) {
            String configured = null;
            if (resource != null) {
                Element config = OperationConfig.find(resource, action(), 0, true);
                configured =
                        OperationSettings.meta(resource, null, action(), 0, config).get("timeout");
            }
            // Here it is in milliseconds.
            millis = Values.number(configured, 0);
        }
        return millis == null || millis <= 0 ? TIMEOUT_MILLIS : millis;
    }

    private String action() {
        return switch (command) {
            case "validate" -> "validate-all";
            case "force-check" -> "monitor";
            default -> command.substring("force-".length());
        };
    }

    private int execute(Agent agent, Map<String, String> parameters, long timeoutMillis)
            throws UsageException {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.put("CRM_meta_timeout", Long.toString(timeoutMillis));
        all.put("crm_feature_set", "3.20.5");
        if (level != null) {
            all.put("OCF_CHECK_LEVEL", level.strip());
        }
        if (call.arguments().count("verbose") > 1) {
            all.put("OCF_TRACE_RA", "1");
        }
        all.putAll(overrides);
        if (agent.standard.equals("stonith")) {
            show(
                    agent,
                    ExitCode.UNIMPLEMENT_FEATURE,
                    Execution.ERROR,
                    "Manual execution of the stonith standard is unsupported",
                    null);
            throw Failures.exit(ExitCode.UNIMPLEMENT_FEATURE, null);
        }
        AgentEnd end =
                call.context()
                        .agents()
                        .run(
                                new AgentCall(
                                        0,
                                        agent.standard,
                                        agent.provider,
                                        agent.type,
                                        agent.resource == null ? "test" : agent.resource,
                                        action(),
                                        all),
                                Duration.ofMillis(timeoutMillis));
        if (end == null) {
            throw Failures.exit(ExitCode.INSUFFICIENT_PRIV, "Only root can run agents");
        }
        int exitCode =
                switch (end.outcome()) {
                    case EXITED -> end.exitCode();
                    case KILLED -> ExitCode.ERROR;
                    case NOT_INSTALLED -> ExitCode.NOT_INSTALLED;
                    case NOT_EXECUTABLE -> ExitCode.INSUFFICIENT_PRIV;
                };
        int execution =
                switch (end.outcome()) {
                    case EXITED -> Execution.DONE;
                    case KILLED -> Execution.TIMEOUT;
                    case NOT_INSTALLED -> Execution.NOT_INSTALLED;
                    case NOT_EXECUTABLE -> Execution.ERROR;
                };
        show(agent, exitCode, execution, end.exitReason(), end);
        if (exitCode != ExitCode.OK) {
            throw Failures.exit(exitCode, null);
        }
        return exitCode;
    }

    private void show(
            Agent agent, int exitCode, int execution, String reason, @Nullable AgentEnd end) {
        XmlOutput xml = out.xml();
        if (xml != null) {
            xml.push("resource-agent-action")
                    .set("action", command)
                    .set("class", agent.standard)
                    .set("type", agent.type)
                    .set("rsc", agent.resource)
                    .set("provider", agent.provider);
        }
        showOverrides(agent, xml);
        if (xml != null) {
            xml.add("agent-status")
                    .set("code", Integer.toString(exitCode))
                    .set("message", ExitCode.describe(exitCode))
                    .set("execution_code", Integer.toString(execution))
                    .set("execution_message", Execution.text(execution))
                    .set("reason", reason.isEmpty() ? null : reason);
        } else {
            showStatus(agent, exitCode, execution, reason);
        }
        if (end != null) {
            showOutput(exitCode, end, xml);
        }
        if (xml != null) {
            xml.pop();
        }
    }

    private void showOverrides(Agent agent, @Nullable XmlOutput xml) {
        if (xml != null) {
            xml.push("overrides");
        }
        overrides.forEach((name, value) -> {
            if (xml != null) {
                xml.add("override")
                        .set("name", name)
                        .set("value", value)
                        .set("rsc", agent.resource);
                return;
            }
            out.listItem(
                    null,
                    "Overriding the cluster configuration "
                            + (agent.resource == null ? "" : "for '" + agent.resource + "' ")
                            + "with '"
                            + name
                            + "' = '"
                            + value
                            + "'");
        });
        if (xml != null) {
            xml.pop();
        }
    }

    private void showStatus(Agent agent, int exitCode, int execution, String reason) {
        String begin =
                "Operation "
                        + command
                        + (agent.resource == null ? "" : " for " + agent.resource)
                        + " ("
                        + agent.name()
                        + ") ";
        String why = reason.isEmpty() ? "" : ": " + reason;
        if (execution == Execution.DONE) {
            out.info(
                    begin
                            + "returned "
                            + exitCode
                            + " ("
                            + ExitCode.describe(exitCode)
                            + why
                            + ")");
        } else {
            out.error(begin + "could not be executed (" + Execution.text(execution) + why + ")");
        }
    }

    private void showOutput(int exitCode, AgentEnd end, @Nullable XmlOutput xml) {
        if (!end.output().isEmpty() && isXml(end.output())) {
            out.xmlText("command", end.output());
            return;
        }
        if (xml != null && !(end.output().isEmpty() && end.error().isEmpty())) {
            XmlNode parent = xml.push("command").set("code", Integer.toString(exitCode));
            addOutput(parent, "stdout", end.output());
            addOutput(parent, "stderr", end.error());
            xml.pop();
        } else if (out instanceof TextOutput text) {
            if (!end.output().isEmpty()) {
                text.print(end.output() + "\n");
            }
            if (!end.error().isEmpty()) {
                text.print(end.error() + "\n");
            }
        }
    }

    private static void addOutput(XmlNode parent, String source, String content) {
        if (!content.isEmpty()) {
            parent.add("output").set("source", source).add(new Text(content));
        }
    }

    private static boolean isXml(String text) {
        try {
            XmlParser.parse(text.strip());
            return true;
        } catch (XmlSyntaxException e) {
            return false;
        }
    }
}
