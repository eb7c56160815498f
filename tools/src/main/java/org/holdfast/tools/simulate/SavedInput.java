package org.holdfast.tools.simulate;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.EntryMarks;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.unpack.ConfigurationReader;

/** The CIB that was scheduled, with what the reference notes in it while it reads it. */
final class SavedInput {

    private final EntryMarks<Cluster.FailedOperation> failed = new EntryMarks<>();
    private final EntryMarks<Node> pardoned;
    private final EntryMarks<Boolean> expired;

    private SavedInput(Cluster cluster) {
        cluster.failed.forEach(operation -> failed.put(operation.entry(), operation));
        pardoned = cluster.pardoned;
        expired = cluster.expiredRecurring;
    }

    /** The CIB with connections of guests, and failed and expired history entries marked. */
    static Element of(Cluster cluster) {
        return new SavedInput(cluster).marked(ConfigurationReader.withImplied(cluster.cib));
    }

    private Element marked(Element element) {
        if (element.name().equals("configuration")) {
            return element;
        }
        Element marked = element;
        Node node = pardoned.get(element);
        if (node != null) {
            marked = marked.with("uname", node.name);
        }
        Cluster.FailedOperation operation = failed.get(element);
        if (operation != null) {
            marked =
                    marked.with("uname", operation.node().name)
                            .with("rsc-id", operation.resource().id);
        }
        if (expired.has(element)) {
            marked = marked.with("op-restart-digest", Cluster.EXPIRED_DIGEST);
        }
        return marked.mapElements(this::marked);
    }
}
