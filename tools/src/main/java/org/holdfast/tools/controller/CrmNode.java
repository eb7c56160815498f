package org.holdfast.tools.controller;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.value.IntegerText;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ClusterRequest;
import org.holdfast.controlapi.ControlAnswer.ControllerStatus;
import org.holdfast.controlapi.ControlAnswer.Peer;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.scheduler.model.NaturalOrder;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.CrmTool;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.OptionSpec;
import org.holdfast.tools.crm.frame.Refusals;
import org.holdfast.tools.crm.frame.UsageException;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/** crm_node(8): what the cluster knows of its nodes; makes it forget one. */
public final class CrmNode extends CrmTool {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String REMOVE = "remove";

    /** The command. */
    public CrmNode() {
        super("crm_node");
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return true;
    }

    @Override
    protected OptionSpec options() {
        return new OptionSpec("Show what the cluster knows of its nodes")
                .helpOn("additional", "commands", "output")
                .glued("NR")
                .flag("quiet", 'Q', "Say less")
                .flag("cluster-id", 'i', "This node's id")
                .flag("list", 'l', "All known nodes, past and present")
                .flag("name", 'n', "This node's name")
                .flag("partition", 'p', "The nodes of this partition")
                .flag("quorum", 'q', "1 if this partition has quorum, else 0")
                .value("name-for-id", 'N', "ID", "The name of the node with an id")
                .value(REMOVE, 'R', "NAME", "Make the cluster forget a node that is gone")
                .flag("force", 'f', "Do what is dangerous")
                .flag("corosync", 'C', "")
                .withOutput();
    }

    @Override
    protected int noOutputExitCode(int rc) {
        return Rc.exitCode(rc);
    }

    @Override
    protected int run(Invocation call) throws UsageException {
        String command = null;
        String value = null;
        for (Arguments.Given option : call.arguments().given()) {
            switch (option.name()) {
                case "cluster-id", "list", "name", "partition", "quorum", "name-for-id", REMOVE -> {
                    command = option.name();
                    value = option.value();
                }
                default -> {
                    // looked up where it matters
                }
            }
        }
        if (command == null) {
            call.out().error(options().help(name()));
            return ExitCode.USAGE;
        }
        if (call.has(REMOVE) && !call.has("force")) {
            throw new UsageException(
                    ExitCode.USAGE,
                    "The supplied command is considered dangerous.  To prevent accidental"
                            + " destruction of the cluster, the --force flag is required in order"
                            + " to proceed.");
        }
        // --quiet is known and has no effect, as in the real command.
        String here = call.environment("OCF_RESKEY_CRM_meta_on_node");
        boolean local =
                command.equals("name")
                        || command.equals("name-for-id") && nodeId(String.valueOf(value)) == 0;
        if (local && here != null) {
            showName(call, here);
            return ExitCode.OK;
        }
        return withCluster(call, command, String.valueOf(value));
    }

    private static int withCluster(Invocation call, String command, String value)
            throws UsageException {
        ClusterConnection cluster = call.context().cluster();
        int code = Rc.ECONNREFUSED;
        if (cluster != null) {
            try {
                return answer(call, cluster, command, value);
            } catch (RequestRefused e) {
                code = Refusals.returnCode(e);
            }
        }
        String why = Rc.describe(code);
        throw new UsageException(
                Rc.exitCode(code),
                switch (command) {
                    case "list", "partition" -> "Could not connect to controller: " + why;
                    case REMOVE ->
                            "Could not purge node %s from controller: %s"
                                    .formatted(isId(value) ? "by ID" : value, why);
                    default -> "";
                });
    }

