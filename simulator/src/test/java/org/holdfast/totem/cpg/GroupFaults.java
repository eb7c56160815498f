package org.holdfast.totem.cpg;

import java.util.SortedSet;
import java.util.TreeSet;
import org.holdfast.kernel.NodeId;
import org.holdfast.simulator.faults.Historical;
import org.holdfast.simulator.faults.Instead;
import org.holdfast.simulator.faults.Instead.Place;

/** Faults in process groups. */
public final class GroupFaults {

    private GroupFaults() {}

    /** Who parted before the last sync step began is forgotten. */
    @Historical(
            numbers = 26,
            check = "FaultScenariosTest.aPausedNodesProgramsAreToldWhoWentOnWithoutIt",
            caughtBy = "members seen to leave")
    static final class WhoPartedIsForgotten {
        @Instead(
                of = ProcessGroups.class,
                name = "gone",
                in = ProcessGroups.class,
                within = "removeGone",
                place = Place.FIELD)
        static SortedSet<NodeId> gone(ProcessGroups groups) {
            return new TreeSet<>();
        }
    }

    /** Lists of joins outlive the sync step that they belong to. */
    @Historical(numbers = 26, check = "Seeds.play", caughtBy = "group members")
    static final class ListsOfABrokenStepAreUsed {
        @Instead(of = java.util.List.class, name = "clear", in = ProcessGroups.class)
        static void clear(java.util.List<?> announced) {
            // Kept.
        }
    }
}
