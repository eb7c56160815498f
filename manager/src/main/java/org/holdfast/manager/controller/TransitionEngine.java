package org.holdfast.manager.controller;

import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerTimer;
import org.holdfast.manager.executor.ExecStatus;
import org.holdfast.manager.executor.TransitionKey;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one transition at a time: starts synapses whose inputs are done, waits for results in
 * the status section, and ends early when the world is no longer what the plan was made for. An
 * aborted transition starts nothing new, but waits for what is under way: every action has a timer,
 * so every transition ends.
 */
final class TransitionEngine {

    private static final String TIMER_ACTION = "transition-action";

    private final NodeContext node;
    private final TransitionActions actions;
    private final String engineId;
    private final TreeMap<Integer, Synapse> ready = new TreeMap<>();
    private final NodeJobs jobs = new NodeJobs();
    private @Nullable TransitionGraph graph;
    private boolean complete = true;
    private boolean firing;
    private int pending;
    private int abortPriority;
    private @Nullable String abortReason;
    private boolean waits;

    TransitionEngine(NodeContext node, TransitionActions actions) {
        this.node = node;
        this.actions = actions;
        this.engineId = uuid(node);
    }

    /** A version 4 UUID (RFC 9562) of the manager's own random numbers. */
    private static String uuid(NodeContext node) {
        long high = node.random().nextLong() ^ node.config().incarnation();
        long low = node.random().nextLong() ^ node.self().value();
        return "%08x-%04x-4%03x-%04x-%012x"
                .formatted(
                        high >>> 32,
                        high >>> 16 & 0xFFFF,
                        high & 0xFFF,
                        low >>> 48 & 0x3FFF | 0x8000,
                        low & 0xFFFF_FFFF_FFFFL);
    }

    /**
     * Starts a transition. The one before must have ended.
     *
     * @param jobsPerNode how many resource actions a node may be busy with
     */
    void start(TransitionGraph next, int jobsPerNode) {
        graph = next;
        jobs.reset(jobsPerNode);
        complete = false;
        pending = 0;
        abortPriority = 0;
        abortReason = null;
        waits = false;
        ready.clear();
        for (int i = 0; i < next.synapses.size(); i++) {
            Synapse synapse = next.synapses.get(i);
            if (synapse.missingInputs == 0) {
                ready.put(synapse.id, synapse);
            }
        }
        fire();
    }

    boolean isActive() {
        return !complete;
    }

    int transitionId() {
        return graph == null ? -1 : graph.id;
    }

    /** Why the transition was or is being aborted, or null. */
    @Nullable String abortReason() {
        return abortReason;
    }

    /** Whether a transition has ended early and another should be planned right away. */
    boolean wantsRestart() {
        return complete && abortReason != null && !waits;
    }

    /**
     * A node could not be fenced for want of a device: nothing more is started, and nothing is
     * planned until something changes.
     */
    void fencingFailed(GraphAction action) {
        action.failed = true;
        waits = true;
        noteAbort(TransitionGraph.INFINITY, "Fencing failed: " + action.key());
        confirm(action);
    }

    /** A node is down: fencing actions that wait for that are done. */
    void fenced(NodeId target) {
        if (graph == null || complete) {
            return;
        }
        for (GraphAction action : graph.actions.values()) {
            if (action.isFencing() && action.executed && target.equals(action.target())) {
                node.cancelTimer(TIMER_ACTION, timerNumber(graph, action));
                confirm(action);
            }
        }
    }

    /** Starts nothing more below a priority; answers false if no transition is active. */
    boolean abort(int priority, String reason) {
        if (complete) {
            return false;
        }
        noteAbort(priority, reason);
        fire();
        return true;
    }

    /** To be done before the action at fault is confirmed: that may end the transition. */
    private void noteAbort(int priority, String reason) {
        if (abortReason == null) {
            abortReason = reason;
            node.log(
                    LogEvent.Level.NOTICE,
                    Controller.LOG,
                    "Transition %d aborted: %s".formatted(transitionId(), reason));
        }
        abortPriority = Math.max(abortPriority, priority);
    }

    /** Ends the transition at once, without a word: this node is no longer the DC. */
    void drop() {
        if (graph != null) {
            for (GraphAction action : graph.actions.values()) {
                if (action.executed && !action.confirmed) {
                    node.cancelTimer(TIMER_ACTION, timerNumber(graph, action));
                }
            }
        }
        graph = null;
        complete = true;
        ready.clear();
        jobs.reset(1);
        pending = 0;
    }

