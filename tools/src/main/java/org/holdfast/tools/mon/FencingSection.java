package org.holdfast.tools.mon;

import java.util.List;
import java.util.function.Predicate;
import org.holdfast.cib.time.LocalZone;
import org.holdfast.controlapi.ControlAnswer.FencingEvent;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.fencing.FencingLog;
import org.holdfast.tools.fencing.FencingWords;
import org.holdfast.tools.status.StatusLists;
import org.holdfast.tools.status.StatusView;
import org.holdfast.tools.status.StatusView.Show;

/**
 * Past and pending fencing, for people and for programs.
 *
 * @param words how events are put
 */
record FencingSection(FencingLog log, StatusView view, FencingWords words) {

    static FencingSection of(
            FencingLog log, StatusView view, LocalZone zone, SectionChoice sections) {
        return new FencingSection(
                log,
                view,
                new FencingWords(
                        log, zone, view.shows(Show.FAILED_DETAIL), sections.showsAllFencing()));
    }

    /**
     * Shows fencing that failed.
     *
     * @param spacer whether an empty line comes first
     * @return whether anything was shown
     */
    boolean failed(StatusLists out, boolean spacer) {
        if (log.problem() != null) {
            begin(out, "Failed Fencing Actions", spacer);
            out.item("Failed to get fencing history: " + log.problem());
            out.end();
            return true;
        }
        return list(out, "Failed Fencing Actions", FencingLog::isFailed, spacer);
    }

    /** Shows other fencing than what failed, as far as it was chosen. */
    void rest(StatusLists out, SectionChoice sections, boolean spacer) {
        if (log.problem() != null) {
            return;
        }
        if (sections.shows(Section.FENCING_SUCCEEDED)) {
            list(out, "Fencing History", event -> !FencingLog.isFailed(event), spacer);
        } else if (sections.shows(Section.FENCING_PENDING)) {
            list(out, "Pending Fencing Actions", FencingLog::isPending, spacer);
        }
    }

    private boolean list(
            StatusLists out, String title, Predicate<FencingEvent> wanted, boolean spacer) {
        List<FencingEvent> shown =
                log.events().stream().filter(wanted.and(this::isOfShownNode)).toList();
        if (shown.isEmpty()) {
            return false;
        }
        begin(out, title, spacer);
        shown.forEach(event ->
                out.event(FencingWords.state(event) + "-stonith-event", words.text(event)));
        out.end();
        return true;
    }

    private boolean isOfShownNode(FencingEvent event) {
        return view.nodes().shows(event.target());
    }

    private static void begin(StatusLists out, String title, boolean spacer) {
        if (spacer) {
            out.spacer();
        }
        out.begin(title);
    }

    /** Shows all events as elements. */
    void xml(XmlOutput out) {
        if (log.problem() != null) {
            out.add("fence_history").set("status", "102");
            return;
        }
        List<FencingEvent> shown = log.events().stream().filter(this::isOfShownNode).toList();
        if (shown.isEmpty()) {
            return;
        }
        out.push("fence_history");
        shown.forEach(event -> words.xml(out, event));
        out.pop();
    }
}
