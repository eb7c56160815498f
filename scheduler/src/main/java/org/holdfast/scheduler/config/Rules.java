package org.holdfast.scheduler.config;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.Cluster;

/** Rules of attribute sets and constraints at the run's time. */
public final class Rules {

    private Rules() {}

    /** Whether an element has no rules or one of them holds. */
    public static boolean hold(Cluster cluster, Element holder, RuleScope scope) {
        boolean any = false;
        for (Element child : holder.elements()) {
            if (child.name().equals("rule")) {
                Element rule = References.resolve(cluster, child);
                if (rule != null) {
                    any = true;
                    if (evaluate(cluster, rule, scope)) {
                        return true;
                    }
                }
            }
        }
        return !any;
    }

    /** Whether a single rule holds. */
    public static boolean evaluate(Cluster cluster, Element rule, RuleScope scope) {
        throw new UnsupportedOperationException("rules: " + rule.id() + cluster.now + scope);
    }
}
