package org.holdfast.node;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.EffectSink;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.storage.ExpectedVotesFile;
import org.holdfast.storage.RingIdFile;
import org.holdfast.telemetry.Telemetry;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.layer.ClusterLayer;
import org.holdfast.transport.RingSocket;

/** Drives the cluster layer: carries its effects out and feeds it. Belongs to the loop's thread. */
final class ClusterDriver implements ClusterAccess {

    private final ClusterLayer layer;
    private final EventLoop loop;
    private final RingSocket socket;
    private final RingIdFile ringIdFile;
    private final ExpectedVotesFile expectedVotesFile;
    private final SortedMap<NodeId, Integer> joins = new TreeMap<>();
    private final StateWriter writer;
    private final Telemetry telemetry;
    private final Listener listener;
    private final TimerQueue<ClusterTimer> timers = new TimerQueue<>();
    private final EffectSink<ClusterEffect> effects = this::carryOut;
    private final RingSocket.Receiver fromRing =
            new RingSocket.Receiver() {
                @Override
                public void onDatagrams(List<byte[]> datagrams) {
                    step(new ClusterInput.Datagrams(datagrams));
                }

                @Override
                public void onUnreachable(NodeId node) {
                    step(new ClusterInput.PeerUnreachable(node));
                }
            };

    /**
     * What concerns others than the ring itself. Called on the loop's thread, between steps but for
     * what concerns groups.
     */
    interface Listener {

        /** A message of a joined group. Called within a step: it must not cause another one. */
        void onGroupMessage(ClusterEffect.GroupMessage message);

        /** The members of a joined group. Called within a step, too. */
        void onGroupConfiguration(ClusterEffect.GroupConfiguration configuration);

        /** A new ring, before sync. */
        void onMembership(ClusterEffect.MembershipChanged change);

        /** Ring and quorum, after sync. */
        void onQuorum(ClusterEffect.QuorumChanged quorum);

        /** Every node shall read its configuration again. */
        void onReload();

        /** This node must end now. */
        void onKilled(String reason);

        /** The ring was left in order. */
        void onStopped();
    }

    ClusterDriver(
            ClusterLayer layer,
            EventLoop loop,
            RingSocket socket,
            RingIdFile ringIdFile,
            ExpectedVotesFile expectedVotesFile,
            StateWriter writer,
            Telemetry telemetry,
            Listener listener) {
        this.layer = layer;
        this.loop = loop;
        this.socket = socket;
        this.ringIdFile = ringIdFile;
        this.expectedVotesFile = expectedVotesFile;
        this.writer = writer;
        this.telemetry = telemetry;
        this.listener = listener;
    }

    @Override
    public ClusterLayer layer() {
        return layer;
    }

    RingSocket socket() {
        return socket;
    }

    @Override
    public SortedMap<NodeId, Integer> joins() {
        return joins;
    }

    @Override
    public RingSocket.Counters counters() {
        return socket.counters();
    }

    @Override
    public void step(ClusterInput input) {
        layer.step(System.nanoTime(), input, effects);
        socket.flush();
    }

    private void carryOut(ClusterEffect effect) {
        switch (effect) {
            case ClusterEffect.SendTo(var node, byte[] bytes) -> socket.sendTo(node, bytes);
            case ClusterEffect.SendToAll(byte[] bytes) -> socket.sendToAll(bytes);
            case ClusterEffect.SetTimer(var timer, long deadline) -> timers.set(timer, deadline);
            case ClusterEffect.CancelTimer(var timer) -> timers.cancel(timer);
            case ClusterEffect.PersistRingId(long ticket, var ringId) ->
                    writer.write(
                            () -> ringIdFile.store(ringId.sequence()),
                            () -> loop.post(() -> step(new ClusterInput.RingIdPersisted(ticket))));
            case ClusterEffect.PersistExpectedVotes(int votes) ->
                    writer.write(() -> expectedVotesFile.store(votes), () -> {});
            case ClusterEffect.GroupMessage message -> listener.onGroupMessage(message);
            case ClusterEffect.GroupConfiguration change -> listener.onGroupConfiguration(change);
            case ClusterEffect.MembershipChanged change -> {
                change.joined().forEach(node -> joins.merge(node, 1, Integer::sum));
                loop.later(() -> listener.onMembership(change));
            }
            case ClusterEffect.QuorumChanged quorum -> loop.later(() -> listener.onQuorum(quorum));
            case ClusterEffect.ReloadRequested() -> loop.later(listener::onReload);
            case ClusterEffect.Killed(String reason) -> loop.later(() -> listener.onKilled(reason));
            case ClusterEffect.Stopped() -> loop.later(listener::onStopped);
            case ClusterEffect.Log(LogEvent event) -> telemetry.log(event);
        }
    }

    boolean receive() throws IOException {
        return socket.receive(fromRing);
    }

    void fireTimers(long nowNanos) {
        ClusterTimer timer = timers.poll(nowNanos);
        while (timer != null) {
            step(new ClusterInput.TimerFired(timer));
            timer = timers.poll(System.nanoTime());
        }
    }

    long nanosToNextTimer(long nowNanos) {
        return timers.nanosToNext(nowNanos);
    }
}
