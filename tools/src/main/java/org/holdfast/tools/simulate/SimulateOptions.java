package org.holdfast.tools.simulate;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.holdfast.cib.value.IntegerText;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked {@code crm_simulate} for.
 *
 * @param xmlFile the file with the CIB; {@code -} for standard input, null for the live CIB
 */
record SimulateOptions(Arguments arguments, Set<Flag> flags, @Nullable String xmlFile, int repeat) {

    /** Switches. */
    enum Flag {
        RUN,
        SIMULATE,
        SHOW_SCORES,
        SHOW_UTILIZATION,
        SHOW_ATTRIBUTES,
        SHOW_FAIL_COUNTS,
        ALL_ACTIONS,
        VERBOSE,
        QUIET,
        IN_PLACE
    }

    /** Every option that the command has. */
    static OptionSpec spec() {
        return new OptionSpec(
                        "Show what the cluster would do for a CIB, and what its status would be"
                                + " afterwards.\n\n"
                                + "OPSPEC is RESOURCE_TASK_INTERVAL@NODE=STATUS with the interval"
                                + " in milliseconds and the agent's exit\nstatus, for example"
                                + " memcached_monitor_20000@bart=7.")
                .helpOn("artifact", "operations", "output", "source", "synthetic")
                .glued("bdefgiqrtuwxDFGINOP")
                .flag("run", 'R', "Decide and show the actions")
                .flag("simulate", 'S', "Decide, pretend to act, show the status afterwards")
                .flag("in-place", 'X', "Like --simulate, and write the result to the input file")
                .flag("show-attrs", 'A', "Show node attributes")
                .flag("show-failcounts", 'c', "Show fail counts")
                .flag("show-scores", 's', "Show the scores of resources on nodes")
                .flag("show-utilization", 'U', "Show utilization")
                .value("profile", 'P', "DIR", "Time the decisions for all XML files of DIR")
                .integer("repeat", 'N', "N", "With --profile: decide N times for each file")
                .flag("pending", 'j', "")
                .value("node-up", 'u', "NODE", "A node comes up")
                .value("node-down", 'd', "NODE", "A node goes down in good order")
                .value("node-fail", 'f', "NODE", "A node fails")
                .value("op-inject", 'i', "OPSPEC", "An operation has had this result")
                .value("op-fail", 'F', "OPSPEC", "An operation, if it is done, fails")
                .value("set-datetime", 't', "TIME", "It is this time")
                .value("quorum", 'q', "BOOL", "Whether the partition has quorum")
                .value("watchdog", 'w', "BOOL", "Whether there is a watchdog")
                .value("ticket-grant", 'g', "TICKET", "A ticket is granted")
                .value("ticket-revoke", 'r', "TICKET", "A ticket is revoked")
                .value("ticket-standby", 'b', "TICKET", "A ticket goes to standby")
                .value("ticket-activate", 'e', "TICKET", "A ticket leaves standby")
                .value("save-input", 'I', "FILE", "Save the CIB that is decided for")
                .value("save-output", 'O', "FILE", "Save the CIB after the simulation")
                .value("save-graph", 'G', "FILE", "Save the transition graph as XML")
                .value("save-dotfile", 'D', "FILE", "Save the transition graph for Graphviz")
                .flag("all-actions", 'a', "With --save-dotfile: also actions that are not done")
                .flag("live-check", 'L', "Take the CIB of the running cluster")
                .value("xml-file", 'x', "FILE", "Take the CIB from a file")
                .flag("xml-pipe", 'p', "Take the CIB from standard input")
                .flag("batch", '\0', "Answer JSON requests on standard input, one a line")
                .flag("quiet", 'Q', "Show the essential only")
                .withOutput();
    }

    /** Reads the options, of which the last that names a source counts. */
    static SimulateOptions of(Arguments arguments) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        String xmlFile = "-";
        for (Arguments.Given given : arguments.given()) {
            switch (given.name()) {
                case "run", "save-graph", "save-dotfile" -> flags.add(Flag.RUN);
                case "simulate", "op-fail" -> flags.addAll(EnumSet.of(Flag.RUN, Flag.SIMULATE));
                case "in-place" -> flags.addAll(EnumSet.of(Flag.RUN, Flag.SIMULATE, Flag.IN_PLACE));
                case "show-scores" -> flags.addAll(EnumSet.of(Flag.RUN, Flag.SHOW_SCORES));
                case "show-utilization" ->
                        flags.addAll(EnumSet.of(Flag.RUN, Flag.SHOW_UTILIZATION));
                case "show-attrs" -> flags.add(Flag.SHOW_ATTRIBUTES);
                case "show-failcounts" -> flags.add(Flag.SHOW_FAIL_COUNTS);
                case "all-actions" -> flags.add(Flag.ALL_ACTIONS);
                case "verbose" -> flags.add(Flag.VERBOSE);
                case "quiet" -> flags.add(Flag.QUIET);
                case "live-check" -> xmlFile = null;
                case "xml-pipe" -> xmlFile = "-";
                case "xml-file" -> xmlFile = given.value();
                default -> {}
            }
        }
        long repeat = IntegerText.valueOf(arguments.value("repeat"), 1);
        return new SimulateOptions(
                arguments, flags, xmlFile, Math.clamp(repeat, 0, Integer.MAX_VALUE));
    }

    boolean is(Flag flag) {
        return flags.contains(flag);
    }

    /** An option's value, or null. */
    @Nullable String value(String option) {
        return arguments.value(option);
    }

    /** All values of an option. */
    List<String> values(String option) {
        return arguments.values(option);
    }

    /** Whether nodes that are not configured are added when something happens on them. */
    boolean addsNodes() {
        return arguments.has("node-up");
    }

    /** Whether anything is injected into the CIB (a changed quorum alone does not count). */
    boolean hasInjections() {
        return List.of(
                        "watchdog",
                        "node-up",
                        "node-down",
                        "node-fail",
                        "ticket-grant",
                        "ticket-revoke",
                        "ticket-standby",
                        "ticket-activate",
                        "op-inject")
                .stream()
                .anyMatch(arguments::has);
    }
}
