package org.holdfast.tools.corosync;

import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ClusterRequest.QuorumQuery;
import org.holdfast.controlapi.ClusterRequest.SetExpectedVotes;
import org.holdfast.controlapi.ControlAnswer.QuorumMember;
import org.holdfast.controlapi.ControlAnswer.QuorumStatus;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;

/** {@code corosync-quorumtool} (corosync-quorumtool(8)). */
public final class QuorumTool implements Tool {

    private static final String NAME = "corosync-quorumtool";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int EXIT_FAILURE = 1;
    private static final int EXIT_NOT_QUORATE = 2;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int run(ToolContext context) {
        GetOpt options = GetOpt.parse(NAME, "VHaslpmfe:v:hin:o:W:X:C", context.arguments());
        if (options.problem() != null) {
            context.err().println(options.problem());
            usage(context.out());
            return EXIT_FAILURE;
        }
        if (options.has('h')) {
            usage(context.out());
            return 0;
        }
        if (options.has('V')) {
            context.out().println(NAME + " version: 3.1.7");
            return 0;
        }
        ClusterConnection cluster = context.cluster();
        if (cluster == null) {
            context.err().println("Cannot initialize CMAP service");
            return EXIT_FAILURE;
        }
        try {
            if (options.has('e')) {
                return setExpected(context, cluster, options.value('e'));
            }
            QuorumStatus status = cluster.call(new QuorumQuery(), TIMEOUT);
            if (options.has('l')) {
                printMembers(context.out(), status, options);
                return 0;
            }
            print(context, status, options);
            return status.quorate() ? 0 : EXIT_NOT_QUORATE;
        } catch (RequestRefused e) {
            context.err().println("Unable to get cluster quorate status: " + e.getMessage());
            return EXIT_FAILURE;
        }
    }

    private static int setExpected(ToolContext context, ClusterConnection cluster, String text)
            throws RequestRefused {
        int votes;
        try {
            votes = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            votes = 0;
        }
        if (votes < 1) {
            context.err().println("New expected votes value was not valid, try a positive number");
            return EXIT_FAILURE;
        }
        cluster.call(new SetExpectedVotes(votes), TIMEOUT);
        return 0;
    }

    private static void print(ToolContext context, QuorumStatus status, GetOpt options) {
        PrintStream out = context.out();
        ZonedDateTime now = ZonedDateTime.ofInstant(context.clock().instant(), zone(context));
        out.println("Quorum information");
        out.println("------------------");
        out.println("Date:             " + ctime(now));
        out.println(
                "Quorum provider:  "
                        + (status.provider().isEmpty() ? "Not configured" : status.provider()));
        out.println("Nodes:            " + status.members().size());
        out.println("Node ID:          " + nodeId(status.localNode(), options));
        out.println("Ring ID:          " + status.ring());
        out.println("Quorate:          " + (status.quorate() ? "Yes" : "No"));
        if (status.provider().isEmpty()) {
            return;
        }
        out.println();
        out.println("Votequorum information");
        out.println("----------------------");
        out.println("Expected votes:   " + status.expectedVotes());
        out.println("Highest expected: " + status.highestExpected());
        out.println("Total votes:      " + status.totalVotes());
        out.println(
                "Quorum:           "
                        + status.quorumVotes()
                        + " "
                        + (status.quorate() ? " " : "Activity blocked"));
        StringBuilder flags = new StringBuilder();
        status.flags().forEach(flag -> flags.append(flag).append(' '));
        out.println("Flags:            " + flags);
        printMembers(out, status, options);
    }

    /** The time zone that the user's environment names, else this machine's. */
    private static ZoneId zone(ToolContext context) {
        String name = context.environment().getOrDefault("TZ", "");
        try {
            return name.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (java.time.DateTimeException e) {
            return ZoneId.systemDefault();
        }
    }

    /** As ctime(3) writes it. */
    private static String ctime(ZonedDateTime time) {
        return DateTimeFormatter.ofPattern("EEE MMM ", Locale.ROOT).format(time)
                + "%2d".formatted(time.getDayOfMonth())
                + DateTimeFormatter.ofPattern(" HH:mm:ss yyyy", Locale.ROOT).format(time);
    }

    private static String nodeId(int id, GetOpt options) {
        return options.has('H') ? "0x%08x".formatted(id) : Integer.toUnsignedString(id);
    }

    private static void printMembers(PrintStream out, QuorumStatus status, GetOpt options) {
        out.println();
        out.println("Membership information");
        out.println("----------------------");
        boolean qdevice = status.flags().contains("Qdevice");
        out.println("    Nodeid      Votes" + (qdevice ? "    Qdevice" : "") + " Name");
        for (QuorumMember member : sorted(status, options)) {
            String id =
                    options.has('H')
                            ? "0x%08x".formatted(member.id())
                            : "%10s".formatted(Integer.toUnsignedString(member.id()));
            String name = options.has('i') ? member.address() : member.name();
            out.println(
                    id
                            + " %10d".formatted(member.votes())
                            + (qdevice ? "         NR" : "")
                            + " "
                            + name
                            + (member.id() == status.localNode() ? " (local)" : ""));
        }
    }

    private static List<QuorumMember> sorted(QuorumStatus status, GetOpt options) {
        Comparator<QuorumMember> byId = (a, b) -> Integer.compareUnsigned(a.id(), b.id());
        Comparator<QuorumMember> order =
                options.value('o').equals("n") ? Comparator.comparing(QuorumMember::name) : byId;
        return status.members().stream().sorted(order).toList();
    }

    private static void usage(PrintStream out) {
        out.println("usage: " + NAME + " [-s | -l | -e VOTES | -V | -h] [-H] [-i] [-o i|n]");
        out.println();
        out.println("  -s        quorum, votes and members (the default)");
        out.println("  -l        members only");
        out.println("  -e VOTES  set the number of expected votes");
        out.println("  -H        node ids in hexadecimal");
        out.println("  -i        addresses instead of names");
        out.println("  -o ORDER  members by i(d) or n(ame)");
        out.println("  -V        version");
    }
}
