package org.holdfast.scheduler.config;

import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.reference.References;
import org.holdfast.cib.rule.RuleInput;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Name-value pairs of attribute sets whose rules hold at the run's time. */
public final class AttributeSets {

    private AttributeSets() {}

    /**
     * Adds what the sets below an element say, without replacing what is there already.
     *
     * @param holder the element whose children are the sets; null adds nothing
     * @param tag the sets' tag, such as {@code meta_attributes}
     * @param input what rules may look at; begin with {@link Cluster#ruleInput}
     */
    public static void collect(
            Cluster cluster,
            @Nullable Element holder,
            String tag,
            RuleInput input,
            Map<String, String> into) {
        cluster.attributeSets.resolve(holder, tag, null, input, into);
    }

    /**
     * As {@link #collect}, for the sets of a resource itself. Sets and rules that it only refers to
     * count if they are within the resource: Pacemaker looks at a copy of its element alone.
     */
    public static void collectOwn(
            Resource resource, String tag, RuleInput input, Map<String, String> into) {
        collectWithin(resource, resource.xml, tag, input, resource.references, into);
    }

    /** As {@link #collect}, for the sets of one of a resource's configured operations. */
    public static void collectOfOperation(
            Resource resource,
            Element operation,
            String tag,
            RuleInput input,
            Map<String, String> into) {
        boolean shared = resource.operations != resource.xml.first("operations");
        References scope = shared ? resource.cluster.references : resource.references;
        collectWithin(resource, operation, tag, input, scope, into);
    }

    private static void collectWithin(
            Resource resource,
            Element holder,
            String tag,
            RuleInput input,
            References scope,
            Map<String, String> into) {
        resource.cluster.attributeSets.resolve(holder, tag, null, input, scope, into);
    }
}
