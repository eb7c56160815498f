package org.holdfast.tools.simulate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.CibTime;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.cib.time.TimeFormat;
import org.holdfast.cib.time.TimeParser;
import org.holdfast.cib.time.TimeSyntaxException;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ScoreLog;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.simulate.SimulateOptions.Flag;
import org.holdfast.tools.status.ClusterStatus;
import org.holdfast.tools.status.StatusLists;
import org.holdfast.tools.status.StatusView;
import org.holdfast.tools.status.StatusView.Show;

/** One simulation: status, changes, decisions, pretended execution, status afterwards. */
final class Simulation {

    /** Exit statuses, as the command's users know them. */
    static final int OK = 0;

    private static final int CANNOT_CREATE = 73;
    private static final int INVALID_TRANSITION = 1;

    private final SimulateOptions options;
    private final ToolContext context;
    private final SimulateOutput out;
    private final SimulatedCib cib;
    private boolean printed;

    Simulation(SimulateOptions options, ToolContext context, SimulateOutput out, Element cib) {
        this.options = options;
        this.context = context;
        this.out = out;
        this.cib = new SimulatedCib(cib);
    }

    /** The CIB at the end. */
    Element result() {
        return cib.document();
    }

    /** Runs the simulation; the exit status. */
    int run() {
        Cluster cluster = readStatus();
        if (!out.isQuiet()) {
            showBefore(cluster);
        }
        if (options.hasInjections()) {
            spacerIf(printed);
            new Injections(options, cib, out, nowSeconds()).apply(cluster);
            printed = true;
            cluster = readStatus();
        }
        if (options.inputFile != null && !write(options.inputFile, cib.document())) {
            return CANNOT_CREATE;
        }
        if (!options.is(Flag.RUN)) {
            return OK;
        }
        Planner.Plan plan = decide(cluster);
        if (!save(cluster, plan)) {
            return CANNOT_CREATE;
        }
        if (!out.isQuiet()) {
            spacerIf(printed);
            out.begin("Transition Summary");
            plan.summary().forEach(out::item);
            out.end();
        }
        return options.is(Flag.SIMULATE) ? execute(cluster, plan) : OK;
    }

    private void spacerIf(boolean condition) {
        if (condition) {
            out.lists().spacer();
        }
    }

    private long nowSeconds() {
        return context.clock().instant().getEpochSecond();
    }

    /** The time that counts: the user's, the CIB's or the present; said aloud unless present. */
    private long effectiveSeconds() {
        if (options.date != null) {
            out.info("Setting effective cluster time: " + options.date);
            try {
                return TimeParser.parseDate(options.date, TimeContext.utc(nowSeconds()))
                        .epochSeconds();
            } catch (TimeSyntaxException e) {
                return nowSeconds();
            }
        }
        String original = cib.document().get("execution-date");
        if (original == null) {
            return nowSeconds();
        }
        long seconds = Values.number(original, 0);
        CibTime time = TimeContext.utc(seconds).now();
        out.info(
                "Using the original execution date of: "
                        + TimeFormat.format(
                                time, EnumSet.of(TimeFormat.Part.DATE, TimeFormat.Part.TIME)));
        return seconds;
    }

    private Cluster readStatus() {
        StatusLists lists = out.lists();
        ScoreLog scores =
                new ScoreLog() {
                    @Override
                    public boolean wanted() {
                        return options.is(Flag.SHOW_SCORES);
                    }

                    @Override
                    public void line(String text) {
                        lists.item(null, text);
                    }
                };
        return Scheduler.status(
                new ScheduleRequest(
                        cib.document(),
                        TimeContext.utc(effectiveSeconds()),
                        scores,
                        options.is(Flag.SHOW_UTILIZATION),
                        null));
    }

    private void showBefore(Cluster cluster) {
        if (cluster.options.maintenance()) {
            out.info("\n              *** Resource management is DISABLED ***");
            out.info("  The cluster will not attempt to start, stop or recover services");
            printed = true;
        }
        if (cluster.disabledCount > 0 || cluster.blockedCount > 0) {
            spacerIf(printed);
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
        spacerIf(spacer);
        out.begin(title);
        StatusView view = StatusView.of(Show.INACTIVE, Show.FAILED_DETAIL);
        ClusterStatus.show(
                cluster,
                out.lists(),
                pending ? view.with(Show.PENDING) : view,
                options.is(Flag.SHOW_ATTRIBUTES),
                options.is(Flag.SHOW_FAIL_COUNTS));
        out.end();
    }

    private Planner.Plan decide(Cluster cluster) {
        boolean scores = options.is(Flag.SHOW_SCORES);
        boolean utilization = options.is(Flag.SHOW_UTILIZATION);
        if (!scores && !utilization) {
            return Planner.plan(cluster);
        }
        spacerIf(printed);
        String title = scores ? "Assignment Scores" : "Utilization Information";
        out.lists()
                .begin(
                        scores && utilization
                                ? "Assignment Scores and Utilization Information"
                                : title);
        printed = true;
        Planner.Plan plan = Planner.plan(cluster);
        out.lists().end();
        return plan;
    }

    private boolean save(Cluster cluster, Planner.Plan plan) {
        if (options.graphFile != null && !write(options.graphFile, plan.graph())) {
            return false;
        }
        return options.dotFile == null
                || write(
                        options.dotFile,
                        Planner.dot(
                                cluster, options.is(Flag.ALL_ACTIONS), options.is(Flag.VERBOSE)));
    }

    private int execute(Cluster cluster, Planner.Plan plan) {
        spacerIf(printed);
        out.begin("Executing Cluster Transition");
        boolean complete =
                new GraphRun(
                                plan.graph(),
                                new TransitionActor(
                                        plan.graph(), cluster, cib, out, options, nowSeconds()))
                        .run();
        if (!complete) {
            out.error("Transition failed: terminated");
            out.error("An invalid transition was produced");
        }
        out.end();
        if (!out.isQuiet()) {
            showStatus(readStatus(), "Revised Cluster Status", false, true);
        }
        return complete ? OK : INVALID_TRANSITION;
    }

    private boolean write(String path, Element document) {
        return write(path, XmlPrinter.pretty(document));
    }

    private boolean write(String path, String text) {
        try {
            context.files().write(path, text.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            out.error("Could not create '" + path + "': " + e.getMessage());
            return false;
        }
    }
}
