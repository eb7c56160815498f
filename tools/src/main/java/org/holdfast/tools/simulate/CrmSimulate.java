package org.holdfast.tools.simulate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.cibinput.CibUpgrade;
import org.holdfast.tools.simulate.SimulateOptions.Flag;
import org.holdfast.tools.status.TextLists;
import org.jspecify.annotations.Nullable;

/** The command {@code crm_simulate}. */
public final class CrmSimulate implements Tool {

    private static final int USAGE = 64;
    private static final int BAD_INPUT = 65;
    private static final int NO_INPUT = 66;
    private static final int CONFIGURATION = 78;

    @Override
    public String name() {
        return "crm_simulate";
    }

    @Override
    public int run(ToolContext context) {
        if (context.arguments().equals(java.util.List.of("--batch"))) {
            return new BatchServer(context).serve();
        }
        SimulateOptions options;
        try {
            options = OptionParser.parse(context.arguments());
        } catch (OptionParser.UsageException e) {
            context.err().println("crm_simulate: " + e.getMessage());
            return USAGE;
        }
        if (options.is(Flag.VERSION)) {
            context.out().println("Pacemaker 3.0.2");
            return 0;
        }
        if (options.is(Flag.HELP)) {
            context.out().print(SimulateHelp.TEXT);
            return 0;
        }
        return simulate(context, options);
    }

    private static int simulate(ToolContext context, SimulateOptions options) {
        boolean quiet = options.is(Flag.QUIET);
        boolean fancy = !(quiet && options.is(Flag.SHOW_SCORES));
        SimulateOutput out =
                new SimulateOutput(new TextLists(context.out(), fancy), context.err(), quiet);
        Element cib;
        try {
            cib = read(context, options.xmlFile);
        } catch (IOException | XmlSyntaxException e) {
            context.err().println("crm_simulate: Could not read input XML: " + e.getMessage());
            return e instanceof IOException ? NO_INPUT : BAD_INPUT;
        }
        CibUpgrade.Result upgraded = CibUpgrade.prepare(cib);
        upgraded.notes().forEach(context.err()::println);
        if (upgraded.problem() != null) {
            return CONFIGURATION;
        }
        Simulation simulation = new Simulation(options, context, out, upgraded.cib());
        int status = simulation.run();
        String saveTo = options.is(Flag.IN_PLACE) ? options.xmlFile : options.outputFile;
        if (saveTo != null && !save(context, saveTo, simulation.result())) {
            return 73;
        }
        return status;
    }

    private static Element read(ToolContext context, @Nullable String path)
            throws IOException, XmlSyntaxException {
        if (path == null) {
            throw new IOException("no cluster to ask");
        }
        byte[] bytes = path.equals("-") ? context.in().readAllBytes() : context.files().read(path);
        return XmlParser.parseFile(bytes);
    }

    private static boolean save(ToolContext context, String path, Element cib) {
        try {
            context.files().write(path, XmlPrinter.pretty(cib).getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            context.err().println("Could not create '" + path + "': " + e.getMessage());
            return false;
        }
    }
}
