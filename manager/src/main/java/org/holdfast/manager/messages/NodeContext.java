package org.holdfast.manager.messages;

import java.nio.charset.StandardCharsets;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.kernel.EffectSink;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.manager.ManagerConfig;
import org.holdfast.manager.ManagerEffect;
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

    private final ManagerConfig config;
    private final SeededRandom random;
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
        emit(
                new ManagerEffect.Multicast(
                        group.groupName(),
                        PacemakerFrame.ofText(messageNumber, to, from, text).encode()));
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
