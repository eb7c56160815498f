package org.holdfast.tools.cib;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.xpath.XPath;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.cibxml.schema.CibSchemas;
import org.holdfast.cibxml.schema.SchemaVersion;
import org.holdfast.cibxml.schema.SchemaViolation;
import org.holdfast.cibxml.schema.report.SchemaMessage;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Finding;
import org.holdfast.scheduler.model.ScoreLog;
import org.holdfast.tools.cibinput.CibUpgrade;
import org.holdfast.tools.cibinput.SharedSchemas;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.xmlfile.XmlFiles;
import org.jspecify.annotations.Nullable;

/** crm_verify(8): checks a configuration against its schema and for what makes no sense. */
public final class CrmVerify extends CrmTool {

    /** The option in its short form, alone or behind letters that take no value. */
    private static final Pattern LIVE_CHECK = Pattern.compile("-[qpV]*L.*");

    private static final String WITHOUT_SCHEMA =
            "Support for validate-with='none' is deprecated and will be removed in a future release"
                    + " without the possibility of upgrades (manually edit to use a supported schema)";

    /** What a check found; for one run. */
    private static final class Report {
        final Invocation call;
        final boolean verbose;
        final boolean telling;
        boolean error;
        boolean warning;

        Report(Invocation call, boolean verbose, boolean telling) {
            this.call = call;
            this.verbose = verbose;
            this.telling = telling;
        }

        void error(String text) {
            error = true;
            if (verbose) {
                call.out().error("error: " + text);
            }
        }

        void warning(String text) {
            warning = true;
            if (verbose) {
                call.out().error("warning: " + text);
            }
        }
    }

    /** The command. */
    public CrmVerify() {
        super("crm_verify");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return CibTools.usesCluster(environment)
                && arguments.stream()
                        .anyMatch(word ->
                                word.equals("--live-check") || LIVE_CHECK.matcher(word).matches());
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Check a configuration for errors")
                .helpOn("additional", "data", "output")
                .glued("xSX")
                .flag("quiet", 'q', "Show nothing; the exit code tells")
                .flag("live-check", 'L', "Check the running cluster's configuration")
                .value("xml-file", 'x', "FILE", "Check the configuration in a file")
                .value("xml-text", 'X', "TEXT", "Check a configuration given as a text")
                .flag("xml-pipe", 'p', "Check a configuration from standard input")
                .value("save-xml", 'S', "FILE", "Write what was checked to a file")
                .withOutput();
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        int verbosity = call.arguments().count("verbose");
        boolean quiet = call.has("quiet");
        if (verbosity > 0 && quiet) {
            verbosity--;
        }
        if (call.out().xml() != null) {
            verbosity = 1;
        }
        Element cib = read(call);
        save(call, cib);
        Report report = new Report(call, verbosity > 0, verbosity > 1);
        int returnCode = verify(report, cib);
        if (returnCode == Rc.SCHEMA_VALIDATION && !quiet) {
            String failure = report.error ? "invalid" : report.warning ? "may need attention" : "";
            call.out()
                    .error(
                            "Configuration "
                                    + failure
                                    + (verbosity == 0 ? " (-V may provide more detail)" : ""));
        }
        return Rc.exitCode(returnCode);
    }

    private static Element read(Invocation call) throws UsageException {
        String file = call.value("xml-file");
        String text = call.value("xml-text");
        String source;
        if (file != null) {
            source = file;
        } else if (text != null) {
            source = text;
        } else if (call.has("xml-pipe")) {
            source = "-";
        } else if (call.has("live-check")) {
            return live(call);
        } else {
            throw new UsageException(Rc.exitCode(Rc.ENODATA), "No input specified");
        }
        try {
            if (source.strip().startsWith("<")) {
                return XmlParser.parse(source.strip());
            }
            return XmlParser.parseFile(
                    source.equals("-")
                            ? call.context().in().readAllBytes()
                            : XmlFiles.read(call.context().files(), source));
        } catch (IOException | XmlSyntaxException e) {
            call.context().err().println(XmlFiles.problem(e));
            throw failed(Rc.UNPACK_ERROR);
        }
    }

    private static UsageException failed(int returnCode) {
        return new UsageException(
                Rc.exitCode(returnCode), "Verification failed: " + Rc.describe(returnCode));
    }

