package org.holdfast.manager.executor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The operations of one resource: at most one runs. */
final class ResourceQueue {

    /** Orders that wait until the agent of the first of them has described itself. */
    final Deque<OperationOrder> held = new ArrayDeque<>();

    final Deque<Operation> waiting = new ArrayDeque<>();
    final Map<String, Operation> recurring = new LinkedHashMap<>();
    @Nullable AgentRun running;

    private @Nullable SortedMap<String, String> startParameters;

    boolean isIdle() {
        return running == null && waiting.isEmpty() && held.isEmpty();
    }

    /**
     * A stop uses the parameters that the resource was started with: those in the configuration may
     * have changed since.
     */
    OperationOrder withStopParameters(OperationOrder order) {
        if (startParameters == null || !order.task().equals("stop")) {
            return order;
        }
        return order.withParameters(Executor.stopParameters(order.parameters(), startParameters));
    }

    void remember(OperationOrder order, OperationResult result) {
        boolean succeeded = result.status() == ExecStatus.DONE && result.rc() == 0;
        if (!succeeded) {
            return;
        }
        switch (order.task()) {
            case "start", "reload", "reload-agent", "migrate_from" ->
                    startParameters = order.parameters();
            case "stop" -> startParameters = null;
            default -> {
                // other operations do not change the parameters in effect
            }
        }
    }
}
