package org.holdfast.scheduler.constraints;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.Booleans;
import org.jspecify.annotations.Nullable;

/**
 * A {@code resource_set} of a constraint.
 *
 * @param element the set; its {@code id-ref} is resolved
 * @param members the ids of the {@code resource_ref} elements in document order
 */
record ConstraintSet(Element element, List<String> members) {

    static ConstraintSet of(Element element) {
        List<String> members = new ArrayList<>();
        for (Element reference : element.elements("resource_ref")) {
            members.add(reference.getOr("id", ""));
        }
        return new ConstraintSet(element, members);
    }

    @Nullable String id() {
        return element.get("id");
    }

    /** Whether the set says that it is ordered; {@code fallback} if it says nothing or nonsense. */
    boolean sequentialOr(boolean fallback) {
        Boolean value = Booleans.parse(element.get("sequential"));
        return value == null ? fallback : value;
    }
}
