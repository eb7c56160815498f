package org.holdfast.tools.fencing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.holdfast.agents.AgentCall;
import org.holdfast.agents.AgentEnd;
import org.holdfast.cib.document.Text;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.tools.crm.frame.HtmlOutput;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.TextOutput;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/** Asks a fence agent whether it understands parameters ({@code stonith_admin --validate}). */
final class DeviceValidation {

    private static final int GENERIC = -1001;
    private static final int ENOENT = 2;
    private static final int ENODATA = 61;
    private static final int ETIME = 62;
    private static final int EOPNOTSUPP = 95;

    private final Invocation call;
    private final String agent;

    /** Of the agent that the command line names. */
    DeviceValidation(Invocation call) {
        this.call = call;
        this.agent = String.valueOf(call.value("agent"));
    }

    int run(Duration limit) throws UsageException {
        if (!call.context().agents().types("stonith", "").contains(agent)) {
            show(ENOENT, "", "Agent " + agent + " not found");
            return Rc.exitCode(ENOENT);
        }
        AgentEnd end =
                call.context()
                        .agents()
                        .run(
                                new AgentCall(
                                        0,
                                        "stonith",
                                        null,
                                        agent,
                                        agent,
                                        "validate-all",
                                        parameters()),
                                limit);
        if (end == null) {
            throw new UsageException(ExitCode.INSUFFICIENT_PRIV, "Only root can run agents");
        }
        int code = code(end);
        show(code, end.output(), end.error());
        return switch (code) {
            case 0 -> ExitCode.OK;
            case ETIME -> ExitCode.TIMEOUT;
            case EOPNOTSUPP -> ExitCode.UNIMPLEMENT_FEATURE;
            default -> ExitCode.ERROR;
        };
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : call.arguments().values("option")) {
            int equals = pair.indexOf('=');
            parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return parameters;
    }

    /** What Pacemaker makes of the end of a fence agent. */
    private static int code(AgentEnd end) {
        if (end.outcome() == AgentEnd.Outcome.KILLED) {
            return ETIME;
        }
        if (end.outcome() != AgentEnd.Outcome.EXITED) {
            return ENOENT;
        }
        if (end.exitCode() == 0) {
            return 0;
        }
        String error = end.error().toLowerCase(Locale.ROOT);
        if (error.isEmpty()) {
            return ENODATA;
        }
        if (error.contains("timed out") || error.contains("timeout")) {
            return ETIME;
        }
        boolean unknown =
                Stream.of("unrecognised action", "unrecognized action", "unsupported action")
                        .anyMatch(error::contains);
        return unknown ? EOPNOTSUPP : GENERIC;
    }

    private void show(int code, String output, String error) {
        @Nullable String device =
                call.arguments().values("device").stream().findFirst().orElse(null);
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            XmlNode command =
                    xml.add("validate")
                            .set("agent", agent)
                            .set("valid", Boolean.toString(code == 0))
                            .set("device", device)
                            .add("command")
                            .set("code", Integer.toString(code));
            addOutput(command, "stdout", output);
            addOutput(command, "stderr", error);
            return;
        }
        String verdict =
                "Validation of "
                        + agent
                        + (device == null ? "" : " on " + device)
                        + (code == 0 ? " succeeded" : " failed");
        if (call.out() instanceof HtmlOutput html) {
            html.add("div").add(new Text(verdict));
        } else if (call.out() instanceof TextOutput text) {
            text.print(verdict + "\n");
            for (String part : List.of(output, error)) {
                if (!part.isEmpty()) {
                    text.print(part + "\n");
                }
            }
        }
    }

    private static void addOutput(XmlNode command, String source, String content) {
        if (!content.isEmpty()) {
            command.add("output").set("source", source).add(new Text(content));
        }
    }
}
