package org.holdfast.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.kernel.NodeId;
import org.holdfast.linux.Poller;
import org.holdfast.telemetry.Telemetry;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.GroupChange;
import org.holdfast.totem.GroupMember;
import org.holdfast.totem.GroupName;
import org.holdfast.totem.layer.ClusterLayer;
import org.holdfast.transport.Admission;
import org.holdfast.transport.client.ClientConnection;
import org.holdfast.transport.client.ClientSocket;
import org.holdfast.transport.client.FrameType;
import org.holdfast.transport.client.GroupView;
import org.jspecify.annotations.Nullable;

/**
 * Programs on this node that use process groups, each in one group at a time. Belongs to the loop's
 * thread; what comes from the ring is only collected, and written by {@link #flush}.
 */
final class GroupClients implements ClientConnection.Handler {

    /** Codes of refusals, numbered as libcpg's cs_error_t. */
    private static final int INVALID = 7;

    private static final int NOT_EXIST = 12;
    private static final int EXIST = 14;
    private static final int NOT_SUPPORTED = 19;

    /**
     * Programs wait while so much does: a few token visits' worth. More would only make messages
     * older, and the loop would be longer away from the ring to take it.
     */
    private static final long QUEUED_BYTES_MAX = 128 << 10;

    private final NodeId self;
    private final ClusterDriver cluster;
    private final Predicate<GroupName> reserved;
    private final Telemetry telemetry;
    private final ServiceRequests requests;
    private final KeyTrackers<Client> trackers;
    private final Map<ClientConnection, Client> clients = new HashMap<>();
    private final Map<GroupName, List<Client>> groups = new HashMap<>();
    private final Set<Client> dirty = new LinkedHashSet<>();
    private final ArrayDeque<Client> refused = new ArrayDeque<>();
    private @Nullable ClientSocket socket;
    private long lastNumber;
    private long closed;
    private ClusterEffect.@Nullable QuorumChanged lastQuorum;

    private static final class Client {
        final ClientConnection connection;
        final long number;
        long requests;
        long responses;
        long dispatched;
        long refusals;
        boolean welcomed;
        @Nullable GroupName group;

        /** Whether the group's members know of it: only then it hears what they hear. */
        boolean joined;

        boolean waits;
        boolean tracksQuorum;

        Client(ClientConnection connection, long number) {
            this.connection = connection;
            this.number = number;
        }
    }

    /**
     * Prepares for programs.
     *
     * @param reserved groups that the daemon's own parts are in
     * @param requests carries out what is not about groups
     */
    GroupClients(
            NodeId self,
            ClusterDriver cluster,
            Predicate<GroupName> reserved,
            ServiceRequests requests,
            Telemetry telemetry) {
        this.self = self;
        this.cluster = cluster;
        this.reserved = reserved;
        this.requests = requests;
        this.trackers = new KeyTrackers<>(requests::allKeys);
        this.telemetry = telemetry;
    }

    void listen(Path path, Poller poller, Admission admission) throws IOException {
        socket =
                ClientSocket.listen(
                        path,
                        poller,
                        this,
                        line -> telemetry.log(Level.WARNING, "CPG", line),
                        admission);
    }

    /** Lets everybody try to connect, or only those whom the file's mode lets. */
    void openToAll(boolean open) throws IOException {
        if (socket != null) {
            socket.openToAll(open);
        }
    }

