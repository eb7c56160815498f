package org.holdfast.manager.cibsync;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CallOptions;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.jspecify.annotations.Nullable;

/**
 * The XML of the {@code cib} group: Pacemaker's {@code cib_command}, and three messages of our own
 * ({@code holdfast_cib_start}, {@code _state}, {@code _sync}) for the comparison of copies. Real
 * Pacemaker ignores those with a warning.
 */
final class CibMessages {

    static final String COMMAND = "cib_command";
    static final String START = "holdfast_cib_start";
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
     */
    record State(CibVersion version, String digest, boolean live) {}

    /**
     * One comparison.
     *
     * @param starter the member that asked for it
     * @param number that member's number for it
     */
    record Round(GroupMember starter, long number) {}

    static Element encode(CibRequest request, String clientId, long callId) {
        return Element.builder(COMMAND)
                .attribute("__name__", COMMAND)
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
                .optional(
                        "holdfast_groups",
                        request.groups().isEmpty() ? null : String.join(",", request.groups()))
                .attribute("src", request.origin())
                .attribute("cib_delegated_from", request.origin())
                .attribute("cib_time", Long.toString(request.epochSeconds()))
                .build()
                .withChildren(callData(request.data()));
    }

    /** A transaction's data, as a client of Pacemaker's library would gather it. */
    static Element encodeTransaction(List<CibRequest> requests) {
        List<Element> parts = new ArrayList<>();
        for (CibRequest request : requests) {
            parts.add(
                    Element.builder(COMMAND)
                            .attribute("t", "cib")
                            .attribute("cib_op", request.op())
                            .optional("cib_section", request.section())
                            .attribute(
                                    "cib_callopt",
                                    Integer.toString(request.options() | CallOptions.TRANSACTION))
                            .build()
                            .withChildren(callData(request.data())));
        }
        return Element.of(CibRequest.TRANSACTION_DATA).withChildren(parts);
    }

    private static List<Element> callData(@Nullable Element data) {
        return data == null
                ? List.of()
                : List.of(Element.of("cib_calldata").withChildren(List.of(data)));
    }

    /** The request in a {@code cib_command}, or null if the message is none. */
    static @Nullable CibRequest decodeRequest(Element message) {
        String op = message.get("cib_op");
        if (op == null || !message.name().equals(COMMAND)) {
            return null;
        }
        Element wrapper = message.first("cib_calldata");
        List<Element> content = wrapper == null ? List.of() : wrapper.elements();
        String groups = message.getOr("holdfast_groups", "");
        return new CibRequest(
                op,
                message.get("cib_section"),
                content.isEmpty() ? null : content.getFirst(),
                (int) number(message, "cib_callopt"),
                message.getOr("cib_user", ""),
                groups.isEmpty() ? List.of() : List.of(groups.split(",")),
                message.getOr("cib_clientname", ""),
                message.getOr("src", ""),
                number(message, "cib_time"));
    }

    static long callId(Element message) {
        return number(message, "cib_callid");
    }

    static Element encodeStart(long round) {
        return Element.of(START, "t", "cib", "round", Long.toString(round));
    }

    /** Which comparison a message belongs to: who began it, and that member's number for it. */
    static Round startedRound(GroupMember sender, Element message) {
        return new Round(sender, number(message, "round"));
    }

    private static Element.Builder inRound(String name, Round round) {
        return Element.builder(name)
                .attribute("t", "cib")
                .attribute("round_node", round.starter().node().toString())
                .attribute("round_pid", Integer.toString(round.starter().pid()))
                .attribute("round", Long.toString(round.number()));
    }

    static Round round(Element message) {
        return new Round(
                new GroupMember(
                        new NodeId((int) number(message, "round_node")),
                        (int) number(message, "round_pid")),
                number(message, "round"));
    }

    static Element encodeState(Round round, State state) {
        return inRound(STATE, round)
                .attribute("version", state.version().toString())
                .attribute("admin_epoch", Long.toString(state.version().adminEpoch()))
                .attribute("epoch", Long.toString(state.version().epoch()))
                .attribute("num_updates", Long.toString(state.version().updates()))
                .attribute("digest", state.digest())
                .attribute("live", Boolean.toString(state.live()))
                .build();
    }

    static State decodeState(Element message) {
        return new State(
                CibVersion.of(message),
                message.getOr("digest", ""),
                message.getOr("live", "").equals("true"));
    }

    static Element encodeSync(Round round, Element cib) {
        return inRound(SYNC, round)
                .child(Element.of("cib_calldata").withChildren(List.of(cib)))
                .build();
    }

    static @Nullable Element syncedCib(Element message) {
        return message.path("cib_calldata", "cib");
    }

    private static long number(Element message, String attribute) {
        try {
            return Long.parseLong(message.getOr(attribute, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
