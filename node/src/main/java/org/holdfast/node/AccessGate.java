package org.holdfast.node;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.holdfast.controlapi.Caller;
import org.holdfast.corosyncconf.ConfSection;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.linux.UserGroups;
import org.holdfast.storage.NodeFiles;
import org.holdfast.telemetry.Telemetry;
import org.holdfast.transport.Admission;
import org.holdfast.transport.ControlSocket;
import org.jspecify.annotations.Nullable;

/**
 * Who may reach the daemon's sockets. Without a list the files' modes decide: root and {@code
 * haclient}. With one everybody may try, and is looked at. Changes belong to the loop's thread,
 * questions may be asked by any.
 */
final class AccessGate implements Admission {

    private final NodeFiles files;
    private final GroupClients programs;
    private final ClusterQueries queries;
    private final Telemetry telemetry;
    private volatile AccessList access = AccessList.NOBODY;
    private @Nullable ControlSocket commands;

    AccessGate(
            NodeFiles files, GroupClients programs, ClusterQueries queries, Telemetry telemetry) {
        this.files = files;
        this.programs = programs;
        this.queries = queries;
        this.telemetry = telemetry;
    }

    /** The sockets are there. */
    void guard(ControlSocket socket, ConfSection file) {
        commands = socket;
        read(file);
    }

    /** Reads the lists again. */
    void read(ConfSection file) {
        queries.listAccess(
                AccessList.read(
                        file,
                        files.corosyncConf(),
                        line -> telemetry.log(Level.WARNING, "MAIN", line)));
        access = queries.access();
        try {
            programs.openToAll(!access.isEmpty());
            if (commands != null) {
                commands.openToAll(!access.isEmpty());
            }
        } catch (IOException e) {
            telemetry.log(Level.WARNING, "MAIN", "Access for listed users: " + e.getMessage());
        }
    }

    @Override
    public boolean admits(int uid, List<Integer> gids) {
        // Looking users up for the first time takes long, and the start does not need it.
        return uid == 0
                || access.admits(
                        uid, gids, UserGroups.uid(System.getProperty("user.name")).orElse(0));
    }

    /** Whether the one who runs a command is listed; called by the thread that serves it. */
    boolean lists(Caller caller) {
        if (access.isEmpty()) {
            return false;
        }
        OptionalInt uid = AccessList.number(caller.user(), UserGroups::uid);
        OptionalInt gid =
                caller.groups().isEmpty()
                        ? OptionalInt.empty()
                        : AccessList.number(caller.groups().getFirst(), UserGroups::gid);
        return access.lists(uid.orElse(-1), gid.orElse(-1));
    }
}