    void close() {
        List.copyOf(clients.keySet()).forEach(connection -> connection.close("the daemon ends"));
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                telemetry.log(Level.WARNING, "CPG", "Closing the clients' socket: " + e);
            }
        }
    }

    // ---- from the ring -----------------------------------------------------------------------

    void onGroupMessage(ClusterEffect.GroupMessage message) {
        List<Client> inGroup = groups.get(message.group());
        if (inGroup == null) {
            return;
        }
        for (Client client : inGroup) {
            if (client.joined) {
                client.connection.message(
                        message.sender().value(),
                        message.pid(),
                        message.bytes(),
                        message.offset(),
                        message.length());
                client.dispatched++;
                dirty.add(client);
            }
        }
    }

    void onGroupConfiguration(ClusterEffect.GroupConfiguration change) {
        List<Client> inGroup = groups.get(change.group());
        if (inGroup == null) {
            return;
        }
        GroupView view =
                new GroupView(
                        change.ringId().representative().value(),
                        change.ringId().sequence(),
                        change.members().stream().map(member -> process(member, 0)).toList(),
                        change.left().stream().map(GroupClients::process).toList(),
                        change.joined().stream().map(GroupClients::process).toList());
        for (Client client : List.copyOf(inGroup)) {
            GroupMember own = new GroupMember(self, client.connection.pid());
            boolean member = change.members().contains(own);
            boolean leaves =
                    client.joined
                            && change.left().stream().anyMatch(left -> left.member().equals(own));
            client.joined |= member;
            if (client.joined) {
                client.connection.configuration(view);
                client.dispatched++;
                dirty.add(client);
            }
            if (leaves) {
                forgetGroup(client);
            }
        }
    }

    private static GroupView.Process process(GroupChange change) {
        return process(change.member(), change.reason().code());
    }

    private static GroupView.Process process(GroupMember member, int reason) {
        return new GroupView.Process(member.node().value(), member.pid(), reason);
    }

    /** Tells the programs that want to know. */
    void onQuorum(ClusterEffect.QuorumChanged quorum) {
        lastQuorum = quorum;
        trackers.changed();
        for (Client client : clients.values()) {
            if (client.tracksQuorum) {
                tell(client, quorum);
            }
        }
    }

    /** A quorum device judges a ring before quorum is decided. */
    void onMembership(ClusterEffect.MembershipChanged change) {
        trackers.changed();
        for (Client client : clients.values()) {
            if (client.tracksQuorum) {
                client.connection.quorum(
                        lastQuorum != null && lastQuorum.quorate(),
                        true,
                        change.ringId().representative().value(),
                        change.ringId().sequence(),
                        change.members().stream().map(NodeId::value).toList());
                dirty.add(client);
            }
        }
    }

    private void tell(Client client, ClusterEffect.QuorumChanged quorum) {
        client.connection.quorum(
                quorum.quorate(),
                false,
                quorum.ringId().representative().value(),
                quorum.ringId().sequence(),
                quorum.members().stream().map(NodeId::value).toList());
        client.dispatched++;
        dirty.add(client);
    }

    /** The configuration was read again. */
    void onReconfigured() {
        trackers.changed();
    }

    long nanosToNextLook(long nowNanos) {
        return trackers.nanosToNextLook(nowNanos);
    }

    /** Tells programs of changed keys, if it is time to look. */
    void lookForChanges(long nowNanos) {
        trackers.look(
                nowNanos,
                (client, change) -> {
                    client.connection.keyChanged(change);
                    client.dispatched++;
                    dirty.add(client);
                });
    }

    /** The programs that are connected. */
    ProgramInfo.All programs() {
        List<ProgramInfo> open =
                clients.values().stream()
                        .sorted(Comparator.comparingLong(client -> client.number))
                        .map(GroupClients::info)
                        .toList();
        return new ProgramInfo.All(open, closed);
    }

    private static ProgramInfo info(Client client) {
        return new ProgramInfo(
                client.connection.pid(),
                client.number,
                client.group != null,
                client.requests,
                client.responses,
                client.dispatched,
                client.connection.unreadBytes(),
                client.waits,
                client.refusals);
    }

    /** Takes frames for which there was no room, and writes what was collected. */
    void flush() {
        for (int i = refused.size(); i > 0; i--) {
            Client client = refused.remove();
            client.waits = false;
            client.connection.retry();
        }
        if (!dirty.isEmpty()) {
            List<Client> all = new ArrayList<>(dirty);
            dirty.clear();
            all.forEach(client -> client.connection.flush());
        }
    }

    // ---- from programs -----------------------------------------------------------------------

    private Client client(ClientConnection connection) {
        return clients.computeIfAbsent(connection, from -> new Client(from, ++lastNumber));
    }

    private void refuse(Client client, int code, String text) {
        client.connection.refused(code, text);
        dirty.add(client);
    }

    @Override
    public void onHello(ClientConnection from, int version) {
        Client client = client(from);
        if (version != FrameType.VERSION) {
            refuse(client, NOT_SUPPORTED, "the daemon speaks version " + FrameType.VERSION);
            return;
        }
        client.welcomed = true;
        from.welcome(self.value(), cluster.layer().payloadBytesMax());
        dirty.add(client);
    }

    @Override
    public void onJoin(ClientConnection from, byte[] group) {
        Client client = client(from);
        if (!client.welcomed || group.length == 0 || group.length > GroupName.BYTES_MAX) {
            refuse(client, INVALID, "a group's name has 1 to 128 bytes, after a hello");
            return;
        }
        GroupName name = new GroupName(new String(group, StandardCharsets.ISO_8859_1));
        List<Client> inGroup = groups.getOrDefault(name, List.of());
        boolean taken = inGroup.stream().anyMatch(other -> other.connection.pid() == from.pid());
        if (client.group != null || taken || reserved.test(name)) {
            refuse(client, EXIST, "in a group already, or this group is not for programs");
            return;
        }
        client.group = name;
        groups.computeIfAbsent(name, _ -> new ArrayList<>()).add(client);
        cluster.step(new ClusterInput.JoinGroup(name, from.pid()));
    }

    @Override
    public void onLeave(ClientConnection from) {
        Client client = client(from);
        if (client.group == null) {
            refuse(client, NOT_EXIST, "in no group");
            return;
        }
        cluster.step(
                new ClusterInput.LeaveGroup(client.group, from.pid(), GroupChange.Reason.LEAVE));
    }

    @Override
    public boolean canTake(int payloadBytes) {
        ClusterLayer layer = cluster.layer();
        return payloadBytes > layer.payloadBytesMax()
                || layer.waitingBytes() < QUEUED_BYTES_MAX && layer.canMulticast(payloadBytes);
    }

    @Override
    public void onMulticast(ClientConnection from, byte[] payload) {
        Client client = client(from);
        client.requests++;
        if (client.group == null) {
            refuse(client, NOT_EXIST, "in no group");
        } else if (payload.length > cluster.layer().payloadBytesMax()) {
            refuse(client, INVALID, "the message is too long");
        } else {
            cluster.step(new ClusterInput.Multicast(client.group, from.pid(), payload));
        }
    }

    @Override
    public void onRequest(ClientConnection from, byte[] body) {
        Client client = client(from);
        if (!client.welcomed) {
            refuse(client, INVALID, "a hello comes first");
            return;
        }
        client.requests++;
        client.responses++;
        ServiceRequests.Answer answer = requests.answer(body);
        trackers.changed();
        from.answer(answer.code(), answer.texts());
        dirty.add(client);
    }

    @Override
    public void onTrackQuorum(ClientConnection from) {
        Client client = client(from);
        client.tracksQuorum = true;
        if (lastQuorum != null) {
            tell(client, lastQuorum);
        }
    }

    @Override
    public void onTrackKey(ClientConnection from, String key, int what) {
        Client client = client(from);
        if (!client.welcomed || !trackers.track(client, key, what)) {
            refuse(client, INVALID, "too many keys are tracked, or no hello came");
        }
    }

    @Override
    public void onRefused(ClientConnection from) {
        Client client = client(from);
        if (!client.waits) {
            client.waits = true;
            client.refusals++;
            refused.add(client);
        }
    }

    @Override
    public void onClosed(ClientConnection from, String reason) {
        Client client = clients.remove(from);
        if (client == null) {
            return;
        }
        closed++;
        trackers.forget(client);
        dirty.remove(client);
        refused.remove(client);
        GroupName group = client.group;
        if (group != null) {
            forgetGroup(client);
            telemetry.log(
                    Level.DEBUG,
                    "CPG",
                    "Process %d leaves group %s: %s"
                            .formatted(from.pid(), group.printable(), reason));
            cluster.step(
                    new ClusterInput.LeaveGroup(
                            group, from.pid(), GroupChange.Reason.PROCESS_DOWN));
        }
    }

    private void forgetGroup(Client client) {
        List<Client> inGroup = groups.get(client.group);
        if (inGroup != null) {
            inGroup.remove(client);
            if (inGroup.isEmpty()) {
                groups.remove(client.group);
            }
        }
        client.group = null;
        client.joined = false;
    }
}
