package org.holdfast.tools.corosync;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ClusterRequest.GroupQuery;
import org.holdfast.controlapi.ClusterRequest.LinkQuery;
import org.holdfast.controlapi.ControlAnswer.Group;
import org.holdfast.controlapi.ControlAnswer.GroupMember;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;

/** {@code corosync-cpgtool} (corosync-cpgtool(8)). */
public final class CpgTool implements Tool {

    private static final String NAME = "corosync-cpgtool";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int EXIT_FAILURE = 1;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int run(ToolContext context) {
        GetOpt options = GetOpt.parse(NAME, "hd:ne", context.arguments());
        PrintStream out = context.out();
        if (options.has('h')) {
            out.println("usage: " + NAME + " [-d DELIMITER] [-n] [-e] [-h]");
            out.println();
            out.println("  -d DELIMITER  one line a member, fields separated so");
            out.println("  -n            names of the groups only");
            out.println("  -e            unprintable bytes of names as they are");
            return 0;
        }
        if (options.problem() != null) {
            context.err().println(options.problem());
            return EXIT_FAILURE;
        }
        ClusterConnection cluster = context.cluster();
        if (cluster == null) {
            context.err().println("Could not initialize corosync cpg API error 2");
            return EXIT_FAILURE;
        }
        try {
            List<Group> groups =
                    cluster.call(new GroupQuery(), TIMEOUT).groups().stream()
                            .map(group ->
                                    options.has('e')
                                            ? group
                                            : new Group(escaped(group.name()), group.members()))
                            .toList();
            String delimiter =
                    options.value('d').isEmpty() ? "" : options.value('d').substring(0, 1);
            if (options.has('n')) {
                printNames(out, groups, delimiter);
            } else if (delimiter.isEmpty()) {
                printTable(out, groups, addresses(cluster));
            } else {
                printFields(out, groups, delimiter);
            }
            return 0;
        } catch (RequestRefused e) {
            context.err().println("Could not get the groups: " + e.getMessage());
            return EXIT_FAILURE;
        }
    }

    /**
     * A name with its unprintable bytes as numbers. The names of Pacemaker's groups end with a
     * zero.
     */
    private static String escaped(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\') {
                text.append("\\\\");
            } else if (c >= ' ' && c < 0x7F) {
                text.append(c);
            } else {
                // As printf(3) shows a signed char.
                text.append("\\x%02X".formatted((int) (byte) c));
            }
        }
        return text.toString();
    }

    private static Map<Integer, String> addresses(ClusterConnection cluster) throws RequestRefused {
        Map<Integer, String> addresses = new LinkedHashMap<>();
        cluster.call(new LinkQuery(), TIMEOUT)
                .links()
                .forEach(link ->
                        link.peers()
                                .forEach(peer ->
                                        addresses.merge(
                                                peer.id(), peer.address(), (a, b) -> a + " " + b)));
        return addresses;
    }

    private static void printNames(PrintStream out, List<Group> groups, String delimiter) {
        if (delimiter.isEmpty()) {
            groups.forEach(group -> out.println(group.name()));
        } else {
            groups.forEach(group -> out.print(group.name() + delimiter));
            out.println();
        }
    }

    private static void printTable(
            PrintStream out, List<Group> groups, Map<Integer, String> addresses) {
        out.println("Group Name\t%10s\t%10s".formatted("PID", "Node ID"));
        for (Group group : groups) {
            out.println(group.name());
            for (GroupMember member : group.members()) {
                out.println(
                        "\t\t%10s\t%10s (%s)"
                                .formatted(
                                        Integer.toUnsignedString(member.pid()),
                                        Integer.toUnsignedString(member.node()),
                                        addresses.getOrDefault(member.node(), "")));
            }
        }
    }

    private static void printFields(PrintStream out, List<Group> groups, String delimiter) {
        out.println("GRP_NAME" + delimiter + "PID" + delimiter + "NODEID");
        for (Group group : groups) {
            for (GroupMember member : group.members()) {
                out.println(
                        group.name()
                                + delimiter
                                + Integer.toUnsignedString(member.pid())
                                + delimiter
                                + Integer.toUnsignedString(member.node()));
            }
        }
    }
}
