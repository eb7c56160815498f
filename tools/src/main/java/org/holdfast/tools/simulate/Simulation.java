package org.holdfast.tools.simulate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.cib.time.TimeFormat;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.scheduler.Decision;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.graph.DotGraph;
import org.holdfast.scheduler.graph.GraphXml;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.tools.crm.frame.FileErrors;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.simulate.SimulateOptions.Flag;
import org.holdfast.tools.status.ClusterStatus;
import org.holdfast.tools.status.StatusView;
import org.holdfast.tools.status.StatusView.Show;

/** One simulation: status, changes, decisions, pretended execution, status afterwards. */
final class Simulation {

    private final SimulateOptions options;
    private final Invocation call;
    private final SimulateOutput out;
    private final SimulatedCib cib;
    private ScoreOutput scores;
    private boolean printed;

    Simulation(SimulateOptions options, Invocation call, SimulateOutput out, Element cib) {
        this.options = options;
        this.call = call;
        this.out = out;
        this.cib = new SimulatedCib(cib);
        this.scores = new ScoreOutput(options, out);
    }

    /** The CIB at the end. */
    Element result() {
        return cib.document();
    }

    /** Runs the simulation; the exit code. */
    int run() {
        boolean copy = options.xmlFile() != null;
        Cluster cluster = readStatus(copy);
        if (!out.isQuiet()) {
            showBefore(cluster);
        }
        if (options.hasInjections()) {
            out.spacerIf(printed);
            new Injections(options, cib, out, call.nowSeconds()).apply(cluster);
            printed = true;
            cluster = readStatus(copy);
        }
        String inputFile = options.value("save-input");
        if (inputFile != null) {
            int code = write(inputFile, XmlPrinter.pretty(SavedInput.of(cluster)));
            if (code != Rc.OK) {
                return Rc.exitCode(code);
            }
        }
        if (!options.is(Flag.RUN)) {
            return ExitCode.OK;
        }
        Decision decision = decide(cluster);
        Element graph = GraphXml.of(decision.graph());
        int code = save(cluster, graph);
        if (code != Rc.OK) {
            return Rc.exitCode(code);
        }
        if (!out.isQuiet()) {
            out.spacerIf(printed);
            SummaryList.show(decision.summary(), out);
        }
        return options.is(Flag.SIMULATE) ? execute(cluster, graph) : ExitCode.OK;
    }

    /** The time that counts: the user's, the CIB's or the present; said aloud unless present. */
    private long effectiveSeconds() {
        String date = options.value("set-datetime");
        if (date != null) {
            out.info("Setting effective cluster time: " + date);
            return EffectiveTime.seconds(options, call.nowSeconds());
        }
        String original = cib.document().get("execution-date");
        if (original == null) {
            return call.nowSeconds();
        }
        long seconds = Values.number(original, 0);
        out.info(
                "Using the original execution date of: "
                        + TimeFormat.format(
                                TimeContext.utc(seconds).now(),
                                EnumSet.of(TimeFormat.Part.DATE, TimeFormat.Part.TIME)));
        return seconds;
    }

    private Cluster readStatus(boolean secretsHidden) {
        scores = new ScoreOutput(options, out);
        return Scheduler.status(
                new ScheduleRequest(
                        cib.document(),
                        TimeContext.utc(effectiveSeconds()),
                        scores,
                        null,
                        secretsHidden));
    }

    private void showBefore(Cluster cluster) {
        if (cluster.options.maintenance()) {
            out.info("\n              *** Resource management is DISABLED ***");
            out.info("  The cluster will not attempt to start, stop or recover services");
            printed = true;
        }
        if (cluster.disabledCount > 0 || cluster.blockedCount > 0) {
            out.spacerIf(printed);
            out.info(
                    cluster.disabledCount
                            + " of "
                            + cluster.instanceCount
                            + " resource instances DISABLED and "
                            + cluster.blockedCount
                            + " BLOCKED from further action due to failure");
            printed = true;
        }
        showStatus(cluster, "Current cluster status", true, printed);
        printed = true;
    }

    private void showStatus(Cluster cluster, String title, boolean pending, boolean spacer) {
        out.spacerIf(spacer);
        if (out.isEnded()) {
            return;
        }
        out.begin(title);
        StatusView plain = StatusView.of(Show.INACTIVE, Show.FAILED_DETAIL);
        StatusView view = pending ? plain.with(Show.PENDING) : plain;
        boolean attributes = options.is(Flag.SHOW_ATTRIBUTES);
        boolean failCounts = options.is(Flag.SHOW_FAIL_COUNTS);
        XmlOutput xml = out.xml();
        if (xml == null) {
            ClusterStatus.show(cluster, out.lists(), view, attributes, failCounts);
        } else {
            ClusterStatus.show(cluster, xml, view, attributes, failCounts);
        }
        out.end();
    }

    private Decision decide(Cluster cluster) {
        boolean wantsScores = scores.wantsScores();
        boolean utilization = scores.wantsUtilization();
        if (!wantsScores && !utilization) {
            scores.dropNotices();
            return Scheduler.decide(cluster);
        }
        out.spacerIf(printed);
        String title = wantsScores ? "Assignment Scores" : "Utilization Information";
        out.beginAnyway(
                wantsScores && utilization
                        ? "Assignment Scores and Utilization Information"
                        : title);
        printed = true;
        Decision decision = Scheduler.decide(cluster);
        out.endAnyway();
        return decision;
    }

    private int save(Cluster cluster, Element graph) {
        String graphFile = options.value("save-graph");
        if (graphFile != null && write(graphFile, XmlPrinter.pretty(graph)) != Rc.OK) {
            return Rc.GRAPH_ERROR;
        }
        String dotFile = options.value("save-dotfile");
        if (dotFile == null) {
            return Rc.OK;
        }
        String dot =
                DotGraph.write(cluster, options.is(Flag.ALL_ACTIONS), options.is(Flag.VERBOSE));
        return write(dotFile, dot) == Rc.OK ? Rc.OK : Rc.DOT_ERROR;
    }

    private int execute(Cluster cluster, Element graph) {
        out.spacerIf(printed);
        out.begin("Executing Cluster Transition");
        TransitionActor actor =
                new TransitionActor(graph, cluster, cib, out, options, call.nowSeconds());
        boolean complete = new GraphRun(graph, actor).run();
        if (!complete) {
            out.error("Transition failed: terminated");
            out.error("An invalid transition was produced");
        }
        out.end();
        if (!out.isQuiet()) {
            showStatus(readStatus(false), "Revised Cluster Status", false, true);
        }
        return complete ? ExitCode.OK : ExitCode.ERROR;
    }

    private int write(String path, String text) {
        try {
            call.context().files().write(path, text.getBytes(StandardCharsets.UTF_8));
            return Rc.OK;
        } catch (IOException e) {
            call.context().err().println("Could not create '" + path + "': " + e.getMessage());
            return FileErrors.returnCode(e);
        }
    }
}
