package org.holdfast.tools.mon;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CallOptions;
import org.holdfast.cib.engine.CibOperation;
import org.holdfast.cib.engine.CibRequest;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.constraints.ConstraintStage;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ScoreLog;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.cib.CibClient;
import org.holdfast.tools.cibinput.CibUpgrade;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.HtmlOutput;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionChecks;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.TextOutput;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.status.OutputLists;
import org.holdfast.tools.status.StatusView;
import org.holdfast.tools.status.StatusView.Show;
import org.jspecify.annotations.Nullable;

/** crm_mon(8): shows the cluster's state. */
public final class CrmMon extends CrmTool {

    /** The old option for XML. */
    private static final String OLD_XML = "as-xml";

    /** What {@code --show-detail} adds. */
    static final Set<Show> DETAILS =
            Set.of(
                    Show.CLONE_DETAIL,
                    Show.NODE_IDS,
                    Show.IMPLICIT,
                    Show.DESCRIPTION,
                    Show.FAILED_DETAIL,
                    Show.FEATURE_SET);

    /** How much of the fencing history is shown unless told otherwise. */
    private static final int FENCING_LEVEL = 1;

    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

    /** The command. */
    public CrmMon() {
        super("crm_mon");
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Show the state of the cluster, in more or less detail")
                .helpOn("additional", "display", "output")
                .glued("eimpxEILU")
                .flag("quiet", 'Q', "Leave out the times")
                .value("include", 'I', "SECTIONS", "Show these sections too (separated by commas)")
                .value("exclude", 'U', "SECTIONS", "Do not show these sections")
                .value(
                        "node",
                        '\0',
                        "NODE",
                        "Show only what concerns this node, or nodes with this tag")
                .value(
                        "resource",
                        '\0',
                        "RSC",
                        "Show only what concerns this resource, or resources with this tag")
                .flag("group-by-node", 'n', "Show resources below the node that runs them")
                .flag("inactive", 'r', "Show inactive resources too")
                .flag("failcounts", 'f', "Show fail counts")
                .flag("operations", 'o', "Show the history of operations")
                .flag("timing-details", 't', "Show the history of operations with times")
                .flag("tickets", 'c', "Show tickets")
                .optionalValue(
                        "fence-history",
                        'm',
                        "LEVEL",
                        "How much of the fencing history to show (0 to 3)")
                .optionalValue("neg-locations", 'L', "PREFIX", "Show negative location constraints")
                .flag("show-node-attributes", 'A', "Show node attributes")
                .flag("hide-headers", 'D', "Leave out the summary")
                .flag("show-detail", 'R', "Show node ids and each clone instance")
                .flag("show-description", '\0', "Show descriptions of resources")
                .flag("brief", 'b', "Show numbers of resources, not each")
                .flag("pending", 'j', "")
                .flag("as-xml", 'X', "")
                .value("interval", 'i', "TIME", "How often to show the state anew")
                .check(
                        "interval",
                        OptionChecks.saying("Invalid value for -i: %s", OptionChecks::isTime))
                .check(
                        "fence-history",
                        OptionChecks.saying(
                                "Fence history must be 0-3", SectionChoice::isFencingLevel))
                .flag("one-shot", '1', "Show the state once")
                .flag("daemonize", 'd', "Go on in the background")
                .value("external-agent", 'E', "FILE", "A program to run when something happens")
                .value(
                        "external-recipient",
                        'e',
                        "RCPT",
                        "What to tell that program as the recipient")
                .flag("watch-fencing", 'W', "Run that program for fencing too")
                .value("xml-file", 'x', "FILE", "")
                .flag("pid-file", 'p', "")
                .flag("html-cgi", '\0', "Print headers for a web server before HTML")
                .value("html-stylesheet", '\0', "URI", "Link to a stylesheet in HTML")
                .value("html-title", '\0', "TITLE", "The title of the HTML page")
                .withOutput();
    }

    @Override
    protected @Nullable Output output(
            String format,
            java.util.function.Consumer<String> out,
            java.util.function.Consumer<String> err,
            List<String> commandLine) {
        return switch (format) {
            case OLD_XML -> XmlOutput.legacy(name(), out, err);
            case "html" -> new HtmlOutput(out, "Cluster Status");
            case "console" -> new TextOutput(out, err);
            default -> super.output(format, out, err, commandLine);
        };
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        setPageOptions(call);
        MonMode mode = MonMode.asked(call.arguments());
        String format = format(call);
        SectionChoice sections = new SectionChoice(format);
        sections.apply(call.arguments());
        if (mode == MonMode.DAEMON) {
            checkDaemon(call, format);
        }
        Set<Show> details = details(call, format);
        Invocation asked = withFile(call);
        if (watches(asked, mode)) {
            return watch(asked, sections, details, format, mode);
        }
        if (!format.equals("none")) {
            display(asked, sections, details, false);
        }
        return ExitCode.OK;
    }

