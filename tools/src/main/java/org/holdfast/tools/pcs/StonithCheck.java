package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.List;

/** Keeps commands for resources away from fence devices, and finds resources by id. */
final class StonithCheck {

    private StonithCheck() {}

    static boolean isStonith(Item item) {
        return item.is("primitive") && "stonith".equals(item.get("class"));
    }

    /** Ends the command if one of the ids is a fence device. */
    static void refuse(PcsRun run, List<String> ids, String instead) {
        CibEditor cib = run.cib();
        List<String> found = new ArrayList<>();
        for (String id : ids) {
            Item item = cib.resource(id);
            if (item != null && isStonith(item)) {
                found.add(id);
            }
        }
        if (!found.isEmpty()) {
            throw PcsFailure.usage(
                    "This command does not accept stonith resources. Please use '"
                            + instead
                            + "' instead.");
        }
    }

    /** The message for an id that is not that of a resource. */
    static String notFound(CibEditor cib, String id) {
        Item other = cib.find(id);
        if (other != null) {
            return "'" + id + "' is not a bundle / clone / group / resource";
        }
        return "bundle / clone / group / resource '" + id + "' does not exist";
    }
}
