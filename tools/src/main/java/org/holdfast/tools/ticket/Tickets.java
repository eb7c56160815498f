package org.holdfast.tools.ticket;

import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.Booleans;
import org.holdfast.cib.value.IntegerText;
import org.holdfast.tools.crm.frame.GlibOrder;
import org.jspecify.annotations.Nullable;

/** The tickets of a CIB: those with a state, and those that a constraint waits for. */
final class Tickets {

    /**
     * A ticket.
     *
     * @param id its name
     * @param state what is known of it, in the order in which the real command shows it
     */
    record Ticket(String id, Map<String, String> state) {

        boolean granted() {
            return Booleans.isTrue(state.get("granted"));
        }

        boolean standby() {
            return Booleans.isTrue(state.get("standby"));
        }

        /** When it was last granted, in seconds since 1970; -1 if never. */
        long lastGranted() {
            String text = state.get("last-granted");
            return text == null ? -1 : IntegerText.valueOf(text, 0);
        }
    }

    private final Map<String, Ticket> byId = new LinkedHashMap<>();

    private Tickets() {}

    static Tickets of(Element cib) {
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        Element status = cib.first("status");
        if (status != null) {
            for (Element tickets : status.elements("tickets")) {
                for (Element state : tickets.elements("ticket_state")) {
                    read(state, found);
                }
            }
        }
        Element constraints = cib.path("configuration", "constraints");
        if (constraints != null) {
            for (Element constraint : constraints.elements("rsc_ticket")) {
                String ticket = constraint.get("ticket");
                if (ticket != null) {
                    found.computeIfAbsent(ticket, _ -> new LinkedHashMap<>());
                }
            }
        }
        Tickets tickets = new Tickets();
        for (String id : GlibOrder.of(found.keySet())) {
            Map<String, String> state = found.getOrDefault(id, Map.of());
            Map<String, String> ordered = new LinkedHashMap<>();
            for (String name : GlibOrder.of(state.keySet())) {
                ordered.put(name, state.getOrDefault(name, ""));
            }
            tickets.byId.put(id, new Ticket(id, ordered));
        }
        return tickets;
    }

    private static void read(Element state, Map<String, Map<String, String>> found) {
        String id = state.id();
        if (id.isEmpty()) {
            return;
        }
        Map<String, String> values = found.computeIfAbsent(id, _ -> new LinkedHashMap<>());
        state.forEachAttribute((name, value) -> {
            if (!name.equals("id")) {
                values.put(name, value);
            }
        });
    }

    @Nullable Ticket find(String id) {
        return byId.get(id);
    }

    Iterable<Ticket> all() {
        return byId.values();
    }
}
