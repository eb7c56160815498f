package org.holdfast.manager.controller;

import org.holdfast.cib.document.Element;
import org.holdfast.kernel.LogEvent;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.cibsync.CibReplica;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/**
 * The DC's plans: why a new one is wanted, which one is being made, and when time alone will make
 * another one necessary. Plans are made elsewhere while the manager goes on, so the world may have
 * changed when one comes back; whether it is still good is for the controller to say.
 */
final class Planning {

    private static final long RECHECK_MILLIS = 15 * 60_000;
    private static final int NONE = -1;
    private static final long SETTLE_MILLIS = 5;
    private static final long SETTLE_MILLIS_MAX = 80;
    private static final long BURST_MILLIS = 250;
    private static final long REPEAT_MILLIS = 1_000;
    private static final int REPEATS_MAX = 6;
    private static final long FORGET_MILLIS = 5 * 60_000;

    private final NodeContext node;
    private final CibReplica cib;
    private @Nullable String wish;
    private int lastId;
    private int underWay = NONE;
    private long recheckEpochSeconds;
    private @Nullable Element lastAsked;
    private long lastAskedMillis;
    private int repeats;
    private long lastAskedNanos;
    private long settleMillis = SETTLE_MILLIS;

    Planning(NodeContext node, CibReplica cib) {
        this.node = node;
        this.cib = cib;
    }

    /** Wants nothing any more. */
    void forget() {
        wish = null;
        drop();
    }

    /** A new plan is wanted; the first reason is kept. */
    void want(String reason) {
        if (wish == null) {
            wish = reason;
        }
    }

    /** Why a plan is wanted that has not been asked for yet, or null. */
    @Nullable String wish() {
        return wish;
    }

    /** Whether a plan is being made. */
    boolean isUnderWay() {
        return underWay != NONE;
    }

    /** Has a plan made for the CIB as it is now. */
    void ask() {
        wish = null;
        repeats = isRepeated() ? repeats + 1 : 0;
        lastAsked = cib.current();
        lastAskedMillis = node.wallMillis();
        settleMillis = isInBurst() ? Math.min(2 * settleMillis, SETTLE_MILLIS_MAX) : SETTLE_MILLIS;
        lastAskedNanos = node.nowNanos();
        lastId++;
        underWay = lastId;
        node.emit(new ManagerEffect.PlanTransition(lastId, cib.current(), node.epochSeconds()));
    }

    private boolean isInBurst() {
        return lastId > 0 && node.nowNanos() - lastAskedNanos < BURST_MILLIS * 1_000_000;
    }

    /**
     * How long to wait before the next plan. Changes that come in a burst are planned for once, and
     * the longer it lasts the more of them: a script that makes a hundred changes one after the
     * other does not want a hundred plans. A plan for the very CIB that the ones before were for
     * will end as they did, so that it is made ever more seldom: an action that fails and leaves no
     * trace must not keep the DC busy.
     */
    long settleMillis() {
        return repeats == 0 || !isRepeated()
                ? isInBurst() ? settleMillis : SETTLE_MILLIS
                : REPEAT_MILLIS << Math.min(repeats - 1, REPEATS_MAX);
    }

    private boolean isRepeated() {
        return lastAsked == cib.current()
                && Math.abs(node.wallMillis() - lastAskedMillis) < FORGET_MILLIS;
    }

    /** What is being made will not be used. */
    void drop() {
        underWay = NONE;
    }

    /** A plan has come; answers whether it is the one that is waited for. */
    boolean came(int transitionId) {
        boolean expected = transitionId == underWay;
        if (expected) {
            drop();
        }
        return expected;
    }

    /** Makes a plan the present one. */
    TransitionGraph adopt(Element graphXml, int transitionId) {
        recheckEpochSeconds = ControllerMessages.number(graphXml, "recheck-by", 0);
        TransitionGraph graph = new TransitionGraph(graphXml, transitionId);
        node.log(
                LogEvent.Level.NOTICE,
                Controller.LOG,
                "Transition %d planned: %d actions".formatted(transitionId, graph.actions.size()));
        return graph;
    }

    /** How long an idle DC waits before it looks at the time again. */
    long recheckMillis() {
        long interval =
                new ClusterProperties(cib.current())
                        .millis("cluster-recheck-interval", RECHECK_MILLIS);
        if (interval <= 0) {
            interval = RECHECK_MILLIS;
        }
        if (recheckEpochSeconds > 0) {
            long until = recheckEpochSeconds * 1000 + 1000 - node.wallMillis();
            interval = Math.min(interval, Math.max(1000, until));
        }
        return interval;
    }
}
