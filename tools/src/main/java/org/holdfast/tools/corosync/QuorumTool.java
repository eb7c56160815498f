package org.holdfast.tools.corosync;

import java.io.PrintStream;
import java.time.Duration;
import java.util.OptionalLong;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ClusterRequest.QuorumQuery;
import org.holdfast.controlapi.ClusterRequest.SetExpectedVotes;
import org.holdfast.controlapi.ClusterRequest.SetVotes;
import org.holdfast.controlapi.ClusterRequest.UnregisterDevice;
import org.holdfast.controlapi.ControlAnswer.QuorumStatus;
import org.holdfast.controlapi.ControlAnswer.Reason;
import org.holdfast.controlapi.ControlRequest;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;

/** {@code corosync-quorumtool} (corosync-quorumtool(8)). */
public final class QuorumTool implements Tool {

    private static final String NAME = "corosync-quorumtool";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int EXIT_FAILURE = 1;
    private static final int EXIT_NOT_QUORATE = 2;
    private static final long UINT_MAX = 0xFFFF_FFFFL;

    /** How often a monitored node is looked at. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int run(ToolContext context) {
        GetOpt options = GetOpt.parse(NAME, "VHaslpmfe:v:hin:o:", context.arguments());
        char command = 's';
        int votes = 0;
        int node = 0;
        for (GetOpt.Option option : options.all()) {
            String problem = "";
            switch (option.letter()) {
                case 's', 'l', 'm', 'f' -> command = option.letter();
                case 'e', 'v' -> {
                    boolean expected = option.letter() == 'e';
                    OptionalLong number =
                            GetOpt.number(option.value(), expected ? 1 : 0, Integer.MAX_VALUE);
                    command = option.letter();
                    votes = (int) number.orElse(0);
                    if (number.isEmpty()) {
                        problem =
                                expected
                                        ? "New expected votes value was not valid, try a positive number"
                                        : "New votes value was not valid, try a positive number or zero";
                    }
                }
                case 'n' -> {
                    OptionalLong number = GetOpt.number(option.value(), 1, UINT_MAX);
                    node = (int) number.orElse(0);
                    problem =
                            number.isEmpty()
                                    ? "The nodeid was not valid, try a positive number"
                                    : "";
                }
                case 'o' ->
                        problem =
                                option.value().matches("[ain]")
                                        ? ""
                                        : "Invalid ordering option. valid orders are a(address), i(node ID) or n(name)";
                case 'V' -> {
                    context.out().println(NAME + " version: 3.1.7");
                    return 0;
                }
                case 'h' -> {
                    usage(context.out());
                    return 0;
                }
                default -> {
                    // The rest only changes how things are shown.
                }
            }
            if (!problem.isEmpty()) {
                context.err().println(problem);
                return EXIT_FAILURE;
            }
        }
        if (options.problem() != null) {
            context.err().println(options.problem());
            usage(context.out());
            return EXIT_FAILURE;
        }
        ClusterConnection cluster = context.cluster();
        if (cluster == null) {
            context.err().println("Cannot initialize CMAP service");
            return EXIT_FAILURE;
        }
        return run(context, cluster, command, votes, node, options);
    }

    private static int run(
            ToolContext context,
            ClusterConnection cluster,
            char command,
            int votes,
            int node,
            GetOpt options) {
        try {
            QuorumStatus status = cluster.call(new QuorumQuery(), TIMEOUT);
            QuorumPrinter printer = new QuorumPrinter(context, options);
            return switch (command) {
                case 'e' ->
                        order(
                                context,
                                cluster,
                                new SetExpectedVotes(votes),
                                "You cannot change expected votes, corosync is not using votequorum",
                                "Unable to set expected votes: ");
                case 'v' -> {
                    int whose = node == 0 ? status.localNode() : node;
                    yield order(
                            context,
                            cluster,
                            new SetVotes(whose, votes),
                            "You cannot change node votes, corosync is not using votequorum",
                            "Unable to set votes %d for nodeid: %s: "
                                    .formatted(votes, Integer.toUnsignedString(whose)));
                }
                case 'f' ->
                        order(
                                context,
                                cluster,
                                new UnregisterDevice(),
                                "You cannot unregister quorum device, corosync is not using votequorum",
                                "Unable to unregister quorum device: ");
                case 'l' -> {
                    printer.members(status);
                    yield 0;
                }
                case 'm' -> monitor(context, cluster, printer, status);
                default -> {
                    printer.all(status);
                    yield status.quorate() ? 0 : EXIT_NOT_QUORATE;
                }
            };
        } catch (RequestRefused e) {
            context.err().println("Unable to get cluster quorate status: " + e.getMessage());
            return EXIT_FAILURE;
        }
    }

    private static int order(
            ToolContext context,
            ClusterConnection cluster,
            ControlRequest<?> request,
            String withoutVotequorum,
            String failure)
            throws RequestRefused {
        if (cluster.call(new QuorumQuery(), TIMEOUT).provider().isEmpty()) {
            context.err().println(withoutVotequorum);
            return EXIT_FAILURE;
        }
        try {
            cluster.call(request, TIMEOUT);
            return 0;
        } catch (RequestRefused e) {
            if (e.refusal().reason() != Reason.INVALID) {
                throw e;
            }
            context.err().println(failure + e.refusal().message());
            return EXIT_FAILURE;
        }
    }

    /** Prints the status now and at each change, until the daemon or the user ends it. */
    private static int monitor(
            ToolContext context,
            ClusterConnection cluster,
            QuorumPrinter printer,
            QuorumStatus first)
            throws RequestRefused {
        QuorumStatus shown = first;
        if (first.provider().isEmpty()) {
            context.out().println();
            context.out().println("Quorum is not configured - cannot monitor");
            printer.all(first);
            return 0;
        }
        printer.all(first);
        context.out().println();
        while (!context.out().checkError()) {
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return EXIT_FAILURE;
            }
            QuorumStatus now = cluster.call(new QuorumQuery(), TIMEOUT);
            if (!now.equals(shown)) {
                shown = now;
                printer.all(now);
                context.out().println();
            }
        }
        return EXIT_FAILURE;
    }

    private static void usage(PrintStream out) {
        out.println("usage: " + NAME + " [-s | -l | -m | -e VOTES | -v VOTES [-n ID] | -f]");
        out.println("                            [-H] [-i] [-a] [-p] [-o a|i|n] | -V | -h");
        out.println();
        out.println("  -s        quorum, votes and members (the default)");
        out.println("  -l        members only");
        out.println("  -m        as -s, again at each change");
        out.println("  -e VOTES  set the number of expected votes");
        out.println("  -v VOTES  set the votes of this node, or with -n of another one");
        out.println("  -n ID     the node that -v is about");
        out.println("  -f        forget the quorum device by force (dangerous)");
        out.println("  -H        node ids in hexadecimal");
        out.println("  -i        addresses instead of names");
        out.println("  -a        all names and addresses");
        out.println("  -p        columns that do not depend on what there is");
        out.println("  -o ORDER  members by a(ddress), i(d) or n(ame)");
        out.println("  -V        version");
    }
}
