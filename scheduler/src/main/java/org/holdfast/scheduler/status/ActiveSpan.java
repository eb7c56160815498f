package org.holdfast.scheduler.status;

import java.util.List;
import org.holdfast.cib.document.Element;

/**
 * Which entries of a history, oldest first, are of the time that the resource has been active.
 *
 * @param start index of what made it active, -1 for nothing
 * @param stop index of its last stop, -1 for none
 */
public record ActiveSpan(int start, int stop) {

    /** Finds the span in entries that are sorted. */
    public static ActiveSpan of(List<Element> entries) {
        int stop = -1;
        int start = -1;
        int impliedByMonitor = -1;
        int impliedByRole = -1;
        for (int i = 0; i < entries.size(); i++) {
            Element entry = entries.get(i);
            String task = entry.getOr("operation", "");
            if (task.equals("stop") && entry.getOr("op-status", "").equals("0")) {
                stop = i;
            } else if (task.equals("start") || task.equals("migrate_from")) {
                start = i;
            } else if (impliedByMonitor <= stop && task.equals("monitor")) {
                String exitStatus = entry.getOr("rc-code", "");
                if (exitStatus.equals("0") || exitStatus.equals("8")) {
                    impliedByMonitor = i;
                }
            } else if (task.equals("promote") || task.equals("demote")) {
                impliedByRole = i;
            }
        }
        if (start == -1) {
            start = impliedByRole != -1 ? impliedByRole : impliedByMonitor;
        }
        return new ActiveSpan(start, stop);
    }
}