    private static void setPageOptions(Invocation call) {
        if (call.out() instanceof HtmlOutput html) {
            html.setOptions(
                    call.has("html-cgi"), call.value("html-title"), call.value("html-stylesheet"));
            if (toFile(call)) {
                long millis = MonMode.intervalMillis(call.arguments());
                html.refreshEvery(Math.max(1, Math.round(millis / 1000.0)));
            }
        }
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return !environment.containsKey("CIB_file")
                && arguments.stream()
                        .noneMatch(word -> word.startsWith("-x") || word.startsWith("--xml-file"));
    }

    /** The same call with the file of an option as the file of the environment. */
    private static Invocation withFile(Invocation call) {
        String file = call.value("xml-file");
        if (file == null) {
            return call;
        }
        ToolContext context = call.context();
        Map<String, String> environment = new HashMap<>(context.environment());
        environment.put("CIB_file", file);
        return new Invocation(
                new ToolContext(
                        context.arguments(),
                        Map.copyOf(environment),
                        context.in(),
                        context.out(),
                        context.err(),
                        context.files(),
                        context.clock(),
                        null,
                        context.agents()),
                call.arguments(),
                call.out());
    }

    /** Whether the state is shown again and again, which takes a cluster that runs. */
    private static boolean watches(Invocation call, @Nullable MonMode mode) {
        if (call.environment("CIB_file") != null
                || call.environment("CIB_shadow") != null
                || call.context().cluster() == null) {
            return false;
        }
        String format = call.value("output-as");
        boolean toConsole = format == null || format.equals("console");
        return switch (mode) {
            case ONE_SHOT -> false;
            case DAEMON -> true;
            case UPDATE -> toFile(call) || (toConsole && call.out() instanceof TextOutput);
            case null -> toConsole && !toFile(call) && call.out() instanceof TextOutput;
        };
    }

    private static boolean toFile(Invocation call) {
        String destination = call.value("output-to");
        return destination != null && !destination.equals("-");
    }

    /** Shows the state until the user has gone. */
    private int watch(
            Invocation call,
            SectionChoice sections,
            Set<Show> details,
            String format,
            @Nullable MonMode mode)
            throws UsageException {
        if (mode == MonMode.DAEMON) {
            try {
                call.context().programs().goToBackground();
            } catch (IOException e) {
                throw new UsageException(
                        ExitCode.OSERR, "Could not fork daemon: " + e.getMessage());
            }
        }
        PrintStream screen = call.context().out();
        int level = SectionChoice.fencingLevel(call.value("fence-history"));
        MonKeys keys =
                new MonKeys(sections, details, call.has("fence-history") ? level : FENCING_LEVEL);
        MonWatch.Display onScreen =
                () -> {
                    screen.print(CLEAR_SCREEN);
                    if (keys.helps()) {
                        keys.print(screen);
                    } else {
                        display(call, sections, details, true);
                    }
                };
        MonWatch.Display inFile = () -> displayInFile(call, sections, details);
        boolean silent = format.equals("none") || (mode == MonMode.DAEMON && !toFile(call));
        boolean atScreen = !silent && !toFile(call) && mode != MonMode.DAEMON;
        new MonWatch(call, silent ? null : toFile(call) ? inFile : onScreen, atScreen ? keys : null)
                .run();
        return ExitCode.OK;
    }

