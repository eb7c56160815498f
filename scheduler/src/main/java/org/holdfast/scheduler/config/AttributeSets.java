package org.holdfast.scheduler.config;

import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.rule.RuleInput;
import org.holdfast.scheduler.model.Cluster;
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
}
