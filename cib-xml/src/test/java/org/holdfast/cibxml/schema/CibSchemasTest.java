package org.holdfast.cibxml.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CibSchemasTest {

    private final CibSchemas schemas = new CibSchemas();

    static List<SchemaVersion> versions() {
        return SchemaVersion.ALL;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anEmptyCibIsValidInEveryVersion(SchemaVersion version) {
        assertThat(schemas.check(cib(), version)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aPrimitiveWithAMonitorIsValidInEveryVersion(SchemaVersion version) {
        Element op = Element.of("op", "id", "m", "name", "monitor", "interval", "10s");
        Element primitive = primitive("web").append(Element.of("operations").append(op));
        assertThat(schemas.check(with(cib(), "resources", primitive), version)).isEmpty();
    }

    @Test
    void namesTheElementAndWhatIsMissing() {
        Element primitive = Element.of("primitive", "id", "web", "class", "ocf", "type", "x");
        List<SchemaViolation> found =
                schemas.check(with(cib(), "resources", primitive), SchemaVersion.latest());
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().element()).isEqualTo("primitive");
        assertThat(found.getFirst().id()).isEqualTo("web");
        assertThat(found.getFirst().message()).contains("provider");
    }

    @Test
    void refusesAnIdThatIsTaken() {
        Element twice =
                with(with(cib(), "resources", primitive("web")), "resources", primitive("web"));
        assertThat(schemas.check(twice, SchemaVersion.latest()))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("taken"));
    }

    @Test
    void refusesAReferenceToNothing() {
        Element order = Element.of("rsc_order", "id", "o", "first", "web", "then", "nosuch");
        Element document = with(with(cib(), "resources", primitive("web")), "constraints", order);
        assertThat(schemas.check(document, SchemaVersion.latest()))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("nosuch"));
    }

    @Test
    void refusesAnIdThatBeginsWithADigit() {
        assertThat(
                        schemas.check(
                                with(cib(), "resources", primitive("1web")),
                                SchemaVersion.latest()))
                .isNotEmpty();
    }

    @Test
    void bundlesCameWith2_8() {
        Element bundle = Element.of("bundle", "id", "b").append(Element.of("docker", "image", "i"));
        Element document = with(cib(), "resources", bundle);
        assertThat(schemas.check(document, new SchemaVersion(2, 7))).isNotEmpty();
        assertThat(schemas.check(document, new SchemaVersion(2, 8))).isEmpty();
        assertThat(schemas.check(document, new SchemaVersion(4, 0))).isEmpty();
    }

    @Test
    void masterWentWith4_0() {
        Element master = Element.of("master", "id", "m").append(primitive("p"));
        Element document = with(cib(), "resources", master);
        assertThat(schemas.check(document, new SchemaVersion(3, 10))).isEmpty();
        assertThat(schemas.check(document, new SchemaVersion(4, 0))).isNotEmpty();
    }

    @Test
    void anythingIsAllowedInTheStatus() {
        Element document =
                cib().append(
                                Element.of("status")
                                        .append(
                                                Element.of("x", "id", "1", "y", "z")
                                                        .append(Element.of("x", "id", "1"))));
        assertThat(schemas.check(document, SchemaVersion.latest())).isEmpty();
    }

    private static Element primitive(String id) {
        return Element.of(
                "primitive", "id", id, "class", "ocf", "provider", "heartbeat", "type", "Dummy");
    }

    private static Element cib() {
        Element configuration =
                Element.of("configuration")
                        .append(Element.of("crm_config"))
                        .append(Element.of("nodes"))
                        .append(Element.of("resources"))
                        .append(Element.of("constraints"));
        return Element.of(
                        "cib",
                        "validate-with",
                        "pacemaker-4.0",
                        "admin_epoch",
                        "0",
                        "epoch",
                        "1",
                        "num_updates",
                        "0")
                .append(configuration);
    }

    private static Element with(Element cib, String section, Element child) {
        return cib.mapElements(configuration ->
                configuration.mapElements(
                        part -> part.name().equals(section) ? part.append(child) : part));
    }
}
