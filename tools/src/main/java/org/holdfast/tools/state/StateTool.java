package org.holdfast.tools.state;

import java.io.PrintStream;
import java.time.Duration;
import org.holdfast.cib.document.Element;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ClusterRequest.QuorumQuery;
import org.holdfast.controlapi.ControlAnswer.ControllerStatus;
import org.holdfast.controlapi.ControlAnswer.QuorumStatus;
import org.holdfast.controlapi.ManagerRequest.CibOperation;
import org.holdfast.controlapi.ManagerRequest.ControllerQuery;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;
import org.jspecify.annotations.Nullable;

/**
 * {@code holdfast-state}: prints one fact a line, {@code key value...}. What cannot be found out is
 * left out.
 *
 * <pre>
 * ring 1.4
 * quorate yes
 * member 1 node1
 * dc node1
 * idle yes
 * resource web node2
 * </pre>
 */
public final class StateTool implements Tool {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int EX_UNAVAILABLE = 69;

    @Override
    public String name() {
        return "holdfast-state";
    }

    @Override
    public int run(ToolContext context) {
        ClusterConnection cluster = context.cluster();
        if (cluster == null) {
            context.err().println("holdfast-state: the cluster is not running on this node");
            return EX_UNAVAILABLE;
        }
        PrintStream out = context.out();
        try {
            print(out, cluster.call(new QuorumQuery(), TIMEOUT));
            print(out, cluster.call(new ControllerQuery(), TIMEOUT));
            print(out, cluster.call(CibOperation.queryAll(), TIMEOUT).output());
            return 0;
        } catch (RequestRefused e) {
            context.err().println("holdfast-state: " + e.getMessage());
            return EX_UNAVAILABLE;
        }
    }

    private static void print(PrintStream out, QuorumStatus quorum) {
        out.println("ring " + quorum.ring());
        out.println("quorate " + yesNo(quorum.quorate()));
        out.println("votes " + quorum.totalVotes() + " of " + quorum.expectedVotes());
        quorum.members()
                .forEach(member ->
                        out.println(
                                "member "
                                        + Integer.toUnsignedString(member.id())
                                        + " "
                                        + member.name()));
    }

    private static void print(PrintStream out, ControllerStatus status) {
        if (status.dc() != null) {
            out.println("dc " + status.dc());
        }
        out.println("state " + status.state());
        out.println("idle " + yesNo(status.idle()));
        status.peers().stream()
                .filter(peer -> peer.member() && peer.managed())
                .forEach(peer -> out.println("online " + peer.name()));
    }

    private static void print(PrintStream out, @Nullable Element cib) {
        if (cib == null) {
            return;
        }
        out.println(
                "cib "
                        + cib.getOr("admin_epoch", "0")
                        + "."
                        + cib.getOr("epoch", "0")
                        + "."
                        + cib.getOr("num_updates", "0"));
        ActiveResources.of(cib)
                .forEach((id, nodes) ->
                        out.println("resource " + id + " " + String.join(" ", nodes)));
    }

    private static String yesNo(boolean value) {
        return value ? "yes" : "no";
    }
}
