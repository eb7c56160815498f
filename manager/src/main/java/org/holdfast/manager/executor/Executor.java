package org.holdfast.manager.executor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.LogEvent;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerInput.AgentResult;
import org.holdfast.manager.ManagerTimer;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/**
 * The executor of one node. Each resource has a queue of its own, worked off one at a time;
 * different resources run side by side. An operation whose time is up is killed; its resource goes
 * on when the process is gone, or after five seconds if even that fails.
 */
public final class Executor {

    private static final String LOG = "pacemaker-execd";
    private static final String TIMER_TIMEOUT = "executor-timeout";
    private static final String TIMER_GIVE_UP = "executor-give-up";
    private static final String TIMER_RECUR = "executor-recur";
    private static final String TIMER_DELAY = "executor-delay";
    private static final long KILL_GRACE_MILLIS = 5_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NodeContext node;
    private final ExecutorListener listener;
    private final AgentDescriptions descriptions;
    private final Map<String, ResourceQueue> resources = new LinkedHashMap<>();
    private final Map<Long, AgentRun> runs = new LinkedHashMap<>();
    private final Map<Long, Operation> timed = new LinkedHashMap<>();
    private long lastCallId;
    private long lastRunId;

    /** A number for an operation that was not used before. */
    public long nextCallId() {
        lastCallId++;
        return lastCallId;
    }

    /** An executor without resources. */
    public Executor(NodeContext node, ExecutorListener listener) {
        this.node = node;
        this.listener = listener;
        this.descriptions = new AgentDescriptions(node);
    }

    /** Carries out an order. The listener hears of it in this step or later. */
    public void execute(OperationOrder order) {
        ResourceQueue queue = resources.get(order.resource().id());
        if (queue != null && !queue.held.isEmpty()) {
            queue.held.add(order);
        } else if (descriptions.isNeeded(order)) {
            queueOf(order).held.add(order);
            descriptions.ask(order);
        } else {
            carryOut(order);
        }
    }

    /** An agent has described itself, or, with null, has not. */
    public void onDescribed(long call, @Nullable String metadata) {
        for (String resource : descriptions.answered(call, metadata)) {
            ResourceQueue queue = resources.get(resource);
            if (queue != null) {
                release(queue);
            }
        }
    }

    private void release(ResourceQueue queue) {
        OperationOrder next = queue.held.pollFirst();
        while (next != null) {
            carryOut(next);
            next = queue.held.peekFirst();
            if (next != null && descriptions.isNeeded(next)) {
                descriptions.ask(next);
                return;
            }
            queue.held.pollFirst();
        }
    }

    private ResourceQueue queueOf(OperationOrder order) {
        return resources.computeIfAbsent(order.resource().id(), id -> new ResourceQueue());
    }

    private void carryOut(OperationOrder order) {
        switch (order.task()) {
            case "cancel" -> cancel(order);
            case "delete" -> forget(order);
            default -> begin(order);
        }
    }

    /** Whether nothing runs or waits; recurring operations between two runs do not count. */
    public boolean isIdle() {
        for (ResourceQueue queue : resources.values()) {
            if (!queue.isIdle()) {
                return false;
            }
        }
        return true;
    }

    /** Ends all recurring operations without a word: the node leaves. */
    public void stopRecurring() {
        resources.values().forEach(this::dropRecurring);
    }

    private void begin(OperationOrder asked) {
        ResourceQueue queue = queueOf(asked);
        OperationOrder order = queue.withStopParameters(asked).describedBy(descriptions.of(asked));
        if (order.intervalMillis() == 0 && changesState(order.task())) {
            dropRecurring(queue);
        }
        if (order.intervalMillis() > 0) {
            Operation former = queue.recurring.remove(order.key());
            if (former != null) {
                drop(former);
            }
        }
        Operation operation = new Operation(order, nextCallId());
        if (order.intervalMillis() > 0) {
            queue.recurring.put(order.key(), operation);
        }
        listener.onPending(OperationResult.pending(order, node.epochSeconds()));
        if (order.startDelayMillis() > 0) {
            timed.put(operation.callId, operation);
            node.setTimer(TIMER_DELAY, operation.callId, order.startDelayMillis());
        } else {
            enqueue(queue, operation);
        }
    }

    private static boolean changesState(String task) {
        return !task.equals("monitor") && !task.equals("notify");
    }

    private void enqueue(ResourceQueue queue, Operation operation) {
        operation.queuedNanos = node.nowNanos();
        queue.waiting.add(operation);
        runNext(queue);
    }

    private void runNext(ResourceQueue queue) {
        while (queue.running == null) {
            Operation next = queue.waiting.pollFirst();
            if (next == null) {
                return;
            }
            if (!next.dropped) {
                run(queue, next);
            }
        }
    }

    private void run(ResourceQueue queue, Operation operation) {
        OperationOrder order = operation.order;
        lastRunId++;
        AgentRun run =
                new AgentRun(lastRunId, operation, queue, node.nowNanos(), node.epochSeconds());
        queue.running = run;
        runs.put(run.id, run);
        if (order.timeoutMillis() > 0) {
            node.setTimer(TIMER_TIMEOUT, run.id, order.timeoutMillis());
        }
        node.emit(
                new ManagerEffect.RunAgent(
                        run.id,
                        order.resource().id(),
                        order.resource().standard(),
                        order.resource().provider(),
                        order.resource().type(),
                        order.task(),
                        order.parameters(),
                        order.timeoutMillis(),
                        order.intervalMillis()));
    }

