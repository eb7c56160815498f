package org.holdfast.manager.messages;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.kernel.EffectSink;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.manager.ManagerConfig;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.holdfast.manager.ManagerTimer;
import org.holdfast.wire.pacemaker.PacemakerAddress;
import org.holdfast.wire.pacemaker.PacemakerFrame;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of one manager share: the time of the current step, the way out for effects, and
 * who this node is. Not thread-safe; lives as long as the manager.
 */
public final class NodeContext {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final class Outgoing {
        final int id;
        final Group group;
        final PacemakerAddress to;
        final PacemakerAddress from;
        final byte[] text;
        int attempt;

        Outgoing(int id, Group group, PacemakerAddress to, PacemakerAddress from, byte[] text) {
            this.id = id;
            this.group = group;
            this.to = to;
            this.from = from;
            this.text = text;
        }
    }

    private final ManagerConfig config;
    private final SeededRandom random;
    private final LargeMessages incoming = new LargeMessages();
    private final Map<Integer, Outgoing> outgoing = new LinkedHashMap<>();
    private EffectSink<ManagerEffect> out = effect -> {};
    private long nowNanos;
    private long wallMillis;
    private int messageNumber;

    /** For the manager of {@code config}. */
    public NodeContext(ManagerConfig config) {
        this.config = config;
        this.random = new SeededRandom(config.seed());
    }

    /** Begins a step: effects go to {@code sink} until the next call. */
    public void begin(long stepNanos, long stepWallMillis, EffectSink<ManagerEffect> sink) {
        this.nowNanos = stepNanos;
        this.wallMillis = stepWallMillis;
        this.out = sink;
    }

    /** Monotonic time of this step. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Wall time of this step. */
    public long wallMillis() {
        return wallMillis;
    }

    /** Wall time of this step in seconds since 1970 UTC. */
    public long epochSeconds() {
        return Math.floorDiv(wallMillis, 1000L);
    }

    /** This manager's configuration. */
    public ManagerConfig config() {
        return config;
    }

    /** This node. */
    public NodeId self() {
        return config.self();
    }

    /** This node's name. */
    public String selfName() {
        return config.selfName();
    }

    /** The manager's own random numbers. */
    public SeededRandom random() {
        return random;
    }

    /** Emits an effect. */
    public void emit(ManagerEffect effect) {
        out.emit(effect);
    }

    /** Sends a message to all members of a group, this node included. */
    public void broadcast(Group group, Element message) {
        send(group, null, message);
    }

    /**
     * Sends a message that one node is to act on; like all, it travels in the group's total order
     * and comes back to this node when it is the target.
     */
    public void send(Group group, @Nullable NodeId target, Element message) {
        messageNumber++;
        PacemakerAddress to =
                target == null
                        ? PacemakerAddress.all(group.daemon())
                        : new PacemakerAddress(
                                target.value(), 0, group.daemon(), config.nodeName(target));
        PacemakerAddress from =
                new PacemakerAddress(0, config.pid(), group.daemon(), config.selfName());
        byte[] text = XmlPrinter.compact(message).getBytes(StandardCharsets.UTF_8);
        if (text.length <= LargeMessages.PLAIN_BYTES_MAX) {
            emit(group, PacemakerFrame.ofText(messageNumber, to, from, text));
        } else {
            Outgoing large = new Outgoing(messageNumber, group, to, from, text);
            outgoing.put(messageNumber, large);
            sendParts(large);
        }
    }

    private void sendParts(Outgoing large) {
        large.attempt++;
        for (byte[] part : LargeMessages.split(large.id, large.attempt, large.text)) {
            emit(large.group, PacemakerFrame.ofText(large.id, large.to, large.from, part));
        }
    }

    private void emit(Group group, PacemakerFrame frame) {
        emit(new ManagerEffect.Multicast(group.groupName(), frame.encode()));
    }

    /**
     * The text of a frame that was delivered: its own, or the whole of which it is the last part;
     * null if more is to come.
     */
    public byte @Nullable [] textOf(Group group, GroupMember sender, PacemakerFrame frame) {
        if (!LargeMessages.isPart(frame.payload())) {
            return frame.payload();
        }
        byte[] whole = incoming.accept(group, sender, frame.payload());
        if (whole != null && sender.node().equals(config.self()) && sender.pid() == config.pid()) {
            outgoing.remove(LargeMessages.idOf(frame.payload()));
        }
        return whole;
    }

    /** Members of a group changed: long messages that were half delivered begin anew. */
    public void onMembership(Group group, List<GroupMember> left) {
        incoming.drop(group, left);
        for (Outgoing large : List.copyOf(outgoing.values())) {
            if (large.group == group) {
                sendParts(large);
            }
        }
    }

    /** Sets a timer that fires after a delay. */
    public void setTimer(String purpose, long number, long delayMillis) {
        emit(
                new ManagerEffect.SetTimer(
                        new ManagerTimer(purpose, number),
                        nowNanos + Math.max(0, delayMillis) * NANOS_PER_MILLI));
    }

    /** Forgets a timer. */
    public void cancelTimer(String purpose, long number) {
        emit(new ManagerEffect.CancelTimer(new ManagerTimer(purpose, number)));
    }

    /** Logs a line. */
    public void log(LogEvent.Level level, String subsystem, String text) {
        emit(new ManagerEffect.Log(new LogEvent(level, subsystem, text)));
    }
}