    private static Element live(Invocation call) throws UsageException {
        try {
            CibClient.Result result = CibClient.open(call).query(null);
            Element cib = result.output();
            if (result.returnCode() != Rc.OK || cib == null) {
                call.out().error("CIB query failed: " + Rc.describe(result.returnCode()));
                throw failed(result.returnCode() == Rc.OK ? Rc.NO_INPUT : result.returnCode());
            }
            return cib;
        } catch (CibClient.NotOpen e) {
            call.out().error("Could not connect to the CIB: " + Rc.describe(e.returnCode()));
            throw failed(e.returnCode());
        }
    }

    private static void save(Invocation call, Element cib) {
        String file = call.value("save-xml");
        if (file != null) {
            try {
                call.context()
                        .files()
                        .write(file, XmlPrinter.pretty(cib).getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The real command says nothing, so its XML does not either
                call.context().err().println("Could not save to " + file + ": " + e.getMessage());
            }
        }
    }

    private static int verify(Report report, Element given) {
        int returnCode = check(report, given);
        if (report.error) {
            report.error("CIB did not pass schema validation");
            return Rc.SCHEMA_VALIDATION;
        }
        return report.warning ? Rc.SCHEMA_VALIDATION : returnCode;
    }

    private static int check(Report report, Element given) {
        if (!given.name().equals("cib")) {
            report.call
                    .out()
                    .error(
                            "Input is not a CIB (outermost element is "
                                    + given.name()
                                    + " not cib)");
            return Rc.SCHEMA_VALIDATION;
        }
        boolean hasStatus = XPath.elements(given, "//cib/status").size() == 1;
        Element cib = hasStatus ? given : given.append(Element.of("status"));
        if (!conforms(report, cib)) {
            report.error = true;
            return Rc.SCHEMA_VALIDATION;
        }
        Element current = upgraded(report, cib);
        if (current == null) {
            return Rc.TRANSFORM_FAILED;
        }
        ScheduleRequest request =
                new ScheduleRequest(current, report.call.timeContext(), ScoreLog.NONE, null);
        Cluster cluster = hasStatus ? Scheduler.schedule(request) : Scheduler.constraints(request);
        for (Finding finding : cluster.findings) {
            switch (finding.severity()) {
                case CONFIG_ERROR -> report.error(finding.text());
                case CONFIG_WARNING -> report.warning(finding.text());
                case PROCESSING_ERROR, PROCESSING_WARNING -> {
                    // not about the configuration
                }
            }
        }
        return Rc.OK;
    }

    private static boolean conforms(Report report, Element cib) {
        String name = cib.get("validate-with");
        if ("none".equals(name)) {
            // Once as the name of a schema and once as what the configuration is checked with
            report.warning(WITHOUT_SCHEMA);
            report.warning(WITHOUT_SCHEMA);
            return true;
        }
        SchemaVersion version = name == null ? null : SchemaVersion.named(name);
        if (version == null) {
            report.error(
                    "Cannot validate CIB with "
                            + (name == null ? "missing" : "unknown")
                            + " validate-with (manually edit to use a known schema)");
            return false;
        }
        List<SchemaViolation> violations = SharedSchemas.INSTANCE.check(cib, version);
        if (violations.isEmpty()) {
            return true;
        }
        List<SchemaMessage> messages = CibSchemas.referenceMessages(cib, version);
        messages.forEach(message -> report.call.out().error(message.text()));
        if (report.telling) {
            // In our own words, as those of the validator do not say where
            SchemaComplaints.about(cib).forEach(report.call.context().err()::println);
        }
        if (messages.isEmpty()) {
            violations.forEach(violation -> report.call.out().error(violation.toString()));
        }
        return false;
    }

    /** The CIB in a schema of the newest major version; null if it cannot be brought to one. */
    private static @Nullable Element upgraded(Report report, Element cib) {
        CibUpgrade.Result upgraded = CibUpgrade.upgrade(cib);
        upgraded.notes().forEach(report.call.context().err()::println);
        if (upgraded.problem() == null) {
            return upgraded.cib();
        }
        report.error = true;
        report.call
                .out()
                .error(
                        "The cluster will NOT be able to use this configuration.\n"
                                + "Please manually update the configuration to conform to the "
                                + SharedSchemas.INSTANCE.newest()
                                + " syntax.");
        return null;
    }
}
