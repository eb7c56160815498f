package org.holdfast.tools.corosync;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ClusterRequest.LinkQuery;
import org.holdfast.controlapi.ClusterRequest.ReloadConfiguration;
import org.holdfast.controlapi.ControlAnswer.Link;
import org.holdfast.controlapi.ControlAnswer.LinkPeer;
import org.holdfast.controlapi.ControlAnswer.LinkStatus;
import org.holdfast.controlapi.ManagerRequest.ShutDown;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;

/** {@code corosync-cfgtool} (corosync-cfgtool(8)). */
public final class CfgTool implements Tool {

    private static final String NAME = "corosync-cfgtool";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int EXIT_FAILURE = 1;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int run(ToolContext context) {
        List<String> arguments = new ArrayList<>(context.arguments());
        arguments.remove("--force");
        GetOpt options = GetOpt.parse(NAME, "i:snbrRLk:a:hH", arguments);
        if (options.problem() != null) {
            context.err().println(options.problem());
            usage(context.out());
            return EXIT_FAILURE;
        }
        ClusterConnection cluster = context.cluster();
        boolean asks =
                options.has('s')
                        || options.has('n')
                        || options.has('R')
                        || options.has('H')
                        || options.has('a');
        if (!asks) {
            usage(context.out());
            return options.has('h') ? 0 : EXIT_FAILURE;
        }
        if (cluster == null) {
            context.err().println("Could not initialize corosync configuration API error 2");
            return EXIT_FAILURE;
        }
        try {
            return run(context, cluster, options);
        } catch (RequestRefused e) {
            context.err().println("Could not get the answer: " + e.getMessage());
            return EXIT_FAILURE;
        }
    }

    private static int run(ToolContext context, ClusterConnection cluster, GetOpt options)
            throws RequestRefused {
        PrintStream out = context.out();
        if (options.has('R')) {
            out.println("Reloading corosync.conf...");
            cluster.call(new ReloadConfiguration(), TIMEOUT);
            out.println("Done");
            return 0;
        }
        if (options.has('H')) {
            out.println("Shutting down corosync");
            cluster.call(new ShutDown(List.of()), TIMEOUT);
            return 0;
        }
        LinkStatus status = cluster.call(new LinkQuery(), TIMEOUT);
        if (options.has('a')) {
            return printAddresses(context, status, options.value('a'));
        }
        out.println(
                "Local node ID "
                        + Integer.toUnsignedString(status.localNode())
                        + ", transport "
                        + status.transport());
        if (options.has('n')) {
            printByNode(out, status);
        } else {
            status.links().forEach(link -> printLink(out, status, link, options.has('b')));
        }
        return 0;
    }

    private static int printAddresses(ToolContext context, LinkStatus status, String node) {
        List<String> addresses = new ArrayList<>();
        for (Link link : status.links()) {
            for (LinkPeer peer : link.peers()) {
                if (Integer.toUnsignedString(peer.id()).equals(node)) {
                    addresses.add(peer.address());
                }
            }
        }
        if (addresses.isEmpty()) {
            context.err().println("Could not get the addresses of node " + node);
            return EXIT_FAILURE;
        }
        context.out().println(String.join(" ", addresses));
        return 0;
    }

    private static void printLink(PrintStream out, LinkStatus status, Link link, boolean brief) {
        out.println("LINK ID " + link.number() + " " + protocol(status));
        out.println("\taddr\t= " + link.address());
        if (brief) {
            StringBuilder marks = new StringBuilder();
            for (LinkPeer peer : link.peers()) {
                int mark = (peer.enabled() ? 1 : 0) | (peer.connected() ? 2 : 0);
                marks.append(peer.id() == status.localNode() ? "n" : Integer.toString(mark));
            }
            out.println("\tstatus\t= " + marks);
            return;
        }
        out.println("\tstatus:");
        for (LinkPeer peer : link.peers()) {
            String state =
                    peer.id() == status.localNode()
                            ? "localhost"
                            : peer.connected() ? "connected" : "disconnected";
            out.println(
                    "\t\tnodeid: "
                            + "%3s".formatted(Integer.toUnsignedString(peer.id()))
                            + ":\t"
                            + state);
        }
    }

    /** What a knet link runs over; the other transports have but one way. */
    private static String protocol(LinkStatus status) {
        return status.transport().equals("knet") ? "udp" : "";
    }

    private static void printByNode(PrintStream out, LinkStatus status) {
        List<Integer> nodes = new ArrayList<>();
        for (Link link : status.links()) {
            for (LinkPeer peer : link.peers()) {
                boolean reachable = peer.connected() && peer.id() != status.localNode();
                if (reachable && !nodes.contains(peer.id())) {
                    nodes.add(peer.id());
                }
            }
        }
        nodes.sort(Integer::compareUnsigned);
        for (int node : nodes) {
            out.println("nodeid: " + Integer.toUnsignedString(node) + " reachable");
            for (Link link : status.links()) {
                for (LinkPeer peer : link.peers()) {
                    if (peer.id() == node && peer.enabled()) {
                        out.println(describe(status, link, peer));
                    }
                }
            }
            out.println();
        }
    }

    private static String describe(LinkStatus status, Link link, LinkPeer peer) {
        boolean knet = status.transport().equals("knet");
        return "   LINK: "
                + link.number()
                + " "
                + protocol(status)
                + " ("
                + (knet ? link.address() + "->" : "")
                + peer.address()
                + ") enabled"
                + (peer.connected() ? " connected" : "")
                + " mtu: "
                + peer.mtu();
    }

    private static void usage(PrintStream out) {
        out.println("usage: " + NAME + " [-s [-b] | -n | -a NODEID | -R | -H | -h]");
        out.println();
        out.println("  -s         links of this node (-b: one mark for each node)");
        out.println("  -n         nodes that are reached, with their links");
        out.println("  -a NODEID  addresses of a node");
        out.println("  -R         make all nodes read corosync.conf again");
        out.println("  -H         stop the cluster on this node");
    }
}
