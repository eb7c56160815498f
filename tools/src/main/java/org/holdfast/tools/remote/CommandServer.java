package org.holdfast.tools.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.holdfast.controlapi.Caller;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.tools.AgentCatalog;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.ToolRegistry;
import org.holdfast.tools.remote.Frame.Exec;
import org.holdfast.tools.remote.Frame.RunYourself;

/**
 * Runs commands in the daemon on behalf of thin clients. The daemon accepts connections, finds out
 * who is at the other end and calls {@link #serve} on a thread of its own for each. Thread-safe.
 */
public final class CommandServer {

    /** Exit code of sysexits.h for a request that is no request. */
    private static final int EX_PROTOCOL = 76;

    /** Exit code of sysexits.h for somebody who may not. */
    private static final int EX_NOPERM = 77;

    /** Exit code of sysexits.h for a fault in the command itself. */
    private static final int EX_SOFTWARE = 70;

    private static final int EX_OSERR = 71;

    /** Group whose members may administer the cluster, as with Pacemaker. */
    private static final String ADMINISTRATORS = "haclient";

    /** How the names of Corosync's commands begin. */
    private static final String CLUSTER_LAYER = "corosync-";

    private final ToolRegistry tools;
    private final String ownUser;
    private final Function<Caller, ClusterConnection> clusterFor;
    private final InstantSource clock;
    private final AgentCatalog agents;
    private final BiConsumer<String, Throwable> faults;
    private final Predicate<Caller> clusterLayerUsers;
    private final InputBudget budget = new InputBudget();

    /**
     * A server for these commands.
     *
     * @param tools the commands
     * @param ownUser the user that the daemon runs as, who may do all that root may
     * @param clusterFor gives the connection that acts on behalf of a caller
     * @param clock the wall clock
     * @param agents the agents of this machine
     * @param faults takes a command line and the exception that it died of
     * @param clusterLayerUsers who may use Corosync's commands without being an administrator
     */
    public CommandServer(
            ToolRegistry tools,
            String ownUser,
            Function<Caller, ClusterConnection> clusterFor,
            InstantSource clock,
            AgentCatalog agents,
            BiConsumer<String, Throwable> faults,
            Predicate<Caller> clusterLayerUsers) {
        this.tools = tools;
        this.ownUser = ownUser;
        this.clusterFor = clusterFor;
        this.clock = clock;
        this.agents = agents;
        this.faults = faults;
        this.clusterLayerUsers = clusterLayerUsers;
    }

    /** A server for commands that know no agents. */
    public CommandServer(
            ToolRegistry tools,
            String ownUser,
            Function<Caller, ClusterConnection> clusterFor,
            InstantSource clock,
            BiConsumer<String, Throwable> faults) {
        this(tools, ownUser, clusterFor, clock, AgentCatalog.NONE, faults, _ -> false);
    }

    /**
     * Serves one connection to its end and closes it.
     *
     * @param in from the client
     * @param out to the client
     * @param user the name of the user at the other end, as the kernel tells it
     * @param groups names of the user's groups
     */
    public void serve(InputStream in, OutputStream out, String user, List<String> groups) {
        InputBudget.Share share = budget.share();
        try (FrameStream frames = new FrameStream(in, out, share::take)) {
            ServerSession session = new ServerSession(frames);
            Frame first;
            try {
                first = frames.receive();
            } catch (IOException e) {
                session.err().println("holdfastd: " + e.getMessage());
                session.exit(EX_OSERR);
                return;
            }
            if (first == null) {
                return; // somebody only looked whether we are here
            }
            if (!(first instanceof Exec exec) || exec.protocol() != FrameStream.PROTOCOL_VERSION) {
                session.err().println("holdfastd: this client speaks another protocol version");
                session.exit(EX_PROTOCOL);
                return;
            }
            Tool tool = tools.find(exec.command());
            if (tool != null && !tool.usesCluster(exec.arguments(), harmless(exec.environment()))) {
                frames.send(new RunYourself());
                return;
            }
            Caller caller =
                    new Caller(
                            user.equals(ownUser) ? "root" : user,
                            groups,
                            tool == null ? exec.command() : tool.clientName());
            boolean listed =
                    exec.command().startsWith(CLUSTER_LAYER) && clusterLayerUsers.test(caller);
            if (!caller.isPrivileged() && !groups.contains(ADMINISTRATORS) && !listed) {
                session.err()
                        .println(
                                "holdfastd: user "
                                        + user
                                        + " is neither root nor in group "
                                        + ADMINISTRATORS);
                session.exit(EX_NOPERM);
                return;
            }
            session.exit(run(session, exec, caller));
        } catch (IOException e) {
            // The client went away. Whatever the command did is done; nobody is left to tell.
        } finally {
            share.release();
        }
    }

    private int run(ServerSession session, Exec exec, Caller caller) {
        Tool tool = tools.find(exec.command());
        if (tool == null) {
            session.err().println("holdfast: no command named " + exec.command());
            return 64;
        }
        ToolContext context =
                new ToolContext(
                        exec.arguments(),
                        harmless(exec.environment()),
                        session.in(),
                        session.out(),
                        session.err(),
                        new RemoteFileAccess(session),
                        clock,
                        clusterFor.apply(caller),
                        caller.user().equals("root") ? agents : agents.describingOnly(),
                        new RemotePrograms(session));
        try {
            return tool.run(context);
        } catch (RuntimeException | StackOverflowError e) {
            faults.accept(exec.command() + " " + String.join(" ", exec.arguments()), e);
            session.err().println(exec.command() + ": internal error: " + e);
            return EX_SOFTWARE;
        } catch (OutOfMemoryError e) {
            session.err()
                    .println(exec.command() + ": this needs more memory than the daemon may use");
            return EX_OSERR;
        }
    }

    /**
     * What a client may say about its environment: nothing that would make the daemon, with its own
     * rights, look for programs or files in other places.
     */
    private static Map<String, String> harmless(Map<String, String> environment) {
        Map<String, String> kept = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("CIB_")
                    || name.startsWith("LC_")
                    || name.startsWith("OCF_RESKEY_")
                    || List.of(
                                    "LANG",
                                    "TERM",
                                    "TZ",
                                    "USER",
                                    "HOME",
                                    "COLUMNS",
                                    "PWD",
                                    "EDITOR",
                                    "SHELL",
                                    "PS1",
                                    "OCF_RESOURCE_INSTANCE")
                            .contains(name)) {
                kept.put(name, value);
            }
        });
        return kept;
    }
}
