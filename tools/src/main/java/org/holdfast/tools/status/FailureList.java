package org.holdfast.tools.status;

import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.CibTime;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.cib.time.TimeSpan;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.Execution;
import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.tools.status.StatusView.Show;

/** The section with failed operations. */
public final class FailureList {

    private FailureList() {}

    /** Shows failures; whether there were any. */
    public static boolean show(Cluster cluster, StatusLists out, StatusView view, boolean spacer) {
        OpenList list = new OpenList(out, spacer);
        for (Cluster.FailedOperation failed : cluster.failed) {
            Element entry = failed.entry();
            OpKey.Parts key = OpKey.parse(Entries.key(entry));
            if (!view.nodes().shows(failed.node().name)
                    || Entries.isMaskedProbe(entry)
                    || key == null
                    || !view.resources().shows(key.resource())) {
                continue;
            }
            list.begin("Failed Resource Actions");
            out.item(view.shows(Show.FAILED_DETAIL) ? technical(failed) : friendly(failed, key));
        }
        return list.end();
    }

    private static String technical(Cluster.FailedOperation failed) {
        Element entry = failed.entry();
        int exit = Entries.exitStatus(entry, 0);
        StringBuilder line = new StringBuilder();
        line.append(Entries.key(entry)).append(" on ").append(failed.node().name);
        line.append(" '").append(ExitStatus.text(exit)).append("' (").append(exit);
        line.append("): call=").append(entry.getOr("call-id", "unknown"));
        line.append(", status='").append(Execution.text(status(entry))).append('\'');
        String reason = entry.getOr("exit-reason", "");
        if (!reason.isEmpty()) {
            line.append(", exitreason='").append(reason).append('\'');
        }
        if (Entries.lastChange(entry) >= 0) {
            line.append(", last-rc-change='").append(date(Entries.lastChange(entry))).append('\'');
        }
        append(line, ", queued=", entry.getOr("queue-time", ""));
        append(line, ", exec=", entry.getOr("exec-time", ""));
        return line.toString();
    }

    private static void append(StringBuilder line, String name, String millis) {
        if (!millis.isEmpty()) {
            line.append(name).append(millis).append("ms");
        }
    }

    private static String friendly(Cluster.FailedOperation failed, OpKey.Parts key) {
        Element entry = failed.entry();
        StringBuilder line = new StringBuilder(key.resource()).append(' ');
        if (key.intervalMillis() != 0) {
            line.append(TimeSpan.readable(key.intervalMillis())).append("-interval ");
        }
        boolean probe = key.task().equals("monitor") && key.intervalMillis() == 0;
        line.append(probe ? "probe" : key.task()).append(" on ").append(failed.node().name);
        String reason = entry.getOr("exit-reason", "");
        if (status(entry) == Execution.DONE) {
            line.append(" returned '")
                    .append(ExitStatus.text(Entries.exitStatus(entry, 0)))
                    .append('\'');
            line.append(reason.isEmpty() ? "" : " (" + reason + ")");
        } else {
            line.append(" could not be executed (").append(Execution.text(status(entry)));
            line.append(reason.isEmpty() ? ")" : ": " + reason + ")");
        }
        if (Entries.lastChange(entry) >= 0) {
            line.append(" at ").append(date(Entries.lastChange(entry)));
        }
        long execution = Values.number(entry.get("exec-time"), 0);
        if (execution > 0) {
            line.append(" after ").append(TimeSpan.readable(execution));
        }
        return line.toString();
    }

    private static int status(Element entry) {
        return Math.max(0, Entries.execution(entry));
    }

    /** A time as {@code ctime} writes it, in UTC. */
    public static String date(long epochSeconds) {
        CibTime time = TimeContext.utc(epochSeconds).now();
        java.time.ZonedDateTime date =
                java.time.Instant.ofEpochSecond(time.epochSeconds())
                        .atZone(java.time.ZoneOffset.UTC);
        return java.time.format.DateTimeFormatter.ofPattern(
                        "EEE MMM ppd HH:mm:ss yyyy", java.util.Locale.ROOT)
                .format(date);
    }
}
