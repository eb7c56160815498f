package org.holdfast.interop;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.linux.Poller;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.ClusterNode;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.GroupName;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.TotemConfig;
import org.holdfast.totem.layer.ClusterLayer;
import org.holdfast.transport.RingSocket;

/**
 * A node that is nothing but the cluster layer and one member of the CPG load of {@code cpgload.c};
 * its twin on our side.
 *
 * <p>Arguments: own node id, {@code ID=ADDRESS,...} of all nodes, token timeout in milliseconds,
 * group, members to wait for, messages to send, bytes of each, file for what is delivered, and
 * optionally the percentage of datagrams that this node loses, in each direction.
 */
public final class LoadNode {

    private static final int PORT = 5405;
    private static final int LIMIT_SECONDS = 150;
    private static final int IN_FLIGHT_MAX = 256;

    private final ClusterLayer layer;
    private final RingSocket socket;
    private final Poller poller = new Poller();
    private final long[] deadlines = new long[ClusterTimer.values().length];
    private final ArrayDeque<ClusterEffect> effects = new ArrayDeque<>();
    private final ArrayDeque<ClusterInput> inputs = new ArrayDeque<>();
    private final GroupName group;
    private final NodeId self;
    private final int membersMin;
    private final int count;
    private final int bytes;
    private final BufferedWriter out;
    private final double loss;
    private final SeededRandom random = new SeededRandom(System.nanoTime());
    private int members;
    private int sent;
    private int ownDelivered;
    private int delivered;
    private int damaged;
    private long startNanos;
    private long endNanos;

    private LoadNode(String[] args) throws IOException {
        self = new NodeId(Integer.parseInt(args[0]));
        List<ClusterNode> nodes = new ArrayList<>();
        Map<NodeId, InetSocketAddress> addresses = new LinkedHashMap<>();
        for (String entry : args[1].split(",")) {
            String[] parts = entry.split("=");
            NodeId id = new NodeId(Integer.parseInt(parts[0]));
            nodes.add(new ClusterNode(id, "n" + id, 1));
            addresses.put(id, new InetSocketAddress(parts[1], PORT));
        }
        TotemConfig totem =
                TotemConfig.builder().tokenMillis(Integer.parseInt(args[2])).build(nodes.size());
        layer =
                new ClusterLayer(
                        new ClusterConfig(self, nodes, totem, QuorumConfig.majority(), 0), null, 1);
        socket = RingSocket.bind(addresses.remove(self));
        socket.setPeers(addresses, true);
        socket.register(poller);
        group = new GroupName(args[3]);
        membersMin = Integer.parseInt(args[4]);
        count = Integer.parseInt(args[5]);
        bytes = Integer.parseInt(args[6]);
        out = Files.newBufferedWriter(Path.of(args[7]));
        loss = args.length > 8 ? Integer.parseInt(args[8]) / 100.0 : 0;
        Arrays.fill(deadlines, Long.MAX_VALUE);
    }

    /** Runs the node until everything is delivered. */
    public static void main(String[] args) throws IOException {
        System.exit(new LoadNode(args).run());
    }

    private int run() throws IOException {
        long limit = System.nanoTime() + LIMIT_SECONDS * 1_000_000_000L;
        step(new ClusterInput.Start());
        step(new ClusterInput.JoinGroup(group, pid()));
        while (System.nanoTime() < limit && !finished()) {
            fireTimers();
            boolean more = socket.receive(this::onDatagrams);
            boolean sentSome = send();
            if (!more && !sentSome) {
                long wait = nextDeadline() - System.nanoTime();
                if (wait > 0) {
                    poller.await((int) Math.max(1, wait / 1_000_000));
                }
            }
        }
        double seconds = (endNanos - startNanos) / 1e9;
        out.close();
        System.out.printf(
                "%d %.3f %.0f damaged %d%n",
                delivered, seconds, (double) delivered * bytes / seconds, damaged);
        // The others may still need this node's part of the ring.
        long linger = System.nanoTime() + 1_000_000_000L;
        while (System.nanoTime() < linger) {
            fireTimers();
            socket.receive(this::onDatagrams);
            poller.await(1);
        }
        step(new ClusterInput.Leave());
        return damaged == 0 && finished() ? 0 : 1;
    }

