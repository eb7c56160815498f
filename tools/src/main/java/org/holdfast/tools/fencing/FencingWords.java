package org.holdfast.tools.fencing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.holdfast.cib.time.LocalZone;
import org.holdfast.controlapi.ControlAnswer.FencingEvent;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.jspecify.annotations.Nullable;

/**
 * Describes events of a log.
 *
 * @param log all events
 * @param detailed for experts
 * @param full whether all events are shown, not the last of a kind
 */
public record FencingWords(FencingLog log, LocalZone zone, boolean detailed, boolean full) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private static final DateTimeFormatter TIME_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /** An event in words. */
    public String text(FencingEvent event) {
        boolean over = !FencingLog.isPending(event);
        String time = over ? time(event) : null;
        String delegate = over ? event.delegate() : null;
        String later = FencingLog.isFailed(event) ? log.laterSuccess(event) : null;
        String origin = detailed ? detail(event, delegate, time) : plain(event, delegate, time);
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

    /** An event's state in a word. */
    public static String state(FencingEvent event) {
        return switch (event.state()) {
            case "failed" -> "failed";
            case "success" -> "successful";
            default -> "pending";
        };
    }

    private String time(FencingEvent event) {
        return time(zone, event.completedEpochSeconds(), true);
    }

    /** A moment as fencing shows it. */
    static String time(LocalZone zone, long seconds, boolean fraction) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(zone.offsetSecondsAt(seconds));
        return (fraction ? TIME : TIME_SECONDS)
                        .format(Instant.ofEpochSecond(seconds).atOffset(offset))
                + (offset.getTotalSeconds() == 0 ? "Z" : " " + offset.getId());
    }

    /** Shows an event as an element. */
    public void xml(XmlOutput out, FencingEvent event) {
        XmlNode xml =
                out.add("fence_event")
                        .set("action", event.action())
                        .set("target", event.target())
                        .set("client", event.client())
                        .set("origin", event.origin())
                        .set("status", event.state());
        if (FencingLog.isPending(event)) {
            xml.set("extended-status", "1");
        }
        xml.set("delegate", event.delegate());
        if (!FencingLog.isPending(event)) {
            xml.set("completed", time(event));
        }
    }
}
