package org.holdfast.cibxml.schema.report;

import org.jspecify.annotations.Nullable;

/** Where a check stands: in one state, in several that are all possible, or in none. */
final class Situation {

    @Nullable Progress one;
    @Nullable States several;

    /** Whether other branches are left to try, so that nothing is certain yet. */
    boolean isTentative;

    final Complaints complaints = new Complaints();
    final IdTable ids = new IdTable();
    final Effort effort = new Effort();

    Progress state() {
        if (one == null) {
            throw new IllegalStateException("no state to check");
        }
        return one;
    }

    boolean hasState() {
        return one != null || several != null;
    }

    /** A list of one state is that state. */
    void unwrap() {
        if (several != null && several.size() == 1) {
            one = several.list().getFirst();
            several = null;
        }
    }

    void complain(Complaint complaint, String first, String second) {
        if (isTentative) {
            complaints.hold(complaint, first, second, one);
        } else {
            complaints.tell(complaint, first, second, one);
        }
    }

    void complain(Complaint complaint, String first) {
        complain(complaint, first, "");
    }

    void complain(Complaint complaint) {
        complain(complaint, "", "");
    }

    /** Tells what waits unless it may still come to nothing. */
    void tellIfCertain() {
        if (!isTentative) {
            complaints.tell();
        }
    }
}
