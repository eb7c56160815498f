package org.holdfast.cibxml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.engine.CallOptions;
import org.holdfast.cib.engine.CibEngine;
import org.holdfast.cib.engine.CibOperation;
import org.holdfast.cib.engine.CibOutcome;
import org.holdfast.cib.engine.CibRequest;
import org.holdfast.cib.engine.Schemas;
import org.holdfast.cib.patch.Difference;
import org.holdfast.cib.patch.Patchset;
import org.holdfast.cib.result.Rc;
import org.holdfast.cib.xpath.XPath;
import org.holdfast.cibxml.schema.EngineSchemas;
import org.holdfast.kernel.SeededRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random texts, elements, sections and paths against the parser and every operation. */
class CibFuzzTest {

    private static final String CIB =
            """
            <cib crm_feature_set="3.20.0" validate-with="pacemaker-4.0" epoch="3" num_updates="0" admin_epoch="0">
              <configuration>
                <crm_config>
                  <cluster_property_set id="p"><nvpair id="p-1" name="fencing-enabled" value="false"/></cluster_property_set>
                </crm_config>
                <nodes><node id="1" uname="n1"/><node id="2" uname="n2"/></nodes>
                <resources>
                  <primitive id="A" class="ocf" provider="pacemaker" type="Dummy">
                    <meta_attributes id="A-m"><nvpair id="A-m-1" name="priority" value="5"/></meta_attributes>
                    <operations><op id="A-mon" name="monitor" interval="10s"/></operations>
                  </primitive>
                  <!-- a group -->
                  <group id="G"><primitive id="G1" class="ocf" provider="pacemaker" type="Dummy"/></group>
                </resources>
                <constraints>
                  <rsc_location id="l" rsc="A"><rule id="r" score="5"><expression id="e" attribute="#uname" operation="eq" value="n1"/></rule></rsc_location>
                </constraints>
              </configuration>
              <status><node_state id="1" uname="n1" in_ccm="1" crmd="1"/></status>
            </cib>
            """;

    private static final List<String> PIECES =
            List.of(
                    "<",
                    ">",
                    "/>",
                    "</",
                    "&",
                    "&amp;",
                    "&lt",
                    "\"",
                    "'",
                    "=",
                    "<!--",
                    "-->",
                    "<![CDATA[",
                    "]]>",
                    "<?x?>",
                    "<!DOCTYPE a>",
                    " id=\"A\"",
                    "\u0000",
                    "\u00e9",
                    "\uD83D\uDE00",
                    "\uD83D",
                    "</cib>",
                    "<cib>",
                    "&#0;",
                    "&#x41;",
                    "\r\n",
                    " ");

    private static final List<String> SECTIONS =
            List.of(
                    "configuration",
                    "crm_config",
                    "nodes",
                    "resources",
                    "constraints",
                    "status",
                    "cib",
                    "all",
                    "nosuch",
                    "",
                    "tags",
                    "acls");

