package org.holdfast.scheduler.history;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Cluster;
import org.jspecify.annotations.Nullable;

/** Which of two history entries is the older. */
public final class EntryOrder {

    private EntryOrder() {}

    /** As the other, and tells the cluster of two entries with one id. */
    public static int compare(Cluster cluster, Element one, Element other) {
        if (areTwins(one, other)) {
            cluster.configError("Duplicate lrm_rsc_op entries named " + one.id());
        }
        return compare(one, other);
    }

    /**
     * Compares by call id on one node, else by time of change; entries that are pending by the
     * transition that they belong to. Not transitive where the history is contradictory.
     */
    public static int compare(Element one, Element other) {
        if (areTwins(one, other)) {
            return 0;
        }
        boolean sameNode = same(one.get("on_node"), other.get("on_node"));
        long oneCall = Values.number(one.get("call-id"), -1);
        long otherCall = Values.number(other.get("call-id"), -1);
        if (oneCall == -1 && otherCall == -1) {
            return 0;
        }
        if (sameNode && oneCall >= 0 && oneCall < otherCall) {
            return -1;
        }
        if (sameNode && otherCall >= 0 && oneCall > otherCall) {
            return 1;
        }
        if (oneCall >= 0 && otherCall >= 0) {
            return byChange(one, other);
        }
        return byTransition(one, other, oneCall, otherCall);
    }

    private static int byChange(Element one, Element other) {
        long oneChange = Values.number(one.get("last-rc-change"), -1);
        long otherChange = Values.number(other.get("last-rc-change"), -1);
        if (oneChange >= 0 && oneChange < otherChange) {
            return -1;
        }
        return otherChange >= 0 && oneChange > otherChange ? 1 : 0;
    }

    /** One of the two is pending: its transition tells its age. */
    private static int byTransition(Element one, Element other, long oneCall, long otherCall) {
        TransitionKey oneKey = TransitionKey.ofMagic(one.get("transition-magic"));
        TransitionKey otherKey = TransitionKey.ofMagic(other.get("transition-magic"));
        if (oneKey == null || otherKey == null) {
            return 0;
        }
        int oneTransition = oneKey.transition();
        int otherTransition = otherKey.transition();
        if (!oneKey.uuid().equalsIgnoreCase(otherKey.uuid()) || oneTransition == otherTransition) {
            if (otherCall == -1) {
                return -1;
            }
            return oneCall == -1 ? 1 : 0;
        }
        // A transition of -1 is a shutdown, which always comes last.
        if ((oneTransition >= 0 && oneTransition < otherTransition) || otherTransition == -1) {
            return -1;
        }
        return (otherTransition >= 0 && oneTransition > otherTransition) || oneTransition == -1
                ? 1
                : 0;
    }

    private static boolean areTwins(Element one, Element other) {
        return one.id().equals(other.id()) && same(one.get("on_node"), other.get("on_node"));
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return one == null ? other == null : one.equalsIgnoreCase(other);
    }
}
