package org.holdfast.cib.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.Rc;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Transactions as Pacemaker 3.0.2 carries them out; versions and codes were looked at in what its
 * library made of the same requests.
 */
class TransactionTest {

    private static final CibEngine ENGINE = new CibEngine(Schemas.NONE, true);

    private static final Element START =
            Sections.emptyCib(5, "pacemaker-3.9")
                    .with("num_updates", "3")
                    .mapElements(part ->
                            part.name().equals("configuration")
                                    ? part.mapElements(section ->
                                            section.name().equals("resources")
                                                    ? section.append(primitive("a"))
                                                    : section)
                                    : part);

    private static final CibRequest CREATE_B =
            CibRequest.of(CibOperation.CREATE, "resources", primitive("b"), 0);

    private static Element primitive(String id) {
        return Element.of("primitive", "id", id, "class", "ocf", "type", "Dummy");
    }

    private static CibRequest state(String node) {
        return CibRequest.of(
                CibOperation.MODIFY,
                "status",
                Element.of("status").append(Element.of("node_state", "id", node)),
                CallOptions.CAN_CREATE);
    }

    private static CibOutcome commit(CibRequest... requests) {
        return commit("root", START, requests);
    }

    private static CibOutcome commit(String user, Element cib, CibRequest... requests) {
        CibRequest commit =
                CibRequest.of(CibOperation.COMMIT_TRANSACTION, null, null, 0)
                        .by("n1", "test", user);
        return ENGINE.applyAll(cib, List.of(requests), commit, "now");
    }

    private static String version(CibOutcome outcome) {
        Element cib = outcome.document();
        return cib.get("admin_epoch") + "." + cib.get("epoch") + "." + cib.get("num_updates");
    }

    @Test
    void eachRequestCountsTheVersionUpAndTheCommitOnceMore() {
        assertThat(version(commit(CREATE_B))).isEqualTo("0.7.0");
        assertThat(version(commit(state("1"), state("2")))).isEqualTo("0.5.6");
        assertThat(version(commit(state("1"), CREATE_B))).isEqualTo("0.7.0");
        assertThat(version(commit(CREATE_B, state("1")))).isEqualTo("0.8.0");
        assertThat(version(commit(CibRequest.of(CibOperation.BUMP, null, null, 0))))
                .isEqualTo("0.6.5");
        assertThat(version(commit(CibRequest.of(CibOperation.ERASE, null, null, 0), CREATE_B)))
                .isEqualTo("1.8.0");
    }

    @Test
    void aTransactionThatChangesNothingLeavesTheVersion() {
        CibRequest nothing =
                CibRequest.of(
                        CibOperation.DELETE, "resources", Element.of("primitive", "id", "z"), 0);

        assertThat(commit().document()).isSameAs(START);
        assertThat(commit(nothing).document()).isSameAs(START);
        assertThat(commit(nothing).returnCode()).isEqualTo(Rc.OK);
    }

    @Test
    void whatFailsTakesAllBack() {
        CibOutcome twice = commit(CREATE_B, CREATE_B);

        assertThat(twice.returnCode()).isEqualTo(Rc.EEXIST);
        assertThat(twice.document()).isSameAs(START);
        assertThat(twice.patchset()).isNull();
    }

    @Test
    void whatIsNoChangeOrAnotherTransactionIsRefused() {
        for (CibOperation operation :
                List.of(CibOperation.QUERY, CibOperation.COMMIT_TRANSACTION)) {
            CibOutcome outcome = commit(CREATE_B, CibRequest.of(operation, null, null, 0));

            assertThat(outcome.returnCode()).isEqualTo(Rc.EOPNOTSUPP);
            assertThat(outcome.document()).isSameAs(START);
        }
    }

    @Test
    void aRequestMustLeaveAValidDocumentEvenIfTheNextOneMendsIt() {
        CibEngine strict =
                new CibEngine(
                        new OneForbidden(cib ->
                                Objects.requireNonNull(cib.path("configuration", "resources"))
                                                .indexOf("primitive", "forbidden")
                                        < 0),
                        true);
        CibRequest bad = CibRequest.of(CibOperation.CREATE, "resources", primitive("forbidden"), 0);
        CibRequest mended =
                CibRequest.of(
                        CibOperation.DELETE,
                        "resources",
                        Element.of("primitive", "id", "forbidden"),
                        0);
        CibRequest commit = CibRequest.of(CibOperation.COMMIT_TRANSACTION, null, null, 0);

        CibOutcome outcome = strict.applyAll(START, List.of(bad, mended), commit, "now");

        assertThat(outcome.returnCode()).isEqualTo(Rc.SCHEMA_VALIDATION);
        assertThat(outcome.document()).isSameAs(START);
        assertThat(outcome.rejected()).isNotNull();
    }

    @Test
    void eachRequestNeedsTheRightsOfWhoCommits() {
        Element acls =
                Element.of("acls")
                        .append(
                                Element.of("acl_target", "id", "ann")
                                        .append(Element.of("role", "id", "status-only")))
                        .append(
                                Element.of("acl_role", "id", "status-only")
                                        .append(
                                                Element.of(
                                                        "acl_permission",
                                                        "id",
                                                        "p1",
                                                        "kind",
                                                        "write",
                                                        "xpath",
                                                        "/cib/status"))
                                        .append(
                                                Element.of(
                                                        "acl_permission",
                                                        "id",
                                                        "p2",
                                                        "kind",
                                                        "read",
                                                        "xpath",
                                                        "/cib")));
        Element option = Element.of("nvpair", "id", "o1", "name", "enable-acl", "value", "true");
        Element guarded =
                START.mapElements(part ->
                        part.name().equals("configuration")
                                ? part.mapElements(section ->
                                                section.name().equals("crm_config")
                                                        ? section.append(
                                                                Element.of(
                                                                                "cluster_property_set",
                                                                                "id",
                                                                                "o")
                                                                        .append(option))
                                                        : section)
                                        .append(acls)
                                : part);

        assertThat(commit("ann", guarded, state("1"), state("2")).returnCode()).isEqualTo(Rc.OK);
        assertThat(commit("ann", guarded, state("1"), CREATE_B).returnCode()).isEqualTo(Rc.EACCES);
        assertThat(commit("ann", guarded, CREATE_B, state("1")).document()).isSameAs(guarded);
        assertThat(commit("root", guarded, state("1"), CREATE_B).returnCode()).isEqualTo(Rc.OK);
    }

    /** Schemas that take every CIB for valid that passes a test. */
    private record OneForbidden(Predicate<Element> test) implements Schemas {

        @Override
        public boolean isValid(Element cib) {
            return test.test(cib);
        }

        @Override
        public String newest() {
            return "pacemaker-4.0";
        }

        @Override
        public int compare(@Nullable String one, @Nullable String other) {
            return 0;
        }

        @Override
        public Upgraded upgrade(Element cib, @Nullable String schemaMax) {
            return new Upgraded(Rc.SCHEMA_UNCHANGED, cib, List.of());
        }
    }
}