    /** An agent ended. */
    public void onAgentResult(AgentResult result) {
        AgentRun run = runs.remove(result.call());
        if (run == null) {
            return; // given up after a kill that had no effect
        }
        node.cancelTimer(TIMER_TIMEOUT, run.id);
        node.cancelTimer(TIMER_GIVE_UP, run.id);
        finish(run, outcome(run, result));
    }

    /** A timer fired; answers whether it was one of the executor's. */
    public boolean onTimer(ManagerTimer timer) {
        switch (timer.purpose()) {
            case TIMER_TIMEOUT -> onTimeout(runs.get(timer.number()));
            case TIMER_GIVE_UP -> {
                AgentRun run = runs.remove(timer.number());
                if (run != null) {
                    node.log(
                            LogEvent.Level.ERROR,
                            LOG,
                            "%s could not be killed; going on without it"
                                    .formatted(run.operation.order.key()));
                    finish(run, timedOut(run));
                }
            }
            case TIMER_DELAY, TIMER_RECUR -> {
                Operation operation = timed.remove(timer.number());
                ResourceQueue queue =
                        operation == null ? null : resources.get(operation.order.resource().id());
                if (operation != null && queue != null && !operation.dropped) {
                    enqueue(queue, operation);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onTimeout(@Nullable AgentRun run) {
        if (run == null) {
            return;
        }
        run.timedOut = true;
        node.log(
                LogEvent.Level.WARNING,
                LOG,
                "%s timed out after %d ms"
                        .formatted(run.operation.order.key(), run.operation.order.timeoutMillis()));
        node.emit(new ManagerEffect.KillAgent(run.id));
        node.setTimer(TIMER_GIVE_UP, run.id, KILL_GRACE_MILLIS);
    }

    private void finish(AgentRun run, OperationResult result) {
        Operation operation = run.operation;
        run.queue.running = null;
        if (!operation.dropped) {
            if (operation.order.intervalMillis() > 0) {
                if (operation.isNews(result)) {
                    OperationResult dated = operation.changedNow(result);
                    listener.onResult(dated);
                }
                timed.put(operation.callId, operation);
                node.setTimer(TIMER_RECUR, operation.callId, operation.order.intervalMillis());
            } else {
                run.queue.remember(operation.order, result);
                listener.onResult(result);
            }
        }
        runNext(run.queue);
    }

    private OperationResult outcome(AgentRun run, AgentResult result) {
        if (run.timedOut) {
            return timedOut(run);
        }
        return switch (result.outcome()) {
            case EXITED -> result(run, result.exitCode(), ExecStatus.DONE, result.exitReason());
            case KILLED ->
                    result(
                            run,
                            OperationResult.RC_ERROR,
                            ExecStatus.ERROR,
                            "Resource agent was killed by a signal");
            case NOT_INSTALLED ->
                    result(
                            run,
                            OperationResult.RC_NOT_INSTALLED,
                            ExecStatus.NOT_INSTALLED,
                            result.exitReason());
            case NOT_EXECUTABLE ->
                    result(run, OperationResult.RC_ERROR, ExecStatus.ERROR, result.exitReason());
        };
    }

    private OperationResult timedOut(AgentRun run) {
        return result(
                run,
                OperationResult.RC_ERROR,
                ExecStatus.TIMEOUT,
                "Resource agent did not complete within "
                        + readable(run.operation.order.timeoutMillis()));
    }

    private static String readable(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private OperationResult result(AgentRun run, int rc, ExecStatus status, String reason) {
        Operation operation = run.operation;
        return new OperationResult(
                operation.order,
                operation.callId,
                rc,
                status,
                reason,
                run.startedEpochSeconds,
                run.startedEpochSeconds,
                (node.nowNanos() - run.startedNanos) / NANOS_PER_MILLI,
                (run.startedNanos - operation.queuedNanos) / NANOS_PER_MILLI);
    }

    private void cancel(OperationOrder order) {
        String task = order.meta("operation");
        String key =
                order.resource().id()
                        + "_"
                        + (task == null ? "monitor" : task)
                        + "_"
                        + order.intervalMillis();
        ResourceQueue queue = resources.get(order.resource().id());
        if (queue != null) {
            Operation recurring = queue.recurring.remove(key);
            if (recurring != null) {
                drop(recurring);
            }
        }
        listener.onCancelled(order, key);
    }

    private void forget(OperationOrder order) {
        ResourceQueue queue = resources.get(order.resource().id());
        if (queue != null) {
            dropRecurring(queue);
            if (queue.isIdle()) {
                resources.remove(order.resource().id());
            }
        }
        listener.onForgotten(order);
    }

    private void dropRecurring(ResourceQueue queue) {
        queue.recurring.values().forEach(this::drop);
        queue.recurring.clear();
    }

    private void drop(Operation operation) {
        operation.dropped = true;
        if (timed.remove(operation.callId) != null) {
            node.cancelTimer(TIMER_RECUR, operation.callId);
            node.cancelTimer(TIMER_DELAY, operation.callId);
        }
    }

    /** Parameters for a stop: the instance's own from its start, with the order's meta ones. */
    static SortedMap<String, String> stopParameters(
            SortedMap<String, String> asked, SortedMap<String, String> atStart) {
        SortedMap<String, String> merged = new TreeMap<>();
        asked.forEach((name, value) -> {
            if (OperationOrder.isMeta(name)) {
                merged.put(name, value);
            }
        });
        atStart.forEach((name, value) -> {
            if (!OperationOrder.isMeta(name)) {
                merged.put(name, value);
            }
        });
        return merged;
    }
}
