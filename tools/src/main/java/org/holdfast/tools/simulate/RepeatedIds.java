package org.holdfast.tools.simulate;

import java.util.LinkedHashSet;
import java.util.Set;
import org.holdfast.cib.document.Element;

/** Finds out whether ids in operation histories are what they should be: unique. */
final class RepeatedIds {

    private RepeatedIds() {}

    /** Whether a node has two histories, or a history two entries, of one id. */
    static boolean inHistories(Element cib) {
        Element status = cib.first("status");
        if (status == null) {
            return false;
        }
        for (Element state : status.elements("node_state")) {
            Element all = state.path("lrm", "lrm_resources");
            if (all != null && inHistoriesOf(all)) {
                return true;
            }
        }
        return false;
    }

    private static boolean inHistoriesOf(Element all) {
        Set<String> seen = new LinkedHashSet<>();
        for (Element history : all.elements("lrm_resource")) {
            if (!seen.add(history.id()) || hasTwins(history)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasTwins(Element history) {
        Set<String> seen = new LinkedHashSet<>();
        for (Element entry : history.elements("lrm_rsc_op")) {
            if (!seen.add(entry.id())) {
                return true;
            }
        }
        return false;
    }
}
