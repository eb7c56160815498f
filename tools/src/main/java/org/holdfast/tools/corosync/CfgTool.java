package org.holdfast.tools.corosync;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ClusterRequest.KillNode;
import org.holdfast.controlapi.ClusterRequest.LinkQuery;
import org.holdfast.controlapi.ClusterRequest.ReloadConfiguration;
import org.holdfast.controlapi.ControlAnswer.Link;
import org.holdfast.controlapi.ControlAnswer.LinkPeer;
import org.holdfast.controlapi.ControlAnswer.LinkStatus;
import org.holdfast.controlapi.ControlAnswer.Reason;
import org.holdfast.controlapi.DaemonRequest.EndDaemon;
import org.holdfast.controlapi.DaemonRequest.ReopenLogs;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;

/** {@code corosync-cfgtool} (corosync-cfgtool(8)). */
public final class CfgTool implements Tool {

    private static final String NAME = "corosync-cfgtool";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int EXIT_FAILURE = 1;

    /** The number of CS_ERR_INVALID_PARAM. */
    private static final int EXIT_INVALID = 7;

    private static final long UINT_MAX = 0xFFFF_FFFFL;

    /** {@code --force} has no letter. */
    private static final String FORCE = "\u0001";

    private static final Map<String, String> LONG_NAMES =
            Map.of(
                    "if", "i",
                    "status", "s",
                    "nodes", "n",
                    "brief", "b",
                    "reload", "R",
                    "reopen", "L",
                    "kill", "k",
                    "address", "a",
                    "shutdown", "H",
                    "force", FORCE);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int run(ToolContext context) {
        GetOpt options =
                GetOpt.parse(NAME, "i:snbrRLk:a:hH" + FORCE, LONG_NAMES, context.arguments());
        char action = ' ';
        int node = 0;
        for (GetOpt.Option option : options.all()) {
            switch (option.letter()) {
                case 's', 'n', 'R', 'L', 'H' -> action = option.letter();
                case 'k', 'a' -> {
                    OptionalLong id = GetOpt.number(option.value(), 1, UINT_MAX);
                    if (id.isEmpty()) {
                        context.err().println("The nodeid was not valid, try a positive number");
                        return EXIT_FAILURE;
                    }
                    action = option.letter();
                    node = (int) id.getAsLong();
                }
                default -> {
                    // The rest changes how things are shown, or nothing.
                }
            }
        }
        if (options.problem() != null) {
            context.err().println(options.problem());
            return EXIT_FAILURE;
        }
        if (action == ' ') {
            usage(context.out());
            return 0;
        }
        return run(context, action, node, options.has('b'));
    }

    private static int run(ToolContext context, char action, int node, boolean brief) {
        announce(context.out(), action, node);
        ClusterConnection cluster = context.cluster();
        if (cluster == null) {
            boolean named = action == 'R' || action == 'L';
            context.err()
                    .println(
                            "Could not initialize corosync configuration API error "
                                    + (named ? "CS_ERR_LIBRARY" : "2"));
            return EXIT_FAILURE;
        }
        try {
            return run(context, cluster, action, node, brief);
        } catch (RequestRefused e) {
            context.err().println("Could not get the answer: " + e.getMessage());
            return EXIT_FAILURE;
        }
    }

    /** What is said before it is known whether a daemon is there. */
    private static void announce(PrintStream out, char action, int node) {
        switch (action) {
            case 'R' -> out.println("Reloading corosync.conf...");
            case 'k' -> out.println("Killing node " + Integer.toUnsignedString(node));
            default -> {
                // The others have something to show first.
            }
        }
    }

    private static int run(
            ToolContext context, ClusterConnection cluster, char action, int node, boolean brief)
            throws RequestRefused {
        PrintStream out = context.out();
        switch (action) {
            case 'R' -> {
                return reload(context, cluster);
            }
            case 'L' -> cluster.call(new ReopenLogs(), TIMEOUT);
            case 'H' -> {
                out.println("Shutting down corosync");
                cluster.call(new EndDaemon("asked by " + NAME), TIMEOUT);
            }
            case 'k' -> {
                return kill(context, cluster, node);
            }
            case 'a' -> {
                return printAddresses(context, cluster.call(new LinkQuery(), TIMEOUT), node);
            }
            default -> {
                LinkStatus status = cluster.call(new LinkQuery(), TIMEOUT);
                out.println(
                        "Local node ID "
                                + Integer.toUnsignedString(status.localNode())
                                + ", transport "
                                + status.transport());
                if (action == 'n') {
                    printByNode(out, status);
                } else {
                    status.links().forEach(link -> printLink(out, status, link, brief));
                }
            }
        }
        return 0;
    }

    private static int reload(ToolContext context, ClusterConnection cluster)
            throws RequestRefused {
        try {
            cluster.call(new ReloadConfiguration(), TIMEOUT);
            context.out().println("Done");
            return 0;
        } catch (RequestRefused e) {
            if (e.refusal().reason() != Reason.INVALID) {
                throw e;
            }
            context.err().println("Could not reload configuration. Error CS_ERR_INVALID_PARAM");
            context.err().println(e.getMessage());
            return EXIT_INVALID;
        }
    }

    private static int kill(ToolContext context, ClusterConnection cluster, int node)
            throws RequestRefused {
        try {
            cluster.call(new KillNode(node, "Killed by " + NAME), TIMEOUT);
            return 0;
        } catch (RequestRefused e) {
            if (e.refusal().reason() != Reason.NOT_FOUND) {
                throw e;
            }
            context.err().println("Could not kill node (error = " + e.getMessage() + ")");
            return EXIT_FAILURE;
        }
    }

    private static int printAddresses(ToolContext context, LinkStatus status, int node) {
        List<String> addresses = new ArrayList<>();
        for (Link link : status.links()) {
            for (LinkPeer peer : link.peers()) {
                if (peer.id() == node) {
                    addresses.add(peer.address());
                }
            }
        }
        if (addresses.isEmpty()) {
            context.err().println("Could not get node address for nodeid " + node);
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
                            + "%10s".formatted(Integer.toUnsignedString(peer.id()))
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
        out.println(
                NAME + " [-s [-b] [-i LINK] | -n | -a ID | -R | -L | -k ID | -H [--force] | -h]");
        out.println();
        out.println("  -s, --status      links of this node (-b, --brief: one mark for each node)");
        out.println("  -i, --if LINK     taken and ignored, as by Corosync 3");
        out.println("  -n, --nodes       nodes that are reached, with their links");
        out.println("  -a, --address ID  addresses of a node");
        out.println("  -R, --reload      make all nodes read corosync.conf again");
        out.println("  -L, --reopen      open the log files again");
        out.println("  -k, --kill ID     make a node's daemon end at once");
        out.println("  -H, --shutdown    stop the cluster on this node");
    }
}
