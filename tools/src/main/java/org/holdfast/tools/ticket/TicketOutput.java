package org.holdfast.tools.ticket;

import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.IntegerText;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.tools.crm.frame.Invocation;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;

/** How tickets are shown. */
final class TicketOutput {

    private TicketOutput() {}

    static void list(
            Invocation call, Iterable<Tickets.Ticket> tickets, boolean raw, boolean details) {
        if (!tickets.iterator().hasNext()) {
            return;
        }
        Output out = call.out();
        out.beginList(null, null, "Tickets");
        for (Tickets.Ticket ticket : tickets) {
            XmlOutput xml = out.xml();
            if (xml != null) {
                element(call, xml, ticket);
            } else if (raw) {
                out.listItem(ticket.id(), ticket.id());
            } else {
                out.listItem(null, line(call, ticket, details));
            }
        }
        out.endList();
    }

    private static void element(Invocation call, XmlOutput xml, Tickets.Ticket ticket) {
        XmlNode node =
                xml.add("ticket")
                        .set("id", ticket.id())
                        .set("status", ticket.granted() ? "granted" : "revoked")
                        .set("standby", "" + ticket.standby());
        if (ticket.lastGranted() > -1) {
            node.set("last-granted", call.zone().ctime(ticket.lastGranted()));
        }
        ticket.state()
                .forEach((name, value) -> {
                    if (!name.equals("last-granted") && !name.equals("expires")) {
                        node.set(name, value);
                    }
                });
    }

    private static String line(Invocation call, Tickets.Ticket ticket, boolean details) {
        StringBuilder line = new StringBuilder(ticket.id());
        line.append('\t').append(ticket.granted() ? "granted" : "revoked");
        line.append(ticket.standby() ? " [standby]" : "");
        String detail = details && !ticket.state().isEmpty() ? details(call, ticket.state()) : null;
        if (ticket.lastGranted() > -1) {
            line.append(' ');
            if (detail == null) {
                String time = call.zone().ctime(ticket.lastGranted());
                line.append("last-granted=\"").append(time).append('"');
            }
        }
        return detail == null ? line.toString() : line.append(detail).toString();
    }

    private static String details(Invocation call, Map<String, String> state) {
        StringBuilder out = new StringBuilder("\t(");
        state.forEach((name, value) -> {
            out.append(out.length() > 2 ? ", " : "").append(name).append('=');
            boolean time = name.equals("last-granted") || name.equals("expires");
            out.append(time ? call.zone().ctime(IntegerText.valueOf(value, 0)) : value);
        });
        return out.append(')').toString();
    }

    static void state(Output out, Element state) {
        XmlOutput xml = out.xml();
        if (xml == null) {
            out.info("State XML:\n");
            out.xmlText("ticket_state", XmlPrinter.pretty(state));
            return;
        }
        xml.push("tickets");
        List<Element> states =
                state.children().isEmpty() ? List.of(state) : state.elements("ticket_state");
        for (Element each : states) {
            XmlNode ticket = xml.add("ticket");
            each.forEachAttribute(ticket::set);
        }
        xml.pop();
    }

    static void constraints(Output out, Element found) {
        List<Element> all = found.name().equals("xpath-query") ? found.elements() : List.of(found);
        XmlOutput xml = out.xml();
        if (xml == null) {
            out.info("Constraints XML:\n");
            for (Element constraint : all) {
                out.xmlText("constraint", XmlPrinter.pretty(constraint));
            }
            return;
        }
        xml.push("tickets");
        for (Element constraint : all) {
            xml.add("ticket")
                    .set("id", constraint.get("ticket"))
                    .add("constraints")
                    .add(constraint);
        }
        xml.pop();
        xml.push("resources");
        for (Element constraint : all) {
            xml.add("resource").set("id", constraint.get("rsc"));
        }
        xml.pop();
    }

    static void attribute(Output out, String ticket, String name, String value) {
        XmlOutput xml = out.xml();
        if (xml == null) {
            out.info(value);
            return;
        }
        xml.add("tickets")
                .add("ticket")
                .set("id", ticket)
                .add("attribute")
                .set("name", name)
                .set("value", value);
    }

    static void warnOfGranting(Output out, String ticket) {
        out.error(
                "This command cannot help you verify whether '"
                        + ticket
                        + "' has been already granted elsewhere.\nIf you really want to grant '"
                        + ticket
                        + "' to this site now, and you know what you are doing,\n"
                        + "please specify --force.");
    }

    static void warnOfRevoking(Output out, String ticket) {
        out.error(
                "Revoking '"
                        + ticket
                        + "' can trigger the specified 'loss-policy'(s) relating to '"
                        + ticket
                        + "'.\n\nYou can check that with:\ncrm_ticket --ticket "
                        + ticket
                        + " --constraints\n\nOtherwise before revoking '"
                        + ticket
                        + "', you may want to make '"
                        + ticket
                        + "'standby with:\ncrm_ticket --ticket "
                        + ticket
                        + " --standby\n\nIf you really want to revoke '"
                        + ticket
                        + "' from this site now, and you know what you are doing,\n"
                        + "please specify --force.");
    }
}