    /** Writes a file anew as a whole. */
    private void displayInFile(Invocation call, SectionChoice sections, Set<Show> details)
            throws IOException, UsageException {
        StringBuilder text = new StringBuilder();
        List<String> commandLine = new ArrayList<>(List.of(name()));
        commandLine.addAll(call.context().arguments());
        Output out =
                output(
                        format(call.arguments()),
                        text::append,
                        call.context().err()::print,
                        commandLine);
        if (out == null) {
            return;
        }
        Invocation again = new Invocation(call.context(), call.arguments(), out);
        format(again);
        setPageOptions(again);
        display(again, sections, details, true);
        out.finish(ExitCode.OK);
        call.context()
                .files()
                .write(
                        String.valueOf(call.value("output-to")),
                        text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void display(
            Invocation call, SectionChoice sections, Set<Show> details, boolean again)
            throws UsageException {
        LiveFacts live = LiveFacts.of(call);
        Element cib = read(call);
        if (cib == null) {
            return;
        }
        CibUpgrade.Result upgraded = CibUpgrade.prepare(cib);
        upgraded.notes().forEach(call.context().err()::println);
        if (upgraded.problem() != null) {
            throw new UsageException(ExitCode.CONFIG, "the cluster's configuration cannot be used");
        }
        if (again && !sections.showsAllFencing()) {
            live = new LiveFacts(live.localNode(), live.fencing().reduced());
        }
        show(call, status(call, upgraded.cib(), live), live, sections, details);
    }

    /** The last one counts, though the old one for XML decides about what is shown. */
    @Override
    protected String format(Arguments arguments) {
        String format = "text";
        for (Arguments.Given option : arguments.given()) {
            switch (option.name()) {
                case OLD_XML -> format = OLD_XML;
                case "output-as" -> format = String.valueOf(option.value());
                default -> {
                    // not about the format
                }
            }
        }
        return format.equals("xml") && arguments.has(OLD_XML) ? OLD_XML : format;
    }

    private static String format(Invocation call) {
        if (call.has(OLD_XML)) {
            return "xml";
        }
        if (call.out() instanceof TextOutput text) {
            text.setFancy(true);
            return "text";
        }
        if (call.out() instanceof HtmlOutput) {
            return "html";
        }
        return call.out().xml() == null ? "none" : "xml";
    }

    private static void checkDaemon(Invocation call, String format) throws UsageException {
        if (call.value("external-agent") != null) {
            return;
        }
        if (!toFile(call)) {
            throw new UsageException(
                    ExitCode.USAGE,
                    "--daemonize requires at least one of --output-to (with value not set to '-') and"
                            + " --external-agent");
        }
        if (format.equals("none")) {
            throw new UsageException(
                    ExitCode.USAGE,
                    "--daemonize requires --external-agent if used with --output-as=none");
        }
    }

    private static Set<Show> details(Invocation call, String format) {
        Set<Show> details = EnumSet.of(Show.PENDING);
        add(details, call.has("group-by-node"), Show.BY_NODE);
        add(details, call.has("inactive") || format.equals("xml"), Show.INACTIVE);
        add(details, call.has("brief"), Show.BRIEF);
        add(details, call.has("show-description"), Show.DESCRIPTION);
        add(details, call.has("timing-details") || format.equals("xml"), Show.TIMING);
        if (call.has("show-detail")) {
            details.addAll(DETAILS);
        }
        return details;
    }

    private static void add(Set<Show> details, boolean wanted, Show detail) {
        if (wanted) {
            details.add(detail);
        }
    }

    /** The CIB; null, after a message, if it cannot be had, which is no failure of this command. */
    static @Nullable Element read(Invocation call) {
        try {
            CibClient client = CibClient.open(call);
            String user = call.environment("CIB_user");
            CibClient.Result result =
                    client.call(
                            CibRequest.of(CibOperation.QUERY, null, null, CallOptions.SYNC_CALL)
                                    .by(null, null, user));
            client.close();
            Element cib = result.output();
            if (result.returnCode() != Rc.OK || cib == null) {
                call.out().error("CIB query failed: " + Rc.describe(result.returnCode()));
                return null;
            }
            return cib;
        } catch (CibClient.NotOpen e) {
            call.out().error("Could not connect to the CIB: " + e.getMessage());
            return null;
        }
    }

    private static Cluster status(Invocation call, Element cib, LiveFacts live) {
        return Scheduler.status(
                new ScheduleRequest(cib, call.timeContext(), ScoreLog.NONE, live.localNode()));
    }

    private static void show(
            Invocation call,
            Cluster cluster,
            LiveFacts live,
            SectionChoice sections,
            Set<Show> details) {
        if (sections.shows(Section.BANS) || sections.shows(Section.TICKETS)) {
            ConstraintStage.unpack(cluster);
        }
        if (cluster.dc == null) {
            sections.force(Section.DC);
        }
        StatusView view =
                new StatusView(
                        details,
                        MonFilters.nodes(cluster, call.value("node")),
                        MonFilters.resources(cluster, call.value("resource")));
        String now = call.zone().ctime(call.nowSeconds());
        XmlOutput xml = call.out().xml();
        if (call.out() instanceof HtmlOutput html) {
            new HtmlStatus(cluster, html, view, sections, call.zone(), live).show(now);
        } else if (xml != null) {
            new XmlStatus(cluster, xml, view, sections, call.zone(), live).show(now);
        } else {
            new ListStatus(cluster, new OutputLists(call.out()), view, sections, call.zone(), live)
                    .show(now);
        }
    }
}
