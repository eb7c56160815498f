package org.holdfast.tools.rule;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.reference.References;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.rule.RuleEvaluator;
import org.holdfast.cib.rule.RuleInput;
import org.holdfast.cib.time.CibTime;
import org.holdfast.cib.time.TimeParser;
import org.holdfast.cib.time.TimeSyntaxException;
import org.holdfast.cib.xpath.XPath;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.tools.cib.CibClient;
import org.holdfast.tools.cib.CibTools;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/** crm_rule(8): tells whether rules are in effect at a date. */
public final class CrmRule extends CrmTool {

    /**
     * How a rule was judged.
     *
     * @param returnCode a code of {@link Rc}
     * @param problem why it could not be judged; null if it could
     */
    private record Verdict(int returnCode, @Nullable String problem) {}

    /** The command. */
    public CrmRule() {
        super("crm_rule");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return CibTools.usesCluster(environment);
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Tell whether rules of the configuration are in effect")
                .helpOn("additional", "data", "modes", "output")
                .glued("drX")
                .flag("check", 'c', "Tell whether a rule is in effect")
                .value("xml-text", 'X', "TEXT", "A CIB as a text (- for standard input)")
                .value("date", 'd', "DATE", "At this date instead of now")
                .value("rule", 'r', "ID", "The rule's id (may be given several times)")
                .withOutput();
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        if (!call.has("check")) {
            throw new UsageException(ExitCode.USAGE, "No mode operation given");
        }
        List<String> rules = call.arguments().values("rule");
        if (rules.isEmpty()) {
            throw new UsageException(ExitCode.USAGE, "--check requires use of --rule=");
        }
        CibTime date = date(call);
        Element input = input(call);
        if (input == null) {
            return Rc.exitCode(Rc.ENXIO);
        }
        RuleEvaluator evaluator = new RuleEvaluator(new References(input));
        RuleInput ruleInput = RuleInput.at(date, call.timeContext());
        int returnCode = Rc.OK;
        for (String rule : rules) {
            Verdict verdict = judge(input, rule, evaluator, ruleInput);
            show(call, rule, verdict);
            if (verdict.returnCode != Rc.OK) {
                returnCode = verdict.returnCode;
            }
        }
        return Rc.exitCode(returnCode);
    }

    private static CibTime date(Invocation call) throws UsageException {
        String text = call.value("date");
        if (text == null) {
            return call.timeContext().now();
        }
        try {
            CibTime date = TimeParser.parseDate(text, call.timeContext());
            if (date.years() >= 1 && date.years() <= 9999) {
                return date;
            }
        } catch (TimeSyntaxException e) {
            // told below
        }
        throw new UsageException(ExitCode.DATAERR, "Invalid date specified: '" + text + "'");
    }

    private static @Nullable Element input(Invocation call) throws UsageException {
        String text = call.value("xml-text");
        try {
            if (text != null && text.equals("-")) {
                return XmlParser.parseFile(call.context().in().readAllBytes());
            }
            if (text != null) {
                return XmlParser.parse(text);
            }
        } catch (IOException | XmlSyntaxException e) {
            throw new UsageException(
                    ExitCode.DATAERR,
                    String.valueOf(text).equals("-")
                            ? "Couldn't parse input from STDIN"
                            : "Couldn't parse input string: " + text);
        }
        try {
            CibClient cib = CibClient.open(call);
            CibClient.Result result = cib.query(null);
            if (result.returnCode() != Rc.OK) {
                call.out().error("CIB query failed: " + Rc.describe(result.returnCode()));
            }
            return result.output();
        } catch (CibClient.NotOpen e) {
            call.out().error("Could not connect to the CIB: " + Rc.describe(e.returnCode()));
            throw new UsageException(Rc.exitCode(e.returnCode()), "");
        }
    }

    /** Rules with one date expression that is not merely a recurring one can be judged. */
    private static Verdict judge(Element cib, String id, RuleEvaluator evaluator, RuleInput input) {
        String path = "//rule[@id='" + id + "']";
        int rules = XPath.elements(cib, path).size();
        if (rules == 0) {
            return new Verdict(Rc.ENXIO, "Rule not found");
        }
        if (rules > 1) {
            return new Verdict(Rc.DUPLICATE_ID, "Found more than one rule with matching ID");
        }
        List<Element> dates = XPath.elements(cib, path + "//date_expression");
        if (dates.size() != 1) {
            return new Verdict(
                    Rc.EOPNOTSUPP,
                    dates.isEmpty()
                            ? "Rule does not have a date expression"
                            : "Rule has more than one date expression");
        }
        Element date = dates.getFirst();
        String operation = date.get("operation");
        boolean plain = operation != null && !operation.equals("date_spec");
        Element spec = date.first("date_spec");
        boolean yearly = "date_spec".equals(operation) && spec != null && spec.has("years");
        if (!plain && !yearly) {
            return new Verdict(
                    Rc.EOPNOTSUPP,
                    "Rule must either not use date_spec, or use date_spec with years=");
        }
        var outcome = evaluator.evaluateDate(date, input);
        return new Verdict(outcome.code(), outcome.passes() ? null : "Error parsing rule");
    }

    private static void show(Invocation call, String id, Verdict verdict) {
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.add("rule-check")
                    .set("rule-id", id)
                    .set("rc", "" + Rc.exitCode(verdict.returnCode));
        }
        switch (verdict.returnCode) {
            case Rc.WITHIN_RANGE -> call.out().info("Rule " + id + " is still in effect");
            case Rc.OK -> call.out().info("Rule " + id + " satisfies conditions");
            case Rc.AFTER_RANGE -> call.out().info("Rule " + id + " is expired");
            case Rc.BEFORE_RANGE -> call.out().info("Rule " + id + " has not yet taken effect");
            case Rc.OP_UNSATISFIED ->
                    call.out().info("Rule " + id + " does not satisfy conditions");
            default ->
                    call.out()
                            .error(
                                    "Could not determine whether rule "
                                            + id
                                            + " is in effect: "
                                            + (verdict.problem == null
                                                    ? "unexpected error"
                                                    : verdict.problem));
        }
    }
}
