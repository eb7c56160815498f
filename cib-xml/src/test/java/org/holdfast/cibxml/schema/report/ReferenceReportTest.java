package org.holdfast.cibxml.schema.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.cibxml.schema.CibSchemas;
import org.holdfast.cibxml.schema.SchemaVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken CIBs and libxml2's own words about them, from messages.txt; and what bounds a report. */
class ReferenceReportTest {

    private static final CibSchemas SCHEMAS = new CibSchemas();

    /** A case of messages.txt. */
    static final class Case {
        final String title;
        final Map<String, String> parts = new TreeMap<>();
        final List<String> expected = new ArrayList<>();

        Case(String title) {
            this.title = title;
        }

        SchemaVersion version() {
            return Objects.requireNonNull(SchemaVersion.named("pacemaker-" + parts.get("version")));
        }

        Element document() {
            String whole = parts.get("document");
            if (whole != null) {
                return parsed(whole);
            }
            StringBuilder text = new StringBuilder();
            for (String section : List.of("crm_config", "nodes", "resources", "constraints")) {
                text.append('<' + section + '>')
                        .append(parts.getOrDefault(section, ""))
                        .append("</" + section + '>');
            }
            return cib(version(), text + parts.getOrDefault("extra", ""));
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = ReferenceReportTest.class.getResourceAsStream("messages.txt")) {
            for (String row : new String(in.readAllBytes(), UTF_8).lines().toList()) {
                if (row.isBlank() || row.startsWith("#")) {
                    continue;
                }
                String key = row.substring(0, row.indexOf(' '));
                String value = row.substring(key.length() + 1);
                switch (key) {
                    case "case" -> cases.add(new Case(value));
                    case "expect" -> cases.getLast().expected.add(value);
                    default -> cases.getLast().parts.put(key, value);
                }
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatTheReferenceSays(Case broken) {
        Element cib = broken.document();
        assertThat(messages(cib, broken.version()))
                .containsExactlyElementsOf(
                        broken.expected.stream().map(text -> text + "\n").toList());
        assertThat(SCHEMAS.check(cib, broken.version()).isEmpty())
                .as("verdict")
                .isEqualTo(broken.expected.isEmpty());
    }

    @Test
    void aLongMessageIsCutAndThenHasNoLineEnd() {
        String value = "\u00e9 ".repeat(700);
        List<String> messages =
                messages(resources("<primitive id=\"" + value + "\" template=\"t\"/>"), LATEST);
        String first = messages.getFirst();
        assertThat(first)
                .startsWith("Type ID doesn't allow value '\u00e9 \u00e9")
                .doesNotContain("\n");
        assertThat(first.getBytes(UTF_8)).hasSizeBetween(998, 999);
    }

    @Test
    void everyReferenceToNothingIsNamed() {
        Element cib =
                resources(
                        """
                        <primitive id="A" template="one"/>
                        <primitive id="B" template="two"/>
                        """);
        assertThat(messages(cib, LATEST))
                .containsExactlyInAnyOrder(
                        "IDREF attribute template references an unknown ID \"one\"\n",
                        "IDREF attribute template references an unknown ID \"two\"\n");
    }

    @Test
    void manyResourcesWithManyMistakesAreNoMatter() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            text.append("<primitive id=\"p" + i + "\" class=\"lsb\" type=\"t\" colour=\"red\"/>");
        }
        assertThat(messages(resources(text.toString()), LATEST))
                .contains("Invalid attribute colour for element primitive\n")
                .hasSizeBetween(1, 10);
    }

    @Test
    void rulesWithinRulesAreGivenUpAtSomeDepth() {
        String open =
                "<rule id=\"%s\"><expression id=\"e%s\" attribute=\"a\" operation=\"defined\"/>";
        for (int depth : new int[] {20, 200}) {
            StringBuilder text = new StringBuilder("<rsc_location id=\"l\" rsc=\"A\">");
            for (int i = 0; i < depth; i++) {
                text.append(open.formatted("r" + i, i));
            }
            text.append("<nonsense/>").append("</rule>".repeat(depth)).append("</rsc_location>");
            Element cib =
                    cib(
                            LATEST,
                            "<crm_config/><nodes/><resources/><constraints>"
                                    + text
                                    + "</constraints>");
            assertThat(messages(cib, LATEST).isEmpty()).isEqualTo(depth > 64);
        }
    }

    private static final SchemaVersion LATEST = SchemaVersion.latest();

    private static List<String> messages(Element cib, SchemaVersion version) {
        return CibSchemas.referenceMessages(cib, version).stream()
                .map(SchemaMessage::text)
                .toList();
    }

    private static Element resources(String text) {
        return cib(
                LATEST, "<crm_config/><nodes/><resources>" + text + "</resources><constraints/>");
    }

    private static Element cib(SchemaVersion version, String configuration) {
        return parsed(
                "<cib validate-with=\"%s\" admin_epoch=\"0\" epoch=\"0\" num_updates=\"0\">"
                                .formatted(version.validateWith())
                        + "<configuration>"
                        + configuration
                        + "</configuration><status/></cib>");
    }

    private static Element parsed(String text) {
        try {
            return XmlParser.parseFile(text.getBytes(UTF_8));
        } catch (XmlSyntaxException e) {
            throw new AssertionError(text, e);
        }
    }
}
