package org.holdfast.tools.pcs;

import java.util.List;
import org.holdfast.tools.options.ClusterOption;
import org.holdfast.tools.options.OptionList;

/** The cluster options of Pacemaker 3.0, for machines where no description of them is installed. */
final class ClusterOptions {

    private ClusterOptions() {}

    static List<PropertyCatalog.Property> all() {
        return OptionList.CLUSTER.options().stream().map(ClusterOptions::property).toList();
    }

    private static PropertyCatalog.Property property(ClusterOption option) {
        String replacement = option.replacement();
        return new PropertyCatalog.Property(
                option.name(),
                option.type(),
                option.fallback(),
                option.values(),
                option.advanced(),
                option.deprecated(),
                replacement == null ? List.of() : List.of(replacement),
                option.shortText(),
                option.longText());
    }
}
