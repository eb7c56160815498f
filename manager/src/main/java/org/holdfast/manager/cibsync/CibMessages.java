package org.holdfast.manager.cibsync;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * The XML of the {@code cib} group: Pacemaker's {@code cib_command}, and two messages of our own
 * ({@code holdfast_cib_state}, {@code holdfast_cib_sync}) for the comparison of copies. Real
 * Pacemaker ignores those with a warning.
 */
final class CibMessages {

    static final String STATE = "holdfast_cib_state";
    static final String SYNC = "holdfast_cib_sync";

    private CibMessages() {}

    /**
     * A member's copy as it tells the others.
     *
     * @param version of its copy
     * @param digest of its copy
     * @param live whether the copy was in step with a cluster since this process started; a copy
     *     fresh from disk has no status to lose
     * @param carried requests that were delivered to it, but not yet applied
     */
    record State(CibVersion version, String digest, boolean live, int carried) {}

    static Element encode(CibRequest request, String clientId, long callId) {
        return Element.builder("cib_command")
                .attribute("__name__", "cib_command")
                .attribute("t", "cib")
                .attribute("cib_async_id", clientId)
                .attribute("cib_op", request.op())
                .optional("cib_section", request.section())
                .attribute("cib_callid", Long.toString(callId))
                .attribute("cib_callopt", Integer.toString(request.options()))
                .attribute("cib_clientid", clientId)
                .attribute("cib_clientname", request.client())
                .attribute("acl_target", request.user())
                .attribute("cib_user", request.user())
                .attribute("src", request.origin())
                .attribute("cib_delegated_from", request.origin())
                .attribute("cib_time", Long.toString(request.epochSeconds()))
                .build()
                .withChildren(callData(request.data()));
    }

    private static List<Element> callData(@Nullable Element data) {
        return data == null
                ? List.of()
                : List.of(Element.of("cib_calldata").withChildren(List.of(data)));
    }

    /** The request in a {@code cib_command}, or null if the message is none. */
    static @Nullable CibRequest decodeRequest(Element message) {
        String op = message.get("cib_op");
        if (op == null || !message.name().equals("cib_command")) {
            return null;
        }
        Element wrapper = message.first("cib_calldata");
        List<Element> content = wrapper == null ? List.of() : wrapper.elements();
        return new CibRequest(
                op,
                message.get("cib_section"),
                content.isEmpty() ? null : content.getFirst(),
                (int) number(message, "cib_callopt"),
                message.getOr("cib_user", ""),
                message.getOr("cib_clientname", ""),
                message.getOr("src", ""),
                number(message, "cib_time"));
    }

    static long callId(Element message) {
        return number(message, "cib_callid");
    }

    static Element encodeState(State state) {
        return Element.of(
                STATE,
                "t",
                "cib",
                "version",
                state.version().toString(),
                "admin_epoch",
                Long.toString(state.version().adminEpoch()),
                "epoch",
                Long.toString(state.version().epoch()),
                "num_updates",
                Long.toString(state.version().updates()),
                "digest",
                state.digest(),
                "live",
                Boolean.toString(state.live()),
                "carried",
                Integer.toString(state.carried()));
    }

    static State decodeState(Element message) {
        return new State(
                CibVersion.of(message),
                message.getOr("digest", ""),
                message.getOr("live", "").equals("true"),
                (int) number(message, "carried"));
    }

    static Element encodeSync(Element cib, List<Element> carried) {
        return Element.builder(SYNC)
                .attribute("t", "cib")
                .child(Element.of("cib_calldata").withChildren(List.of(cib)))
                .child(Element.of("carried").withChildren(carried))
                .build();
    }

    static @Nullable Element syncedCib(Element message) {
        return message.path("cib_calldata", "cib");
    }

    static List<Element> syncedRequests(Element message) {
        Element carried = message.first("carried");
        return carried == null ? List.of() : new ArrayList<>(carried.elements());
    }

    private static long number(Element message, String attribute) {
        try {
            return Long.parseLong(message.getOr(attribute, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