    private static final List<String> PATH_PIECES =
            List.of(
                    "/",
                    "//",
                    "cib",
                    "configuration",
                    "primitive",
                    "*",
                    "@id",
                    "@*",
                    "[",
                    "]",
                    "1",
                    "'A'",
                    "=",
                    "!=",
                    " and ",
                    " or ",
                    "not(",
                    ")",
                    "(",
                    "position()",
                    "last()",
                    "count(",
                    "contains(@id,'A')",
                    "..",
                    ".",
                    "|",
                    "text()",
                    "node()",
                    "-",
                    "+",
                    "ancestor::",
                    "following-sibling::",
                    "starts-with(",
                    ",",
                    "@id='A'");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyTextParsesOrIsRefused(long seed) {
        SeededRandom random = new SeededRandom(seed);
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder(CIB);
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutate(text, random);
            }
            Element parsed;
            try {
                parsed = XmlParser.parseFile(text.toString().getBytes(UTF_8));
            } catch (XmlSyntaxException e) {
                assertThat(e.getMessage()).isNotBlank();
                continue;
            }
            assertThat(reparsed(XmlPrinter.pretty(parsed))).isEqualTo(parsed);
            assertThat(reparsed(XmlPrinter.compact(parsed))).isEqualTo(parsed);
        }
    }

    private static void mutate(StringBuilder text, SeededRandom random) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
            case 0 -> text.insert(at, pick(PIECES, random));
            case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
            case 2 -> {
                int end = Math.min(text.length(), at + random.nextInt(60));
                text.insert(random.nextInt(text.length()), text.substring(at, end));
            }
            default -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyOperationKeepsTheDocumentWholeAndItsPatchsetTellsTheChange(long seed) {
        assertWhole(new SeededRandom(seed), new CibEngine(Schemas.NONE, true), 3_000);
    }

    @ParameterizedTest
    @ValueSource(longs = 4)
    void whatIsAcceptedConformsToTheSchema(long seed) {
        EngineSchemas schemas = new EngineSchemas();
        Element end = assertWhole(new SeededRandom(seed), new CibEngine(schemas, true), 300);
        assertThat(schemas.isValid(end)).isTrue();
    }

    private static Element assertWhole(SeededRandom random, CibEngine engine, int rounds) {
        Element start = reparsed(CIB);
        Element cib = start;
        for (int round = 0; round < rounds; round++) {
            if (random.nextInt(8) == 0) {
                cib = start;
            }
            CibRequest request = request(cib, random);
            CibOutcome outcome = engine.apply(cib, request, "Thu Jan  1 00:00:00 1970");
            if (!outcome.ok()) {
                assertThat(outcome.document()).as("%s", request).isSameAs(cib);
                assertThat(Rc.describe(outcome.returnCode())).isNotBlank();
                continue;
            }
            Element after = outcome.document();
            assertThat(reparsed(XmlPrinter.compact(after))).as("%s", request).isEqualTo(after);
            Element patchset = outcome.patchset();
            if (patchset != null && isSound(cib) && isSound(after)) {
                Patchset.Applied applied =
                        Patchset.apply(cib, reparsed(XmlPrinter.compact(patchset)), true);
                assertThat(applied.returnCode()).as("%s", request).isZero();
                assertThat(digest(applied.document())).as("%s", request).isEqualTo(digest(after));
            }
            cib = after;
        }
        return cib;
    }

    /** Whether every path of a patchset means one element, as in each document that is valid. */
    private static boolean isSound(Element cib) {
        return !cib.has("id") && !hasTwins(cib);
    }

    private static boolean hasTwins(Element element) {
        Set<String> paths = new HashSet<>();
        for (Element child : element.elements()) {
            if (!paths.add(Difference.pathOf("", child)) || hasTwins(child)) {
                return true;
            }
        }
        return false;
    }

    /** Everybody who applies a patchset sets the time for himself. */
    private static String digest(Element cib) {
        return XmlPrinter.pretty(cib.without("cib-last-written"));
    }

    private static CibRequest request(Element cib, SeededRandom random) {
        List<CibOperation> operations = new ArrayList<>(List.of(CibOperation.values()));
        operations.remove(CibOperation.COMMIT_TRANSACTION);
        CibOperation operation = pick(operations, random);
        int options = 0;
        for (int bit :
                new int[] {
                    CallOptions.MULTIPLE,
                    CallOptions.CAN_CREATE,
                    CallOptions.NO_CHILDREN,
                    CallOptions.XPATH_ADDRESS,
                    CallOptions.SCORE_UPDATE,
                    CallOptions.NO_MTIME
                }) {
            options |= random.nextInt(3) == 0 ? bit : 0;
        }
        String section = random.nextInt(4) == 0 ? null : pick(SECTIONS, random);
        if (random.nextInt(3) == 0) {
            options |= CallOptions.XPATH;
            section = path(cib, random);
        }
        Element data = random.nextInt(10) == 0 ? null : data(cib, random);
        if (operation == CibOperation.APPLY_PATCH) {
            data = patchset(cib, random);
        }
        return CibRequest.of(operation, section, data, options);
    }

    private static String path(Element cib, SeededRandom random) {
        if (random.nextInt(2) == 0) {
            Element some = anyOf(cib, random);
            return "//" + some.name() + (some.id().isEmpty() ? "" : "[@id='" + some.id() + "']");
        }
        StringBuilder path = new StringBuilder(random.nextInt(2) == 0 ? "//" : "");
        for (int i = random.nextInt(8); i >= 0; i--) {
            path.append(pick(PATH_PIECES, random));
        }
        return path.toString();
    }

    /** An element of the document, changed somehow. */
    private static @Nullable Element data(Element cib, SeededRandom random) {
        Element some = anyOf(cib, random);
        for (int i = random.nextInt(3); i > 0; i--) {
            some =
                    switch (random.nextInt(6)) {
                        case 0 ->
                                some.with("id", pick(List.of("A", "G", "new", "p-1", ""), random));
                        case 1 -> some.without("id");
                        case 2 ->
                                some.with(
                                        "value", pick(List.of("value++", "value+=3", "7"), random));
                        case 3 -> some.append(anyOf(cib, random));
                        case 4 -> Element.of(some.name()).append(some);
                        default -> some.with("priority", "1");
                    };
        }
        return some;
    }

    private static Element patchset(Element cib, SeededRandom random) {
        Element target = cib.with("epoch", "" + random.nextInt(9));
        CibEngine engine = new CibEngine(Schemas.NONE, true);
        Element some = data(cib, random);
        CibOutcome outcome =
                engine.apply(
                        target,
                        CibRequest.of(CibOperation.MODIFY, null, some, CallOptions.CAN_CREATE),
                        "");
        Element patchset = outcome.patchset();
        if (patchset == null) {
            return Element.of("diff", "format", "2");
        }
        if (random.nextInt(3) > 0) {
            return patchset;
        }
        StringBuilder text = new StringBuilder(XmlPrinter.compact(patchset));
        mutate(text, random);
        try {
            return XmlParser.parse(text.toString());
        } catch (XmlSyntaxException e) {
            return patchset;
        }
    }

    private static Element anyOf(Element cib, SeededRandom random) {
        List<Element> all = XPath.elements(cib, "//*");
        return pick(all, random);
    }

    private static <T> T pick(List<T> list, SeededRandom random) {
        return list.get(random.nextInt(list.size()));
    }

    private static Element reparsed(String text) {
        try {
            return XmlParser.parseFile(text.getBytes(UTF_8));
        } catch (XmlSyntaxException e) {
            throw new AssertionError(text, e);
        }
    }
}
