package org.holdfast.node;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.holdfast.cib.document.Element;
import org.holdfast.manager.ManagerEffect.PlanTransition;
import org.holdfast.manager.ManagerInput;
import org.holdfast.manager.TransitionPlanner;

/**
 * Plans transitions on a thread of its own, so that a plan for thousands of resources does not hold
 * up the token. A request that a newer one has overtaken is left out.
 */
final class PlannerThread implements AutoCloseable {

    /** The scheduler follows chains of constraints by recursion. */
    private static final long STACK_BYTES = 64L << 20;

    private final TransitionPlanner planner;
    private final AtomicInteger newest = new AtomicInteger();
    private final ExecutorService thread;

    PlannerThread(TransitionPlanner planner) {
        this.planner = planner;
        ThreadPoolExecutor one =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform()
                                .daemon()
                                .name("planner")
                                .stackSize(STACK_BYTES)
                                .factory());
        // Started now, a thread does not inherit the loop's real-time priority.
        one.prestartAllCoreThreads();
        this.thread = one;
    }

    /**
     * Plans as soon as the thread is free.
     *
     * @param request what to plan
     * @param answer is told the outcome on the planner's thread
     */
    void plan(PlanTransition request, Consumer<ManagerInput> answer) {
        newest.set(request.transitionId());
        thread.execute(() -> {
            if (newest.get() == request.transitionId()) {
                answer.accept(outcome(request));
            }
        });
    }

    private ManagerInput outcome(PlanTransition request) {
        int id = request.transitionId();
        try {
            Element graph = planner.plan(request.cib(), request.epochSeconds(), id);
            return new ManagerInput.TransitionPlanned(id, graph);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // What was planned so far is garbage now, so there is memory again for all else.
            return new ManagerInput.PlanningFailed(id, e.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
