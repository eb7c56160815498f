package org.holdfast.node;

import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.Text;
import org.holdfast.cib.result.Rc;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ManagerRequest;

/**
 * Bounds what commands have under way in the cluster: a large change waits for its turn at the ring
 * and then at the manager of every node, and those of many commands at once must not fill the
 * memory of all. Who comes too early is told to try again. Small requests always pass. Thread-safe.
 */
final class LargeRequests {

    /** What a request that came too early is answered with: EAGAIN. */
    static final ControlAnswer BUSY = new ControlAnswer.CibResult(Rc.toLegacy(Rc.EAGAIN), null);

    private static final long SMALL_BYTES = 64 << 10;

    /** A single request may be larger, if no other large one is under way. */
    private static final long UNDER_WAY_BYTES_MAX = 16 << 20;

    private static final long NODE_BYTES = 8;

    private final Map<Long, Long> underWay = new LinkedHashMap<>();
    private long bytes;

    /** Whether a client's request may go on now; then its {@link #end} is to be told. */
    synchronized boolean begin(long client, ManagerRequest<?> request) {
        long size =
                request instanceof ManagerRequest.CibOperation operation && operation.data() != null
                        ? size(operation.data())
                        : 0;
        if (size <= SMALL_BYTES) {
            return true;
        }
        if (bytes > 0 && bytes + size > UNDER_WAY_BYTES_MAX) {
            return false;
        }
        bytes += size;
        underWay.put(client, size);
        return true;
    }

    /** A client has its answer. */
    synchronized void end(long client) {
        Long size = underWay.remove(client);
        if (size != null) {
            bytes -= size;
        }
    }

    /** About the length of an element's text. */
    private static long size(Element element) {
        long size = NODE_BYTES + 2L * element.name().length();
        for (int i = 0; i < element.attributeCount(); i++) {
            size += element.attributeName(i).length() + element.attributeValue(i).length() + 4;
        }
        for (Node child : element.children()) {
            size +=
                    switch (child) {
                        case Element inner -> size(inner);
                        case Text(String value) -> value.length();
                        default -> NODE_BYTES;
                    };
        }
        return size;
    }
}
