package org.holdfast.tools.mon;

import java.io.PrintStream;
import java.util.Set;
import org.holdfast.tools.status.StatusView.Show;

/** What the keys do that a user types while {@code crm_mon} shows the state. For one thread. */
final class MonKeys {

    private static final int LEVEL_MAX = 3;

    private final SectionChoice sections;
    private final Set<Show> details;
    private int fencingLevel;
    private boolean helps;

    /** Keys that change these choices. */
    MonKeys(SectionChoice sections, Set<Show> details, int fencingLevel) {
        this.sections = sections;
        this.details = details;
        this.fencingLevel = fencingLevel;
    }

    /**
     * Takes what was typed.
     *
     * @return whether the state is to be shown anew
     */
    boolean typed(byte[] keys) {
        for (byte key : keys) {
            typed((char) key);
        }
        return keys.length > 0;
    }

    /** Whether the list of keys is to be shown in place of the state. */
    boolean helps() {
        return helps;
    }

    private void typed(char key) {
        boolean known = true;
        switch (key) {
            case 'm' -> fencing();
            case 'c' -> sections.toggle(Section.TICKETS);
            case 'f' -> sections.toggle(Section.FAILCOUNTS);
            case 'n' -> toggle(Show.BY_NODE);
            case 'o' -> {
                if (!sections.toggle(Section.OPERATIONS)) {
                    details.remove(Show.TIMING);
                }
            }
            case 'r' -> toggle(Show.INACTIVE);
            case 'R' -> detail();
            case 't' -> {
                if (toggle(Show.TIMING)) {
                    sections.force(Section.OPERATIONS);
                }
            }
            case 'A' -> sections.toggle(Section.ATTRIBUTES);
            case 'L' -> sections.toggle(Section.BANS);
            case 'D' -> sections.toggleSummary();
            case 'b' -> toggle(Show.BRIEF);
            case 'j' -> toggle(Show.PENDING);
            case '?' -> helps = true;
            default -> known = false;
        }
        // Letters change the choices behind the list of keys, any other key goes back.
        helps &= known;
    }

    private boolean toggle(Show detail) {
        if (details.remove(detail)) {
            return false;
        }
        return details.add(detail);
    }

    private void detail() {
        if (details.containsAll(CrmMon.DETAILS)) {
            details.removeAll(CrmMon.DETAILS);
        } else {
            details.addAll(CrmMon.DETAILS);
        }
    }

    private void fencing() {
        fencingLevel = fencingLevel == LEVEL_MAX ? 0 : fencingLevel + 1;
        sections.fenceHistory(fencingLevel);
    }

    /** Prints the list of keys, with a star at each that is on. */
    void print(PrintStream out) {
        out.print("Display option change mode\n");
        line(out, sections.shows(Section.TICKETS), 'c', "Tickets");
        line(out, sections.shows(Section.FAILCOUNTS), 'f', "Fail counts");
        line(out, details.contains(Show.BY_NODE), 'n', "Resources below their nodes");
        line(out, sections.shows(Section.OPERATIONS), 'o', "History of operations");
        line(out, details.contains(Show.INACTIVE), 'r', "Inactive resources");
        line(out, details.contains(Show.TIMING), 't', "History of operations with times");
        line(out, sections.shows(Section.ATTRIBUTES), 'A', "Node attributes");
        line(out, sections.shows(Section.BANS), 'L', "Negative location constraints");
        line(out, !sections.showsSummary(), 'D', "No summary");
        line(out, details.contains(Show.CLONE_DETAIL), 'R', "More details");
        line(out, details.contains(Show.BRIEF), 'b', "Numbers of resources");
        line(out, details.contains(Show.PENDING), 'j', "Pending operations");
        out.print(fencingLevel + " m: \tFencing history\n");
        out.print("\nA letter switches its part on or off, any other key goes back\n");
        out.flush();
    }

    private static void line(PrintStream out, boolean on, char key, String what) {
        out.print((on ? "* " : "  ") + key + ": \t" + what + "\n");
    }
}
