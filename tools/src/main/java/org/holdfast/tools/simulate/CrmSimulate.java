package org.holdfast.tools.simulate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.tools.cib.CibClient;
import org.holdfast.tools.cibinput.CibUpgrade;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.FileErrors;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.TextOutput;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.simulate.SimulateOptions.Flag;
import org.holdfast.tools.xmlfile.XmlFiles;
import org.jspecify.annotations.Nullable;

/** The command {@code crm_simulate}. */
public final class CrmSimulate extends CrmTool {

    /** The command. */
    public CrmSimulate() {
        super("crm_simulate");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        boolean live = false;
        for (String argument : arguments) {
            live |=
                    argument.equals("--live-check")
                            || (argument.matches("-[A-Za-z]+") && argument.indexOf('L') > 0);
        }
        return live && !environment.containsKey("CIB_file");
    }

    @Override
    protected OptionSpec options() {
        return SimulateOptions.spec();
    }

    @Override
    protected String signature() {
        return "";
    }

    @Override
    protected int noOutputExitCode(int rc) {
        return Rc.exitCode(rc);
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        if (call.has("batch")) {
            return new BatchServer(call.context()).serve();
        }
        SimulateOptions options = SimulateOptions.of(call.arguments());
        boolean quiet = options.is(Flag.QUIET) && call.out().xml() == null;
        if (call.out() instanceof TextOutput text) {
            text.setFancy(!(quiet && options.is(Flag.SHOW_SCORES)));
            text.setQuiet(quiet);
        }
        SimulateOutput out = new SimulateOutput(call.out(), quiet);
        String directory = options.value("profile");
        if (directory != null) {
            return new Profile(call, options, out).run(directory);
        }
        CibUpgrade.Result input = CibUpgrade.prepare(read(call, options));
        input.notes().forEach(note -> call.context().err().println(note));
        if (input.problem() != null) {
            return Rc.exitCode(exitReason(input.problem()));
        }
        Element cib = input.cib();
        String saveTo =
                options.is(Flag.IN_PLACE) ? options.xmlFile() : options.value("save-output");
        String shadow = call.environment("CIB_shadow");
        if (shadow != null) {
            // A shadow copy takes the place of whatever else was to be changed.
            cib = query(call);
            saveTo = CibClient.shadowFile(call.context(), shadow);
        }
        if (saveTo != null) {
            save(call, saveTo, cib);
            if (saveTo.equals("-")) {
                // The real command takes the file that it works on from standard input then.
                throw refused(call, Rc.SCHEMA_VALIDATION, "Could not connect to the CIB: ");
            }
        }
        Simulation simulation = new Simulation(options, call, out, cib);
        int status = simulation.run();
        if (saveTo != null) {
            save(call, saveTo, simulation.result());
        }
        return status;
    }

    private static UsageException refused(Invocation call, int code, String begin) {
        call.out().error(begin + Rc.describe(code));
        return new UsageException(Rc.exitCode(code), "");
    }

    /** An error of the command line: on standard error, whatever the form of the output is. */
    private UsageException failed(Invocation call, int exitCode, String text) {
        call.context().err().println(name() + ": " + text);
        return new UsageException(exitCode, "");
    }

    private static int exitReason(CibUpgrade.Problem problem) {
        return switch (problem) {
            case CORRUPT -> Rc.CIB_CORRUPT;
            case NOT_UPGRADABLE -> Rc.TRANSFORM_FAILED;
            case INVALID -> Rc.SCHEMA_VALIDATION;
        };
    }

    private Element read(Invocation call, SimulateOptions options) throws UsageException {
        String path = options.xmlFile();
        if (path == null) {
            return query(call);
        }
        try {
            return readFile(call, path);
        } catch (IOException e) {
            throw unreadable(call, path, e.getMessage());
        } catch (XmlSyntaxException e) {
            throw unreadable(call, path, e.describe());
        }
    }

    private UsageException unreadable(Invocation call, String path, @Nullable String reason) {
        return failed(
                call,
                ExitCode.DATAERR,
                "Could not read input XML: %s (%s: %s)"
                        .formatted(
                                Rc.describe(Rc.BAD_INPUT),
                                path.equals("-") ? "standard input" : path,
                                reason));
    }

    /** Reads a CIB from a file or, for {@code -}, standard input. */
    static Element readFile(Invocation call, String path) throws IOException, XmlSyntaxException {
        return XmlParser.parseFile(
                path.equals("-")
                        ? call.context().in().readAllBytes()
                        : XmlFiles.read(call.context().files(), path));
    }

    /** The CIB that the user's environment names. */
    private static Element query(Invocation call) throws UsageException {
        int code;
        String begin;
        try {
            CibClient.Result result = CibClient.open(call).query(null);
            @Nullable Element cib = result.output();
            if (result.returnCode() == Rc.OK && cib != null) {
                return cib;
            }
            code = result.returnCode() == Rc.OK ? Rc.NO_INPUT : result.returnCode();
            begin = "CIB query failed: ";
        } catch (CibClient.NotOpen e) {
            code = e.returnCode();
            begin = "Could not connect to the CIB: ";
        }
        throw refused(call, code, begin);
    }

    private void save(Invocation call, String path, Element cib) throws UsageException {
        try {
            call.context()
                    .files()
                    .write(path, XmlPrinter.pretty(cib).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed(
                    call,
                    Rc.exitCode(FileErrors.returnCode(e)),
                    "Could not create '" + path + "': " + e.getMessage());
        }
    }
}
