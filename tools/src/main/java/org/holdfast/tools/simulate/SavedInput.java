package org.holdfast.tools.simulate;

import java.util.IdentityHashMap;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.unpack.ConfigurationReader;

/** The CIB that was scheduled, with what the reference notes in it while it reads it. */
final class SavedInput {

    private SavedInput() {}

    /** The CIB with connections of guests, and failed history entries marked. */
    static Element of(Cluster cluster) {
        Map<Element, Cluster.FailedOperation> failed = new IdentityHashMap<>();
        cluster.failed.forEach(operation -> failed.put(operation.entry(), operation));
        return marked(ConfigurationReader.withImplied(cluster.cib), failed);
    }

    private static Element marked(Element element, Map<Element, Cluster.FailedOperation> failed) {
        if (failed.isEmpty() || element.name().equals("configuration")) {
            return element;
        }
        Cluster.FailedOperation operation = failed.get(element);
        if (operation != null) {
            return element.with("uname", operation.node().name)
                    .with("rsc-id", operation.resource().id);
        }
        return element.mapElements(child -> marked(child, failed));
    }
}
