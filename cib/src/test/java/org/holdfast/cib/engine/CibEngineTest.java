package org.holdfast.cib.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.patch.CibVersion;
import org.holdfast.cib.patch.Patchset;
import org.holdfast.cib.result.Rc;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CibEngineTest {

    private static final CibEngine ENGINE = new CibEngine(Schemas.NONE, true);

    private static final Element START =
            ENGINE.apply(
                            Sections.emptyCib(1, "pacemaker-4.0"),
                            CibRequest.of(CibOperation.CREATE, "resources", primitive("a"), 0),
                            "now")
                    .document();

    private static Element primitive(String id) {
        return Element.of("primitive", "id", id, "class", "ocf", "type", "Dummy");
    }

    private static CibOutcome run(
            CibOperation operation, @Nullable String section, @Nullable Element data, int options) {
        CibOutcome outcome =
                ENGINE.apply(START, CibRequest.of(operation, section, data, options), "now");
        if (outcome.patchset() != null) {
            Patchset.Applied applied = Patchset.apply(START, outcome.patchset(), true);
            assertThat(withoutStamps(applied.document()))
                    .isEqualTo(withoutStamps(outcome.document()));
        }
        return outcome;
    }

    private static Element withoutStamps(Element cib) {
        return cib.without("cib-last-written");
    }

    @Test
    void creatingTwiceIsRefused() {
        CibOutcome outcome = run(CibOperation.CREATE, "resources", primitive("a"), 0);

        assertThat(outcome.returnCode()).isEqualTo(Rc.EEXIST);
        assertThat(outcome.document()).isSameAs(START);
        assertThat(outcome.output()).isNotNull();
    }

    @Test
    void theEpochCountsConfigurationAndTheUpdatesEverythingElse() {
        assertThat(CibVersion.of(START)).isEqualTo(new CibVersion(0, 2, 0));
        CibOutcome status =
                run(CibOperation.CREATE, "status", Element.of("node_state", "id", "1"), 0);
        assertThat(CibVersion.of(status.document())).isEqualTo(new CibVersion(0, 2, 1));
        assertThat(status.configurationChanged()).isFalse();
        CibOutcome bump = run(CibOperation.BUMP, null, null, 0);
        assertThat(CibVersion.of(bump.document())).isEqualTo(new CibVersion(0, 3, 1));
        CibOutcome erase = run(CibOperation.ERASE, null, null, 0);
        assertThat(CibVersion.of(erase.document())).isEqualTo(new CibVersion(1, 3, 0));
    }

    @Test
    void modifyingMergesAndComputes() {
        Element update = Element.of("primitive", "id", "a", "type", "IPaddr2");
        CibOutcome outcome = run(CibOperation.MODIFY, "resources", update, 0);
        assertThat(find(outcome, "//primitive[@type='IPaddr2' and @class='ocf']")).hasSize(1);

        CibOutcome computed =
                run(
                        CibOperation.MODIFY,
                        null,
                        Element.of("cib", "admin_epoch", "admin_epoch++"),
                        CallOptions.SCORE_UPDATE);
        assertThat(computed.document().get("admin_epoch")).isEqualTo("1");

        assertThat(run(CibOperation.MODIFY, "resources", primitive("b"), 0).returnCode())
                .isEqualTo(Rc.ENXIO);
        assertThat(
                        find(
                                run(
                                        CibOperation.MODIFY,
                                        "resources",
                                        primitive("b"),
                                        CallOptions.CAN_CREATE),
                                "//primitive"))
                .hasSize(2);
        CibOutcome same = run(CibOperation.MODIFY, "resources", primitive("a"), 0);
        assertThat(same.ok()).isTrue();
        assertThat(same.document()).isSameAs(START);
    }

    @Test
    void missingSectionsAreMade() {
        Element tags = Element.of("tags").append(Element.of("tag", "id", "t"));
        assertThat(find(run(CibOperation.MODIFY, "tags", tags, 0), "//tags/tag")).hasSize(1);
    }

    @Test
    void replacingNeedsAVersionThatIsNotOlder() {
        Element older = START.with("epoch", "1");
        assertThat(run(CibOperation.REPLACE, null, older, 0).returnCode()).isEqualTo(Rc.OLD_DATA);
        Element resources = Element.of("resources").append(primitive("z"));
        assertThat(
                        find(
                                run(CibOperation.REPLACE, "resources", resources, 0),
                                "//primitive[@id='z']"))
                .hasSize(1);
        assertThat(run(CibOperation.REPLACE, "resources", primitive("none"), 0).returnCode())
                .isEqualTo(Rc.ENXIO);
    }

    @Test
    void deletingMatchesAttributes() {
        Element pattern = Element.of("primitive", "id", "a", "type", "dummy");
        assertThat(find(run(CibOperation.DELETE, null, pattern, 0), "//primitive")).isEmpty();
        Element other = pattern.with("type", "other");
        assertThat(run(CibOperation.DELETE, null, other, 0).document()).isSameAs(START);
        assertThat(run(CibOperation.DELETE, "/cib", null, CallOptions.XPATH).returnCode())
                .isEqualTo(Rc.EINVAL);
        assertThat(
                        find(
                                run(
                                        CibOperation.DELETE,
                                        "//primitive/@type",
                                        null,
                                        CallOptions.XPATH),
                                "//@type"))
                .isEmpty();
    }

    @Test
    void aTransactionIsAllOrNothing() {
        CibRequest one = CibRequest.of(CibOperation.CREATE, "resources", primitive("b"), 0);
        CibRequest commit = CibRequest.of(CibOperation.COMMIT_TRANSACTION, null, null, 0);

        assertThat(find(ENGINE.applyAll(START, List.of(one), commit, "now"), "//primitive"))
                .hasSize(2);
        assertThat(ENGINE.applyAll(START, List.of(one, one), commit, "now").document())
                .isSameAs(START);
    }

    @Test
    void aChangeSharesWhatItDoesNotTouch() {
        CibOutcome outcome =
                run(CibOperation.CREATE, "constraints", Element.of("rsc_order", "id", "o"), 0);

        assertThat(outcome.document().path("configuration", "resources"))
                .isSameAs(START.path("configuration", "resources"));
    }

    @Test
    void whatCouldNotBeReadAgainIsRefused() {
        Element deep = Element.of("a");
        for (int i = 0; i < 200; i++) {
            deep = Element.of("a").append(deep);
        }
        CibOutcome once = run(CibOperation.CREATE, "status", deep, 0);
        assertThat(once.ok()).isTrue();
        CibRequest deeper =
                CibRequest.of(CibOperation.REPLACE, "//a[not(a)]", deep, CallOptions.XPATH);
        assertThat(ENGINE.apply(once.document(), deeper, "now").returnCode()).isEqualTo(Rc.EFBIG);

        Element wide = Element.of("a", "id", "1");
        Element wider = wide;
        for (int i = 0; i < 600; i++) {
            wide = wide.with("a" + i, "");
            wider = wider.with("b" + i, "");
        }
        CibOutcome first = run(CibOperation.CREATE, "status", wide, 0);
        assertThat(first.ok()).isTrue();
        CibRequest more = CibRequest.of(CibOperation.MODIFY, "status", wider, 0);
        CibOutcome second = ENGINE.apply(first.document(), more, "now");
        assertThat(second.returnCode()).isEqualTo(Rc.EFBIG);
        assertThat(second.document()).isSameAs(first.document());
    }

    @Test
    void anExpressionThatTakesTooMuchWorkIsRefused() {
        Element resources = Element.of("resources");
        for (int i = 0; i < 5_000; i++) {
            resources = resources.append(primitive("p" + i));
        }
        Element cib = run(CibOperation.REPLACE, "resources", resources, 0).document();
        for (CibOperation operation :
                List.of(CibOperation.QUERY, CibOperation.DELETE, CibOperation.REPLACE)) {
            CibRequest hostile =
                    CibRequest.of(operation, "//*[//*[//*]]", primitive("a"), CallOptions.XPATH);
            CibOutcome outcome = ENGINE.apply(cib, hostile, "now");
            assertThat(outcome.returnCode()).isEqualTo(Rc.ETIME);
            assertThat(outcome.document()).isSameAs(cib);
        }
    }

    private static List<?> find(CibOutcome outcome, String path) {
        assertThat(outcome.returnCode()).isZero();
        return org.holdfast.cib.xpath.XPath.selectOrNothing(
                outcome.document(), path, new org.holdfast.cib.xpath.Work(outcome.document()));
    }
}