    private void onDatagrams(List<byte[]> datagrams) {
        List<byte[]> arrived = new ArrayList<>(datagrams);
        arrived.removeIf(_ -> random.chance(loss));
        if (!arrived.isEmpty()) {
            step(new ClusterInput.Datagrams(arrived));
        }
    }

    private int pid() {
        return 1000 + self.value();
    }

    private boolean finished() {
        return delivered >= membersMin * count;
    }

    private boolean send() {
        boolean any = false;
        while (members >= membersMin
                && sent < count
                && sent - ownDelivered < IN_FLIGHT_MAX
                && layer.canMulticast(bytes)) {
            if (startNanos == 0) {
                startNanos = System.nanoTime();
            }
            ByteBuffer message = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
            message.putInt(4, ++sent);
            message.putInt(0, checksum(message.array()));
            step(new ClusterInput.Multicast(group, pid(), message.array()));
            any = true;
        }
        return any;
    }

    private static int checksum(byte[] message) {
        int hash = 0x811C9DC5;
        for (int i = 4; i < message.length; i++) {
            hash = (hash ^ message[i] & 0xFF) * 16777619;
        }
        return hash;
    }

    private void step(ClusterInput input) {
        inputs.add(input);
        while (!inputs.isEmpty()) {
            layer.step(System.nanoTime(), inputs.remove(), effects::add);
            while (!effects.isEmpty()) {
                carryOut(effects.remove());
            }
            socket.flush();
        }
    }

    private void carryOut(ClusterEffect effect) {
        switch (effect) {
            case ClusterEffect.SendTo send -> {
                if (!random.chance(loss)) {
                    socket.sendTo(send.node(), send.bytes());
                }
            }
            case ClusterEffect.SendToAll send -> {
                if (!random.chance(loss)) {
                    socket.sendToAll(send.bytes());
                }
            }
            case ClusterEffect.SetTimer set ->
                    deadlines[set.timer().ordinal()] = set.deadlineNanos();
            case ClusterEffect.CancelTimer cancel ->
                    deadlines[cancel.timer().ordinal()] = Long.MAX_VALUE;
            case ClusterEffect.PersistRingId persist ->
                    inputs.add(new ClusterInput.RingIdPersisted(persist.ticket()));
            case ClusterEffect.GroupMessage message -> onMessage(message);
            case ClusterEffect.GroupConfiguration configuration ->
                    members = configuration.members().size();
            case ClusterEffect.Log log -> {
                if (log.event().level().ordinal() <= 3) {
                    System.err.println(log.event().text());
                }
            }
            case ClusterEffect.MembershipChanged _,
                    ClusterEffect.PersistExpectedVotes _,
                    ClusterEffect.QuorumChanged _,
                    ClusterEffect.ReloadRequested _,
                    ClusterEffect.Killed _,
                    ClusterEffect.Stopped _ -> {
                // Nothing to do in a load.
            }
        }
    }

    private void onMessage(ClusterEffect.GroupMessage message) {
        ByteBuffer payload = ByteBuffer.wrap(message.payload()).order(ByteOrder.LITTLE_ENDIAN);
        if (checksum(message.payload()) != payload.getInt(0)) {
            damaged++;
        }
        delivered++;
        if (message.sender().equals(self)) {
            ownDelivered++;
        }
        endNanos = System.nanoTime();
        try {
            out.write(
                    message.sender()
                            + " "
                            + payload.getInt(4)
                            + " "
                            + message.payload().length
                            + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fireTimers() {
        long now = System.nanoTime();
        for (ClusterTimer timer : ClusterTimer.values()) {
            if (deadlines[timer.ordinal()] <= now) {
                deadlines[timer.ordinal()] = Long.MAX_VALUE;
                step(new ClusterInput.TimerFired(timer));
            }
        }
    }

    private long nextDeadline() {
        return Arrays.stream(deadlines).min().orElse(Long.MAX_VALUE);
    }
}
