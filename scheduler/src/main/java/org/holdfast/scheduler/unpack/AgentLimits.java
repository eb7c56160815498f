package org.holdfast.scheduler.unpack;

import java.util.Locale;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;

/** What an agent's class cannot do: unique or promotable clones. */
final class AgentLimits {

    private AgentLimits() {}

    /** Turns a unique clone of a class that knows no instances into an anonymous one. */
    static boolean apply(Primitive primitive) {
        String agentClass = primitive.agentClass.toLowerCase(Locale.ROOT);
        boolean ocf = agentClass.equals("ocf");
        Resource top = primitive.top(false);
        if (!ocf
                && !agentClass.equals("stonith")
                && primitive.is(ResourceFlag.UNIQUE)
                && top instanceof Clone clone) {
            clone.cluster.configWarning(
                    "Ignoring globally-unique for %s because %s resources such as %s can be used only as anonymous clones"
                            .formatted(clone.id, primitive.agentClass, primitive.id));
            clone.cloneNodeMax = 1;
            clone.cloneMax = Math.min(clone.cloneMax, clone.cluster.nodes.size());
            makeAnonymous(clone);
            makeAnonymous(primitive);
        }
        if (!ocf && top.is(ResourceFlag.PROMOTABLE)) {
            primitive.cluster.configError(
                    "Resource "
                            + primitive.id
                            + " is of type "
                            + primitive.agentClass
                            + " and therefore cannot be used as a promotable clone resource");
            return false;
        }
        return true;
    }

    private static void makeAnonymous(Resource resource) {
        resource.clear(ResourceFlag.UNIQUE);
        resource.meta.put("globally-unique", "false");
        for (Resource child : resource.children) {
            makeAnonymous(child);
        }
    }
}