    private void fire() {
        if (firing || graph == null || complete) {
            return;
        }
        firing = true;
        try {
            while (!ready.isEmpty() || jobs.release(ready)) {
                if (graph.batchLimit > 0 && pending >= graph.batchLimit) {
                    break;
                }
                Synapse synapse = ready.pollFirstEntry().getValue();
                boolean stopped = abortReason != null && synapse.priority < abortPriority;
                if (!synapse.failed && (synapse.isPseudo() || !stopped) && jobs.admits(synapse)) {
                    execute(graph, synapse);
                }
                if (graph == null) {
                    return; // dropped by an action
                }
            }
        } finally {
            firing = false;
        }
        if (pending == 0) {
            end();
        }
    }

    private void end() {
        TransitionGraph ended = graph;
        if (ended == null) {
            return;
        }
        complete = true;
        node.log(
                LogEvent.Level.NOTICE,
                Controller.LOG,
                "Transition %d (%d actions): %s"
                        .formatted(
                                ended.id,
                                ended.actions.size(),
                                abortReason == null ? "complete" : "stopped"));
        actions.transitionEnded();
    }

    private void execute(TransitionGraph current, Synapse synapse) {
        synapse.executed = true;
        pending++;
        if (synapse.actions.isEmpty()) {
            pending--;
        }
        for (GraphAction action : synapse.actions) {
            action.executed = true;
            jobs.started(action);
            String key =
                    new TransitionKey(action.id, current.id, action.targetRc(), engineId)
                            .toString();
            boolean done =
                    switch (action.kind) {
                        case PSEUDO -> true;
                        case RESOURCE -> {
                            actions.order(action, key);
                            yield action.needsNoWait();
                        }
                        case CLUSTER -> actions.perform(action, key) || action.needsNoWait();
                    };
            if (done) {
                confirm(action);
            } else if (!action.confirmed) {
                long timeout = action.timeoutMillis();
                node.setTimer(
                        TIMER_ACTION,
                        timerNumber(current, action),
                        (timeout > 0 ? timeout : current.networkDelayMillis)
                                + current.networkDelayMillis);
            }
        }
    }

    private static long timerNumber(TransitionGraph graph, GraphAction action) {
        return (long) graph.id << 32 | action.id;
    }

    /** A timer fired; answers whether it was one of the engine's. */
    boolean onTimer(ManagerTimer timer) {
        if (!timer.purpose().equals(TIMER_ACTION)) {
            return false;
        }
        GraphAction action =
                graph == null || complete || timer.number() >>> 32 != graph.id
                        ? null
                        : graph.actions.get((int) timer.number());
        if (graph != null && action != null && action.executed && !action.confirmed) {
            action.failed = true;
            String key =
                    new TransitionKey(action.id, graph.id, action.targetRc(), engineId).toString();
            actions.actionLost(action, key);
            noteAbort(TransitionGraph.INFINITY, "Action lost: " + action.key());
            confirm(action);
        }
        return true;
    }

    /** An action is done, well or not. */
    private void confirm(GraphAction action) {
        if (action.confirmed || graph == null) {
            return;
        }
        action.confirmed = true;
        if (action.executed) {
            jobs.ended(action);
        }
        if (action.synapse.isConfirmed()) {
            pending--;
        }
        for (Synapse waiting : graph.dependents(action)) {
            if (!action.failed || waiting.priority >= TransitionGraph.INFINITY) {
                waiting.missingInputs--;
                if (waiting.missingInputs == 0) {
                    ready.put(waiting.id, waiting);
                }
            }
        }
        fire();
    }

    /** Confirms the action that a controller was asked for by its key. */
    void confirmByKey(@Nullable String transitionKey, boolean succeeded) {
        TransitionKey key = TransitionKey.parse(transitionKey);
        if (key == null || graph == null || complete) {
            return;
        }
        GraphAction action =
                key.engine().equals(engineId) && key.transition() == graph.id
                        ? graph.actions.get(key.action())
                        : null;
        if (action == null || !action.executed || action.confirmed) {
            return;
        }
        node.cancelTimer(TIMER_ACTION, timerNumber(graph, action));
        action.failed = !succeeded;
        if (!succeeded) {
            noteAbort(TransitionGraph.INFINITY, "Action failed: " + action.key());
        }
        confirm(action);
    }

