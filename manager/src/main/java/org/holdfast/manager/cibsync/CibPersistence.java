package org.holdfast.manager.cibsync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerTimer;
import org.holdfast.manager.messages.NodeContext;

/**
 * Keeps the file on disk in step with the configuration: at most one write at a time, always of the
 * newest version, and answers that wait until their version is durable. A change after a pause is
 * written at once; while changes follow each other and nobody waits, the disk rests between writes
 * and several changes become one.
 */
final class CibPersistence {

    private static final String TIMER_REST = "cib-write";

    /** How long a change may stay off this node's disk while the other members have it, too. */
    private static final long REST_MILLIS = 50;

    private record Waiting(long version, Runnable then) {}

    private final NodeContext node;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Element newest;
    private long newestVersion;
    private long writingVersion;
    private long durableVersion;
    private long endedNanos;
    private boolean writing;
    private boolean resting;

    /** {@code onDisk} is what the file holds now. */
    CibPersistence(NodeContext node, Element onDisk) {
        this.node = node;
        this.newest = onDisk;
    }

    /** Takes note of a changed configuration and writes it as soon as the disk is free. */
    void changed(Element cib) {
        newest = cib;
        newestVersion++;
        writeOrRest();
    }

    /** Runs {@code then} when everything noted so far is durable; at once if it is already. */
    void whenDurable(Runnable then) {
        if (durableVersion == newestVersion) {
            then.run();
        } else {
            waiting.add(new Waiting(newestVersion, then));
            writeOrRest();
        }
    }

    /** A write is durable. */
    void persisted(long ticket) {
        if (!writing || ticket != writingVersion) {
            return;
        }
        writing = false;
        durableVersion = ticket;
        endedNanos = node.nowNanos();
        List<Runnable> due = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.getFirst().version() <= durableVersion) {
            due.add(waiting.removeFirst().then());
        }
        writeOrRest();
        due.forEach(Runnable::run);
    }

    /** Has the newest version written now, behind a write that is under way. */
    void flush() {
        boolean isDue = newestVersion > (writing ? writingVersion : durableVersion);
        if (isDue) {
            write();
        }
    }

    /** A timer fired; answers whether it was this one's. */
    boolean onTimer(ManagerTimer timer) {
        if (!timer.purpose().equals(TIMER_REST)) {
            return false;
        }
        resting = false;
        if (!writing && newestVersion > durableVersion) {
            write();
        }
        return true;
    }

    private void writeOrRest() {
        if (writing || newestVersion == durableVersion) {
            return;
        }
        long restedMillis = (node.nowNanos() - endedNanos) / 1_000_000;
        if (!waiting.isEmpty() || durableVersion == 0 || restedMillis >= REST_MILLIS) {
            write();
        } else if (!resting) {
            resting = true;
            node.setTimer(TIMER_REST, 0, REST_MILLIS - restedMillis);
        }
    }

    private void write() {
        writing = true;
        writingVersion = newestVersion;
        node.emit(new ManagerEffect.PersistCib(writingVersion, withoutStatus(newest)));
    }

    private static Element withoutStatus(Element cib) {
        return cib.mapElements(
                child -> child.name().equals("status") ? Element.of("status") : child);
    }
}
