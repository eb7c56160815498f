package org.holdfast.tools.corosync;

import java.io.PrintStream;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.holdfast.controlapi.ControlAnswer.QuorumDevice;
import org.holdfast.controlapi.ControlAnswer.QuorumMember;
import org.holdfast.controlapi.ControlAnswer.QuorumStatus;
import org.holdfast.tools.ToolContext;

/** Prints quorum, votes and members in the layout of corosync-quorumtool. */
final class QuorumPrinter {

    private final ToolContext context;
    private final PrintStream out;
    private final boolean hexadecimal;
    private final boolean addresses;
    private final boolean parsable;
    private final String order;

    QuorumPrinter(ToolContext context, GetOpt options) {
        this.context = context;
        this.out = context.out();
        this.hexadecimal = options.has('H');
        this.addresses = options.has('i');
        this.parsable = options.has('p');
        this.order = options.value('o');
    }

    void all(QuorumStatus status) {
        ZonedDateTime now = ZonedDateTime.ofInstant(context.clock().instant(), zone(context));
        out.println("Quorum information");
        out.println("------------------");
        out.println("Date:             " + ctime(now));
        out.println(
                "Quorum provider:  "
                        + (status.provider().isEmpty() ? "Not configured" : status.provider()));
        out.println("Nodes:            " + status.members().size());
        out.println(
                "Node ID:          "
                        + (hexadecimal
                                ? "0x%08x".formatted(status.localNode())
                                : Integer.toUnsignedString(status.localNode())));
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
        members(status);
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

    void members(QuorumStatus status) {
        boolean votes = !status.provider().isEmpty();
        boolean device = votes && (status.device() != null || parsable);
        out.println();
        out.println("Membership information");
        out.println("----------------------");
        out.println(
                "    Nodeid "
                        + (votes ? "     Votes " : "")
                        + (device ? "   Qdevice " : "")
                        + "Name");
        for (QuorumMember member : sorted(status)) {
            out.println(
                    id(member.id())
                            + (votes ? padded(member.votes()) : "")
                            + (device
                                    ? "%10s "
                                            .formatted(
                                                    member.device().isEmpty()
                                                            ? "NR"
                                                            : member.device())
                                    : "")
                            + name(member)
                            + (votes && member.id() == status.localNode() ? " (local)" : ""));
        }
        if (status.device() != null) {
            device(status.device());
        }
    }

    /** Votes that are not given to this node are shown beside a zero. */
    private void device(QuorumDevice device) {
        out.println(
                id(0)
                        + padded(device.castsVote() ? device.votes() : 0)
                        + "           "
                        + device.name()
                        + (device.castsVote() ? "" : " (votes " + device.votes() + ")"));
    }

    private String id(int id) {
        return hexadecimal ? "0x%08x ".formatted(id) : padded(id);
    }

    private static String padded(int number) {
        return "%10s ".formatted(Integer.toUnsignedString(number));
    }

    /** A node with one link has one name, so there are no further ones to show (-a). */
    private String name(QuorumMember member) {
        return addresses ? member.address() : member.name();
    }

    private List<QuorumMember> sorted(QuorumStatus status) {
        Comparator<QuorumMember> comparator =
                switch (order) {
                    case "n" -> Comparator.comparing(this::name);
                    // The real tool compares node ids as signed numbers.
                    case "i" -> Comparator.comparingInt(QuorumMember::id);
                    default -> (a, b) -> Integer.compareUnsigned(a.id(), b.id());
                };
        return status.members().stream().sorted(comparator).toList();
    }
}
