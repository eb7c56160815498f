package org.holdfast.node;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.holdfast.controlapi.Caller;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlAnswer.Reason;
import org.holdfast.controlapi.ControlAnswer.Refused;
import org.holdfast.controlapi.ControlRequest;
import org.holdfast.controlapi.RequestRefused;

/** Requests of commands on their way to the loop and their answers on the way back. Thread-safe. */
final class Requests {

    private final Map<Long, CompletableFuture<ControlAnswer>> pending = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Receiver receiver;
    private volatile boolean closed;

    /** Takes requests; called by the thread of the command. */
    @FunctionalInterface
    interface Receiver {

        /** Sees to it that {@link Requests#answer} is called with the same number. */
        void onRequest(long number, Caller caller, ControlRequest<?> request);
    }

    Requests(Receiver receiver) {
        this.receiver = receiver;
    }

    /** The connection of one caller. */
    ClusterConnection connectionOf(Caller caller) {
        return new ClusterConnection() {
            @Override
            public <A extends ControlAnswer> A call(ControlRequest<A> request, Duration timeout)
                    throws RequestRefused {
                return ask(caller, request, timeout);
            }
        };
    }

    private <A extends ControlAnswer> A ask(
            Caller caller, ControlRequest<A> request, Duration timeout) throws RequestRefused {
        long number = numbers.incrementAndGet();
        CompletableFuture<ControlAnswer> future = new CompletableFuture<>();
        pending.put(number, future);
        try {
            if (closed) {
                throw new RequestRefused(ending());
            }
            receiver.onRequest(number, caller, request);
            ControlAnswer answer = future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (answer instanceof Refused refused) {
                throw new RequestRefused(refused);
            }
            @SuppressWarnings("unchecked") // the request names the one type of its answer
            A typed = (A) answer;
            return typed;
        } catch (TimeoutException e) {
            String text = "no answer within " + timeout.toSeconds() + " s";
            throw new RequestRefused(new Refused(Reason.TIMEOUT, text));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestRefused(ending());
        } catch (ExecutionException e) {
            throw new RequestRefused(new Refused(Reason.FAILED, String.valueOf(e.getCause())));
        } finally {
            pending.remove(number);
        }
    }

    /** Gives an answer to the one who waits for it; an answer that came too late is dropped. */
    void answer(long number, ControlAnswer answer) {
        CompletableFuture<ControlAnswer> future = pending.get(number);
        if (future != null) {
            future.complete(answer);
        }
    }

    /** Refuses what waits and what comes. */
    void close() {
        closed = true;
        pending.values().forEach(future -> future.complete(ending()));
    }

    private static Refused ending() {
        return new Refused(Reason.NOT_CONNECTED, "the daemon is ending");
    }
}
