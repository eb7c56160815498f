package org.holdfast.tools.simulate;

import java.util.Locale;
import org.holdfast.scheduler.graph.ActionSummary;
import org.holdfast.scheduler.graph.ActionSummary.NodeChange;
import org.holdfast.scheduler.graph.ActionSummary.ResourceChange;
import org.holdfast.scheduler.graph.SummaryText;
import org.holdfast.scheduler.model.Node;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;

/** The summary of a transition. */
final class SummaryList {

    private SummaryList() {}

    static void show(ActionSummary summary, SimulateOutput out) {
        out.begin("Transition Summary");
        XmlOutput xml = out.xml();
        if (xml == null) {
            SummaryText.lines(summary).forEach(out.lists()::item);
        } else if (!out.isEnded()) {
            for (NodeChange change : summary.nodes()) {
                if (change.reason() != null) {
                    xml.add("node_action")
                            .set("task", change.task())
                            .set("node", change.node())
                            .set("reason", change.reason());
                }
            }
            for (ResourceChange change : summary.resources()) {
                show(change, xml);
            }
        }
        out.end();
    }

    private static void show(ResourceChange change, XmlOutput out) {
        XmlNode xml =
                out.add("rsc_action")
                        .set("action", change.change().toLowerCase(Locale.ROOT))
                        .set("resource", change.resource().id);
        String role = change.role().text();
        String next = change.nextRole().text();
        boolean roles = change.showsRole();
        Node from = change.origin();
        Node to = change.destination();
        if (from == null || to == null) {
            showOneSided(change, xml);
        } else if (change.sameRole() && change.sameNode()) {
            xml.set("role", roles ? role : null).set("source", from.name);
        } else if (change.sameRole()) {
            xml.set("source", from.name).set("dest", to.name).set("role", roles ? role : null);
        } else if (change.sameNode()) {
            xml.set("role", role).set("next-role", next).set("source", from.name);
        } else {
            xml.set("role", role)
                    .set("source", from.name)
                    .set("next-role", next)
                    .set("dest", to.name);
        }
        xml.set("reason", change.reason()).set("blocked", change.blocked() ? "true" : null);
    }

    private static void showOneSided(ResourceChange change, XmlNode xml) {
        boolean roles = change.showsRole();
        Node from = change.origin();
        Node to = change.destination();
        if (from != null) {
            xml.set("role", roles ? change.role().text() : null).set("node", from.name);
        } else if (to != null && roles) {
            xml.set("role", change.role().text())
                    .set("next-role", change.nextRole().text())
                    .set("dest", to.name);
        } else if (to != null) {
            xml.set("node", to.name);
        }
    }
}
