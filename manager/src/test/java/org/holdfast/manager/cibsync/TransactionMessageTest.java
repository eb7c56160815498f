package org.holdfast.manager.cibsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.Schemas;
import org.holdfast.cib.engine.Sections;
import org.holdfast.cib.result.Rc;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Transactions as they travel: the form of Pacemaker's clients, and what is refused. */
class TransactionMessageTest {

    private static final String CREATE =
            """
            <cib_command t="cib" cib_op="cib_create" cib_section="resources" cib_callopt="1024"%s>
              <cib_calldata><primitive id="%s" class="ocf" type="Dummy"/></cib_calldata>
            </cib_command>\
            """;

    private final EngineApplier applier = new EngineApplier(Schemas.NONE);
    private final Element cib = Sections.emptyCib(1, "pacemaker-4.0");

    private static CibRequest request(String op, @Nullable String section, @Nullable Element data) {
        return new CibRequest(op, section, data, 0, "root", "test", "n1", 1_700_000_000);
    }

    private CibApplier.Outcome commit(String transaction) throws XmlSyntaxException {
        return applier.apply(
                cib, request("cib_commit_transact", null, XmlParser.parse(transaction)));
    }

    private static String requests(String... all) {
        return "<cib_transaction>" + String.join("", all) + "</cib_transaction>";
    }

    @Test
    void theRequestsOfAPacemakerClientAreCarriedOut() throws XmlSyntaxException {
        CibApplier.Outcome outcome =
                commit(requests(CREATE.formatted("", "a"), CREATE.formatted("", "b")));

        assertThat(outcome.returnCode()).isZero();
        assertThat(XmlPrinter.compact(outcome.cib())).contains("id=\"a\"").contains("id=\"b\"");
        assertThat(outcome.cib().get("epoch")).isEqualTo("4");
    }

    @Test
    void aFailureLeavesNothing() throws XmlSyntaxException {
        CibApplier.Outcome outcome =
                commit(requests(CREATE.formatted("", "a"), CREATE.formatted("", "a")));

        assertThat(outcome.returnCode()).isEqualTo(Rc.toLegacy(Rc.EEXIST));
        assertThat(outcome.cib()).isSameAs(cib);
    }

    @Test
    void aRequestForOneNodeIsRefused() throws XmlSyntaxException {
        CibApplier.Outcome outcome =
                commit(
                        requests(
                                CREATE.formatted("", "a"),
                                CREATE.formatted(" cib_host=\"n1\"", "b")));

        assertThat(outcome.returnCode()).isEqualTo(Rc.toLegacy(Rc.EOPNOTSUPP));
        assertThat(outcome.cib()).isSameAs(cib);
    }

    @Test
    void queriesAndUnknownOperationsAreRefused() throws XmlSyntaxException {
        String query = CREATE.formatted("", "a").replace("cib_create", "cib_query");
        String unknown = CREATE.formatted("", "a").replace("cib_create", "cib_juggle");

        assertThat(commit(requests(query)).returnCode()).isEqualTo(Rc.toLegacy(Rc.EOPNOTSUPP));
        assertThat(commit(requests(unknown)).returnCode()).isEqualTo(Rc.toLegacy(Rc.EINVAL));
    }

    @Test
    void whatIsNoTransactionIsToldSo() throws XmlSyntaxException {
        assertThat(commit("<other/>").returnCode()).isEqualTo(Rc.toLegacy(Rc.NO_TRANSACTION));
        assertThat(applier.apply(cib, request("cib_commit_transact", null, null)).returnCode())
                .isEqualTo(Rc.toLegacy(Rc.NO_TRANSACTION));
    }

    @Test
    void ourOwnHaveTheSameForm() {
        CibRequest both =
                CibRequest.transaction(
                        List.of(
                                request(
                                        "cib_create",
                                        "resources",
                                        Element.of("primitive", "id", "a", "class", "ocf")),
                                request(
                                        "cib_delete",
                                        "resources",
                                        Element.of("primitive", "id", "a"))));

        assertThat(XmlPrinter.compact(CibMessages.encode(both, "n1-1", 7)))
                .contains("cib_op=\"cib_commit_transact\"")
                .contains(
                        "<cib_transaction><cib_command t=\"cib\" cib_op=\"cib_create\""
                                + " cib_section=\"resources\" cib_callopt=\"1024\"><cib_calldata>");
        assertThat(applier.apply(cib, both).returnCode()).isZero();
    }
}
