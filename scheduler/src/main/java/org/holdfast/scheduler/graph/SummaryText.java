package org.holdfast.scheduler.graph;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.graph.ActionSummary.NodeChange;
import org.holdfast.scheduler.graph.ActionSummary.ResourceChange;
import org.holdfast.scheduler.model.Node;
import org.jspecify.annotations.Nullable;

/** The summary of actions as lines of text, in columns. */
public final class SummaryText {

    private static final int WIDTH_MIN = 5;

    private SummaryText() {}

    /** One line for each change that is shown. */
    public static List<String> lines(ActionSummary summary) {
        List<String> lines = new ArrayList<>();
        for (NodeChange change : summary.nodes()) {
            if (change.reason() != null) { // A shutdown that was asked for needs no line.
                lines.add(change.task() + " " + change.node() + " '" + change.reason() + "'");
            }
        }
        int idWidth = WIDTH_MIN;
        int detailWidth = WIDTH_MIN;
        for (ResourceChange change : summary.resources()) {
            int length = change.resource().id.length();
            if (length > idWidth) {
                idWidth = length + 2;
            }
            detailWidth = Math.max(detailWidth, details(change).length());
        }
        for (ResourceChange change : summary.resources()) {
            String details = details(change);
            String reason = reason(change);
            lines.add(
                    padded(change.change(), 8)
                            + "   "
                            + padded(change.resource().id, idWidth)
                            + "   ( "
                            + " ".repeat(detailWidth - details.length())
                            + details
                            + " )"
                            + (reason.isEmpty() ? "" : "  " + reason));
        }
        return lines;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String reason(ResourceChange change) {
        if (change.reason() == null) {
            return change.blocked() ? "blocked" : "";
        }
        return "due to " + change.reason() + (change.blocked() ? " (blocked)" : "");
    }

    /** Roles and nodes before and after, as far as they say something. */
    static String details(ResourceChange change) {
        boolean roles = change.showsRole();
        String role = change.role().text();
        String nextRole = change.nextRole().text();
        Node origin = change.origin();
        Node destination = change.destination();
        if (origin == null) {
            return roles ? role + " -> " + nextRole + " " + name(destination) : name(destination);
        }
        if (destination == null) {
            return roles ? role + " " + name(origin) : name(origin);
        }
        if (change.sameRole()) {
            if (change.sameNode()) {
                return roles ? role + " " + name(origin) : name(origin);
            }
            String way = name(origin) + " -> " + name(destination);
            return roles ? way + " " + role : way;
        }
        return change.sameNode()
                ? role + " -> " + nextRole + " " + name(origin)
                : role + " " + name(origin) + " -> " + nextRole + " " + name(destination);
    }

    private static String name(@Nullable Node node) {
        return node == null ? "<none>" : node.name;
    }
}