    private static int answer(
            Invocation call, ClusterConnection cluster, String command, String value)
            throws RequestRefused {
        if (command.equals(REMOVE)) {
            cluster.call(new ManagerRequest.ForgetNode(nameOf(cluster, value)), TIMEOUT);
            return ExitCode.OK;
        }
        if (command.equals("quorum")) {
            showQuorum(call, cluster.call(new ClusterRequest.QuorumQuery(), TIMEOUT).quorate());
            return ExitCode.OK;
        }
        ControllerStatus status = cluster.call(new ManagerRequest.ControllerQuery(), TIMEOUT);
        switch (command) {
            case "list" -> showList(call, status);
            case "partition" -> showPartition(call, status);
            case "cluster-id" -> {
                Peer self = peer(status, status.localNode());
                if (self == null) {
                    return unknown(call);
                }
                showId(call, Integer.toUnsignedString(self.id()));
            }
            case "name-for-id" -> {
                long id = nodeId(value);
                Peer peer = id == 0 ? peer(status, status.localNode()) : peerWithId(status, id);
                if (peer == null) {
                    return unknown(call);
                }
                showName(call, peer.name());
            }
            default -> showName(call, status.localNode());
        }
        return ExitCode.OK;
    }

    /** The id that a user typed; what is none is 0, which is this node. */
    private static long nodeId(String text) {
        return Math.clamp(IntegerText.valueOf(text, 0), 0, Integer.MAX_VALUE);
    }

    private static int unknown(Invocation call) {
        call.out().error("Node is not known to cluster");
        return Rc.exitCode(Rc.NODE_UNKNOWN);
    }

    private static @Nullable Peer peer(ControllerStatus status, String name) {
        return status.peers().stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Peer peerWithId(ControllerStatus status, long id) {
        return status.peers().stream()
                .filter(peer -> Integer.toUnsignedLong(peer.id()) == id)
                .findFirst()
                .orElse(null);
    }

    /** Whether a text is a number above 0 and nothing else behind it. */
    private static boolean isId(String text) {
        IntegerText number = IntegerText.read(text, 0);
        return number.ok() && number.value() > 0 && number.end() == text.length();
    }

    /** The name of a node given by name or number. */
    private static String nameOf(ClusterConnection cluster, String text) throws RequestRefused {
        if (!isId(text)) {
            return text;
        }
        Peer peer =
                peerWithId(
                        cluster.call(new ManagerRequest.ControllerQuery(), TIMEOUT),
                        IntegerText.valueOf(text, 0));
        return peer == null ? text : peer.name();
    }

    // --- output

    private static void showId(Invocation call, String id) {
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.add("node-info").set("nodeid", id);
        } else {
            call.out().info(id);
        }
    }

    private static void showName(Invocation call, String name) {
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.add("node-info").set("nodeid", "0").set("uname", name);
        } else {
            call.out().info(name);
        }
    }

    private static void showQuorum(Invocation call, boolean quorate) {
        XmlOutput xml = call.out().xml();
        if (xml != null) {
            xml.add("cluster-info").set("quorum", "" + quorate);
        } else {
            call.out().info(quorate ? "1" : "0");
        }
    }

    private static List<Peer> sorted(ControllerStatus status) {
        return status.peers().stream()
                .sorted(Comparator.comparing(Peer::name, NaturalOrder::compare))
                .toList();
    }

    private static String state(Peer peer) {
        return peer.member() ? "member" : "lost";
    }

    private static void showList(Invocation call, ControllerStatus status) {
        if (call.out().xml() != null) {
            showElements(call, sorted(status));
            return;
        }
        for (Peer peer : sorted(status)) {
            String id = Integer.toUnsignedString(peer.id());
            call.out().info(id + " " + peer.name() + " " + state(peer));
        }
    }

    private static void showPartition(Invocation call, ControllerStatus status) {
        List<Peer> members = sorted(status).stream().filter(Peer::member).toList();
        if (call.out().xml() != null) {
            showElements(call, members);
            return;
        }
        String names = members.stream().map(Peer::name).collect(Collectors.joining(" "));
        if (!names.isEmpty()) {
            call.out().info(names);
        }
    }

    private static void showElements(Invocation call, List<Peer> peers) {
        XmlOutput xml = call.out().xml();
        if (xml == null) {
            return;
        }
        XmlNode nodes = xml.add("nodes");
        for (Peer peer : peers) {
            nodes.add("node")
                    .set("id", Integer.toUnsignedString(peer.id()))
                    .set("name", peer.name())
                    .set("state", state(peer));
        }
    }
}
