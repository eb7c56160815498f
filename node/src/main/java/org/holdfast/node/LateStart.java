package org.holdfast.node;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.holdfast.transport.ControlSocket;
import org.jspecify.annotations.Nullable;

/**
 * What a start does when the node stands in its first ring, on a thread of its own: the socket for
 * commands, and whatever else the ring need not wait for. The Java runtime needs as long for it as
 * for all that the ring needs.
 *
 * <p>{@link #ringIsThere} and {@link #close} may be called by any thread.
 */
final class LateStart implements AutoCloseable {

    /** A node that finds no ring is asked by commands what is wrong. */
    private static final long WAIT_MILLIS_MAX = 1000;

    private final CountDownLatch ring = new CountDownLatch(1);
    private final Opening opening;
    private final Outcome outcome;
    private final Runnable rest;
    private @Nullable ControlSocket socket;
    private boolean closed;

    /** Opens the socket for commands. */
    @FunctionalInterface
    interface Opening {
        ControlSocket open() throws IOException;
    }

    /** Is told on the late start's thread. */
    interface Outcome {

        /** Commands are served. */
        void onOpened(ControlSocket socket);

        /** They cannot be. */
        void onFailed(IOException fault);
    }

    /**
     * Prepares it.
     *
     * @param rest comes when commands are served
     */
    LateStart(Opening opening, Outcome outcome, Runnable rest) {
        this.opening = opening;
        this.outcome = outcome;
        this.rest = rest;
    }

    /** Begins to wait. */
    void begin() {
        Thread.ofPlatform().daemon().name("late-start").start(this::run);
    }

    /** The first ring has formed. */
    void ringIsThere() {
        ring.countDown();
    }

    private void run() {
        try {
            boolean _ = ring.await(WAIT_MILLIS_MAX, TimeUnit.MILLISECONDS);
            ControlSocket opened = openUnlessClosed();
            if (opened != null) {
                outcome.onOpened(opened);
                rest.run();
            }
        } catch (IOException e) {
            outcome.onFailed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable ControlSocket openUnlessClosed() throws IOException {
        if (!closed) {
            socket = opening.open();
        }
        return socket;
    }

    /** Ends the service, begun or not. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (socket != null) {
            socket.close();
        }
    }
}
