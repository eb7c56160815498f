package org.holdfast.manager.cibsync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.messages.NodeContext;

/**
 * Keeps the file on disk in step with the configuration: at most one write at a time, always of the
 * newest version, and answers that wait until their version is durable.
 */
final class CibPersistence {

    private record Waiting(long version, Runnable then) {}

    private final NodeContext node;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Element newest;
    private long newestVersion;
    private long writingVersion;
    private long durableVersion;
    private boolean writing;

    /** {@code onDisk} is what the file holds now. */
    CibPersistence(NodeContext node, Element onDisk) {
        this.node = node;
        this.newest = onDisk;
    }

    /** Takes note of a changed configuration and writes it as soon as the disk is free. */
    void changed(Element cib) {
        newest = cib;
        newestVersion++;
        if (!writing) {
            write();
        }
    }

    /** Runs {@code then} when everything noted so far is durable; at once if it is already. */
    void whenDurable(Runnable then) {
        if (durableVersion == newestVersion) {
            then.run();
        } else {
            waiting.add(new Waiting(newestVersion, then));
        }
    }

    /** A write is durable. */
    void persisted(long ticket) {
        if (!writing || ticket != writingVersion) {
            return;
        }
        writing = false;
        durableVersion = ticket;
        if (newestVersion > durableVersion) {
            write();
        }
        List<Runnable> due = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.getFirst().version() <= durableVersion) {
            due.add(waiting.removeFirst().then());
        }
        due.forEach(Runnable::run);
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
