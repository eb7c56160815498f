package org.holdfast.tools.mon;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.holdfast.cib.time.LocalZone;
import org.holdfast.controlapi.ControlAnswer.FencingEvent;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.status.StatusLists;
import org.holdfast.tools.status.StatusView;
import org.holdfast.tools.status.StatusView.Show;
import org.jspecify.annotations.Nullable;

/**
 * Past and pending fencing, for people and for programs.
 *
 * @param full whether all kinds of events are shown
 */
record FencingSection(FencingLog log, StatusView view, LocalZone zone, boolean full) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    static FencingSection of(
            FencingLog log, StatusView view, LocalZone zone, SectionChoice sections) {
        return new FencingSection(log, view, zone, sections.showsAllFencing());
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
        shown.forEach(event -> out.event(state(event) + "-stonith-event", text(event)));
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

    /** An event in words. */
    String text(FencingEvent event) {
        boolean over = !FencingLog.isPending(event);
        String time = over ? time(event) : null;
        String delegate = over ? event.delegate() : null;
        String later = FencingLog.isFailed(event) ? log.laterSuccess(event) : null;
        String origin =
                view.shows(Show.FAILED_DETAIL)
                        ? detail(event, delegate, time)
                        : plain(event, delegate, time);
        return action(event)
                + " of "
                + event.target()
                + origin
                + (later == null ? "" : " (a later attempt from " + later + " succeeded)");
    }

    private String plain(FencingEvent event, @Nullable String delegate, @Nullable String time) {
        return (delegate == null ? "" : " by " + delegate)
                + " for "
                + event.client()
                + "@"
                + event.origin()
                + (full ? " " : " last ")
                + state(event)
                + (time == null ? "" : " at " + time);
    }

    private String detail(FencingEvent event, @Nullable String delegate, @Nullable String time) {
        return " "
                + state(event)
                + ": "
                + (delegate == null ? "" : "delegate=" + delegate + ", ")
                + "client="
                + event.client()
                + ", origin="
                + event.origin()
                + (time == null
                        ? ""
                        : ", " + (full ? "completed" : "last-" + state(event)) + "='" + time + "'");
    }

    private static String action(FencingEvent event) {
        return switch (event.action()) {
            case "on" -> "unfencing";
            case "off" -> "turning off";
            default -> event.action();
        };
    }

    private static String state(FencingEvent event) {
        return switch (event.state()) {
            case "failed" -> "failed";
            case "success" -> "successful";
            default -> "pending";
        };
    }

    private String time(FencingEvent event) {
        long seconds = event.completedEpochSeconds();
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(zone.offsetSecondsAt(seconds));
        return TIME.format(Instant.ofEpochSecond(seconds).atOffset(offset))
                + (offset.getTotalSeconds() == 0 ? "Z" : " " + offset.getId());
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
        for (FencingEvent event : shown) {
            XmlNode xml =
                    out.add("fence_event")
                            .set("action", event.action())
                            .set("target", event.target())
                            .set("client", event.client())
                            .set("origin", event.origin())
                            .set("status", event.state().toLowerCase(Locale.ROOT));
            if (FencingLog.isPending(event)) {
                xml.set("extended-status", "1");
            }
            xml.set("delegate", event.delegate());
            if (!FencingLog.isPending(event)) {
                xml.set("completed", time(event));
            }
        }
        out.pop();
    }
}
