package org.holdfast.cib.engine;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** The sections of a CIB by tag. */
public final class Sections {

    private Sections() {}

    /** Tags from below the root to a section; null if there is no such section. */
    static @Nullable List<String> pathOf(@Nullable String section) {
        if (section == null) {
            return List.of();
        }
        return switch (section) {
            case "cib", "all" -> List.of();
            case "status", "configuration" -> List.of(section);
            case "crm_config",
                    "nodes",
                    "resources",
                    "constraints",
                    "op_defaults",
                    "rsc_defaults",
                    "acls",
                    "fencing-topology",
                    "tags",
                    "alerts" ->
                    List.of("configuration", section);
            default -> null;
        };
    }

    /** A section of a CIB; null if it is unknown, not there, or there twice. */
    public static @Nullable Element find(Element cib, @Nullable String section) {
        Place place = place(cib, section);
        return place == null ? null : place.element();
    }

    static @Nullable Place place(Element cib, @Nullable String section) {
        List<String> tags = pathOf(section);
        if (tags == null || !cib.name().equals("cib")) {
            return null;
        }
        Place place = Place.root(cib);
        for (String tag : tags) {
            List<Element> found = place.element().elements(tag);
            if (found.size() != 1) {
                return null;
            }
            place = place.child(place.element().children().indexOf(found.getFirst()));
        }
        return place;
    }

    /** A CIB without content, as {@code cibadmin --empty} and an erasure make it. */
    public static Element emptyCib(int epoch, String schema) {
        return Element.of(
                        "cib",
                        "crm_feature_set",
                        FeatureSet.CURRENT,
                        "validate-with",
                        schema,
                        "admin_epoch",
                        "0",
                        "epoch",
                        "" + epoch,
                        "num_updates",
                        "0")
                .append(emptyConfiguration())
                .append(Element.of("status"));
    }

    static Element emptyConfiguration() {
        return Element.of("configuration")
                .append(Element.of("crm_config"))
                .append(Element.of("nodes"))
                .append(Element.of("resources"))
                .append(Element.of("constraints"));
    }
}
