package org.holdfast.tools.ticket;

import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CallOptions;
import org.holdfast.cib.engine.CibOperation;
import org.holdfast.cib.engine.CibRequest;
import org.holdfast.cib.result.Rc;
import org.holdfast.tools.cib.CibClient;
import org.jspecify.annotations.Nullable;

/** Finds what the CIB says about tickets. */
final class TicketLookup {

    /**
     * What was found.
     *
     * @param returnCode a code of {@link Rc}
     * @param element the ticket's state, several in one element, or all tickets; null if none
     */
    record State(int returnCode, @Nullable Element element) {}

    private TicketLookup() {}

    static State state(CibClient cib, @Nullable String ticket) {
        String path = "/cib/status/tickets";
        CibClient.Result result =
                query(cib, ticket == null ? path : path + "/ticket_state[@id=\"" + ticket + "\"]");
        Element output = result.output();
        boolean several = ticket != null && output != null && !output.children().isEmpty();
        return new State(
                result.returnCode() == Rc.OK && several ? Rc.DUPLICATE_ID : result.returnCode(),
                output);
    }

    static CibClient.Result constraints(CibClient cib, @Nullable String ticket) {
        String path = "//cib/configuration/constraints/rsc_ticket";
        return query(cib, ticket == null ? path : path + "[@ticket=\"" + ticket + "\"]");
    }

    private static CibClient.Result query(CibClient cib, String path) {
        return cib.call(
                CibRequest.of(
                        CibOperation.QUERY, path, null, CallOptions.SYNC_CALL | CallOptions.XPATH));
    }
}