    /** Whether the running transition has a resource's history on a node deleted. */
    boolean isDeleting(NodeId where, String resource) {
        if (graph == null || complete) {
            return false;
        }
        for (GraphAction action : graph.actions.values()) {
            Element primitive = action.xml.first("primitive");
            if (action.executed
                    && (action.task().equals("delete") || action.task().equals("lrm_delete"))
                    && where.equals(action.target())
                    && primitive != null
                    && primitive.id().equals(resource)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a running action is to take the node down. */
    boolean isTakingDown(NodeId target) {
        if (graph == null) {
            return false;
        }
        for (GraphAction action : graph.actions.values()) {
            if (action.executed && action.takesDown(target)) {
                return true;
            }
        }
        return false;
    }

    /** A node is gone: what was to be done there cannot be done. Answers whether that matters. */
    boolean nodeLost(NodeId lost) {
        if (graph == null || complete) {
            return false;
        }
        boolean matters = false;
        for (GraphAction action : graph.actions.values()) {
            if (!action.confirmed
                    && action.kind != GraphAction.Kind.PSEUDO
                    && !action.isFencing()
                    && lost.equals(action.target())) {
                action.failed = true;
                action.synapse.failed = true;
                if (action.executed) {
                    node.cancelTimer(TIMER_ACTION, timerNumber(graph, action));
                    action.confirmed = true;
                    jobs.ended(action);
                    if (action.synapse.isConfirmed()) {
                        pending--;
                    }
                }
                matters = true;
            }
        }
        return matters && abort(TransitionGraph.INFINITY, "Node failure");
    }

    /** A cancel order took effect: its operation's entry is gone. */
    boolean confirmCancel(NodeId where, String operationKey) {
        if (graph == null || complete) {
            return false;
        }
        for (GraphAction action : graph.actions.values()) {
            if (action.task().equals("cancel")
                    && action.key().equals(operationKey)
                    && where.equals(action.target())) {
                if (action.executed && !action.confirmed) {
                    node.cancelTimer(TIMER_ACTION, timerNumber(graph, action));
                    confirm(action);
                }
                return true;
            }
        }
        return false;
    }

    /**
     * A result has appeared in the status section.
     *
     * @param where the node it is of
     * @param entry the history entry
     * @return a reason to plan anew, or null if the result was expected
     */
    @Nullable String onResult(NodeId where, Element entry) {
        TransitionKey key = TransitionKey.parse(entry.get("transition-key"));
        long status = ControllerMessages.number(entry, "op-status", 0);
        if (key == null || status == ExecStatus.PENDING.code()) {
            return null;
        }
        int rc = effective((int) ControllerMessages.number(entry, "rc-code", 0));
        GraphAction action =
                graph != null
                                && !complete
                                && key.engine().equals(engineId)
                                && key.transition() == graph.id
                        ? graph.actions.get(key.action())
                        : null;
        boolean repeated = entry.getOr("crm-debug-origin", "").equals(LocalHistory.REFRESH);
        if (action == null && repeated) {
            return null;
        }
        if (action == null) {
            return onUnplanned(where, entry, key, status, rc);
        }
        if (action.confirmed || graph == null) {
            return null;
        }
        node.cancelTimer(TIMER_ACTION, timerNumber(graph, action));
        boolean ignore = "ignore".equals(action.meta("on_fail"));
        action.failed = !ignore && rc != key.targetRc();
        String start = graph.failedStartOffset;
        String stop = graph.failedStopOffset;
        if (action.failed) {
            noteAbort(action.synapse.priority + 1, "Event failed: " + action.key());
        }
        confirm(action);
        if (rc != key.targetRc() && status != ExecStatus.INVALID.code()) {
            actions.noteFailure(where, entry, start, stop, !ignore);
        }
        return null;
    }

    private @Nullable String onUnplanned(
            NodeId where, Element entry, TransitionKey key, long status, int rc) {
        String operationKey = entry.getOr("operation_key", "");
        if (status == ExecStatus.CANCELLED.code()) {
            confirmCancel(where, operationKey);
            return null;
        }
        boolean recurring = ControllerMessages.number(entry, "interval", 0) > 0;
        // A failed one-time operation has two entries, which are one failure.
        boolean isSecondEntry = !recurring && entry.id().endsWith("_last_failure_0");
        if (rc != key.targetRc() && status != ExecStatus.INVALID.code() && !isSecondEntry) {
            actions.noteFailure(where, entry, "INFINITY", "INFINITY", true);
        }
        if (key.transition() == -1) {
            return "Unexpected event " + operationKey;
        }
        return recurring
                ? "Change in recurring result " + operationKey
                : "Late or foreign event " + operationKey;
    }

    /** A degraded service still counts as the service (OCF 1.1: 190 as 0, 191 as 8). */
    private static int effective(int rc) {
        return switch (rc) {
            case 190 -> 0;
            case 191 -> 8;
            default -> rc;
        };
    }
}
