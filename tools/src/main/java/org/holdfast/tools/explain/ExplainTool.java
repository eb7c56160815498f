package org.holdfast.tools.explain;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.scheduler.explain.Explainer;
import org.holdfast.scheduler.explain.Explanation;
import org.holdfast.tools.cib.CibClient;
import org.holdfast.tools.cibinput.CibUpgrade;
import org.holdfast.tools.cibinput.SharedSchemas;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.xmlfile.XmlFiles;

/**
 * {@code holdfast explain RESOURCE}: the way from facts to decision, and the nearest changes that
 * would alter it.
 */
public final class ExplainTool extends CrmTool {

    private static final String LIVE = "live";

    /** The command. */
    public ExplainTool() {
        super("explain");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        boolean file = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            boolean separate = argument.equals("-x") || argument.equals("--xml-file");
            file |= separate && !value.equals(LIVE);
            file |= argument.startsWith("--xml-file=") && !argument.endsWith("=" + LIVE);
            file |=
                    argument.startsWith("-x")
                            && argument.length() > 2
                            && !argument.equals("-x" + LIVE);
        }
        return !file
                && environment.getOrDefault("CIB_file", "").isEmpty()
                && environment.getOrDefault("CIB_shadow", "").isEmpty();
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec(
                        "Explain what happens to a resource, or to what a tag, ticket or constraint"
                                + " concerns (named behind the options), or to a node: why, and what"
                                + " would change that")
                .glued("xN")
                .value(
                        "node",
                        'N',
                        "NODE",
                        "Explain with this node in mind: why (not) there; without a name, explain the"
                                + " node")
                .value(
                        "xml-file",
                        'x',
                        "FILE",
                        "Take the cluster's state from a file (\"live\": the cluster)")
                .flag("json", 'j', "Print JSON")
                .withOutput();
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        List<String> names = call.arguments().rest();
        String wanted = call.value("node");
        boolean nodeAlone = names.isEmpty() && wanted != null;
        if (names.size() != 1 && !nodeAlone) {
            throw new UsageException(
                    ExitCode.USAGE,
                    "name one resource, tag, ticket, constraint or node, as in: explain my-address");
        }
        Element cib = upgraded(read(call));
        String node = nodeAlone ? null : wanted;
        Explainer explainer = new Explainer(cib, time(call, cib));
        if (wanted != null && explainer.cluster().nodeNamed(wanted) == null) {
            throw new UsageException(ExitCode.NOSUCH, "there is no node " + wanted);
        }
        Explanation explanation =
                wanted != null && nodeAlone
                        ? explainer.explainNode(wanted)
                        : explainer.explain(names.getFirst(), node);
        if (explanation == null) {
            throw new UsageException(
                    ExitCode.NOSUCH,
                    "there is no resource, tag, ticket, constraint or node " + names.getFirst());
        }
        if (call.has("json")) {
            call.out().info(ExplanationJson.of(explanation));
        } else {
            ExplanationText.print(explanation, node, call.out()::info);
        }
        return ExitCode.OK;
    }

    /** The moment that the CIB says it is of, or now. */
    private static TimeContext time(Invocation call, Element cib) {
        String written = cib.get("execution-date");
        TimeContext now = call.timeContext();
        if (written == null || !written.matches("[0-9]{1,18}")) {
            return now;
        }
        return new TimeContext(Long.parseLong(written), now.offsetSeconds());
    }

    private static Element read(Invocation call) throws UsageException {
        String file = call.value("xml-file");
        if (file != null && !file.equals(LIVE)) {
            return readFile(call, file);
        }
        try {
            CibClient client = CibClient.open(call);
            CibClient.Result result = client.query(null);
            client.close();
            Element output = result.output();
            if (output == null) {
                throw new UsageException(
                        ExitCode.ERROR, "the cluster did not answer: code " + result.returnCode());
            }
            return output;
        } catch (CibClient.NotOpen e) {
            throw new UsageException(
                    ExitCode.DISCONNECT,
                    "no cluster to ask: " + e.getMessage() + " (use -x FILE for a saved state)");
        }
    }

    private static Element readFile(Invocation call, String file) throws UsageException {
        try {
            byte[] bytes =
                    file.equals("-")
                            ? call.context().in().readAllBytes()
                            : XmlFiles.read(call.context().files(), file);
            return XmlParser.parseFile(bytes);
        } catch (IOException e) {
            throw new UsageException(ExitCode.NOINPUT, file + ": " + e.getMessage());
        } catch (XmlSyntaxException e) {
            throw new UsageException(ExitCode.DATAERR, file + ": " + e.describe());
        }
    }

    private static Element upgraded(Element cib) throws UsageException {
        CibUpgrade.Result input = CibUpgrade.prepare(cib);
        if (input.problem() != null) {
            throw new UsageException(
                    ExitCode.CONFIG,
                    "the configuration cannot be used\n" + String.join("\n", input.notes()));
        }
        return input.cib().getOr("validate-with", "").equals("none")
                ? input.cib()
                : SharedSchemas.INSTANCE.upgrade(input.cib(), null).cib();
    }
}
