package org.holdfast.cibxml.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.cibxml.schema.SchemaUpgrade.Outcome;
import org.holdfast.cibxml.schema.SchemaUpgrade.Result;
import org.junit.jupiter.api.Test;

class SchemaUpgradeTest {

    private static final String EXPRESSION =
            "<expression id=\"e\" attribute=\"a\" operation=\"defined\"/>";

    private static final String DUMMY = "class=\"ocf\" provider=\"heartbeat\" type=\"Dummy\"";

    private final SchemaUpgrade upgrade = new SchemaUpgrade(new CibSchemas());

    @Test
    void whatTheNewestVersionTakesOnlyGetsItsName() throws XmlSyntaxException {
        Element cib = cib("3.0", "", "<primitive id=\"p\" " + DUMMY + "/>", "");
        Result result = upgrade.toLatest(cib);
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.cib()).isEqualTo(cib.with("validate-with", "pacemaker-4.0"));
    }

    @Test
    void aMasterBecomesAPromotableClone() throws XmlSyntaxException {
        Element cib =
                cib("3.0", "", "<master id=\"m\"><primitive id=\"p\" " + DUMMY + "/></master>", "");
        Element clone = resources(cib).first("clone");
        assertThat(clone).isNotNull();
        assertThat(clone.id()).isEqualTo("m");
        assertThat(clone.path("meta_attributes", "nvpair").get("name")).isEqualTo("promotable");
    }

    @Test
    void optionsOfOldMoveToTheDefaults() throws XmlSyntaxException {
        Element cib =
                cib(
                        "2.0",
                        "<cluster_property_set id=\"o\">"
                                + "<nvpair id=\"a\" name=\"default-resource-stickiness\" value=\"7\"/>"
                                + "<nvpair id=\"b\" name=\"no_quorum_policy\" value=\"freeze\"/>"
                                + "</cluster_property_set>",
                        "",
                        "");
        Element configuration = upgraded(cib).first("configuration");
        assertThat(configuration.path("rsc_defaults", "meta_attributes", "nvpair").get("name"))
                .isEqualTo("resource-stickiness");
        assertThat(configuration.path("crm_config", "cluster_property_set").elements())
                .singleElement()
                .satisfies(p -> assertThat(p.get("name")).isEqualTo("no-quorum-policy"));
    }

    @Test
    void requiresOfAStartBecomesTheResources() throws XmlSyntaxException {
        Element cib =
                cib(
                        "2.10",
                        "",
                        "<primitive id=\"p\" "
                                + DUMMY
                                + "><operations><op id=\"s\" name=\"start\" interval=\"0\""
                                + " requires=\"nothing\"/></operations></primitive>",
                        "");
        Element primitive = resources(cib).first("primitive");
        assertThat(primitive.path("operations", "op").has("requires")).isFalse();
        assertThat(primitive.path("meta_attributes", "nvpair").get("value")).isEqualTo("nothing");
    }

    @Test
    void aLocationWithTwoRulesBecomesTwo() throws XmlSyntaxException {
        Element cib =
                cib(
                        "3.0",
                        "",
                        "<primitive id=\"p\" " + DUMMY + "/>",
                        "<rsc_location id=\"l\" rsc=\"p\">"
                                + rule("r1")
                                + rule("r2")
                                + "</rsc_location>");
        assertThat(upgraded(cib).path("configuration", "constraints").elements())
                .extracting(Element::id)
                .containsExactly("pcmk__3_10_upgrade-l-1", "pcmk__3_10_upgrade-l-2");
    }

    @Test
    void aReferenceStaysAReference() throws XmlSyntaxException {
        Element cib =
                cib(
                        "3.0",
                        "",
                        "<master id=\"m\"><primitive id=\"p\" "
                                + DUMMY
                                + "><meta_attributes id=\"set\"><nvpair id=\"v\" name=\"x\" value=\"y\"/>"
                                + "</meta_attributes></primitive></master>"
                                + "<primitive id=\"q\" "
                                + DUMMY
                                + "><meta_attributes id-ref=\"set\"/></primitive>",
                        "");
        assertThat(resources(cib).first("primitive").first("meta_attributes"))
                .isEqualTo(Element.of("meta_attributes", "id-ref", "set"));
    }

    @Test
    void aclEntriesOfAUserBecomeARole() throws XmlSyntaxException {
        Element cib =
                cib("1.2", "", "", "")
                        .mapElements(configuration ->
                                configuration.append(
                                        Element.of("acls")
                                                .append(
                                                        Element.of("acl_user", "id", "u")
                                                                .append(
                                                                        Element.of(
                                                                                "read", "id", "e",
                                                                                "tag", "nodes")))));
        Element acls = upgraded(cib).path("configuration", "acls");
        assertThat(acls.elements())
                .extracting(Element::name)
                .containsExactly("acl_target", "acl_role");
        assertThat(acls.path("acl_role", "acl_permission").get("object-type")).isEqualTo("nodes");
    }

    @Test
    void whatIsValidNowhereIsLeftAlone() throws XmlSyntaxException {
        Element cib = cib("3.0", "", "<nonsense/>", "");
        Result result = upgrade.toLatest(cib);
        assertThat(result.outcome()).isEqualTo(Outcome.INVALID);
        assertThat(result.cib()).isEqualTo(cib);
    }

    private Element upgraded(Element cib) {
        Result result = upgrade.toLatest(cib);
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.version()).isEqualTo(SchemaVersion.latest());
        return result.cib();
    }

    private Element resources(Element cib) {
        return upgraded(cib).path("configuration", "resources");
    }

    private static String rule(String id) {
        return "<rule id=\""
                + id
                + "\" score=\"5\"><expression id=\""
                + id
                + "-e\" attribute=\"#uname\" operation=\"eq\" value=\"n1\"/></rule>";
    }

    private static Element cib(String version, String options, String resources, String constraints)
            throws XmlSyntaxException {
        return XmlParser.parse(
                "<cib validate-with=\"pacemaker-"
                        + version
                        + "\" admin_epoch=\"0\" epoch=\"1\" num_updates=\"0\"><configuration>"
                        + ("<crm_config>" + options + "</crm_config><nodes/>")
                        + ("<resources>" + resources + "</resources>")
                        + ("<constraints>" + constraints + "</constraints>")
                        + "</configuration><status/></cib>");
    }

    @Test
    void whatRefersToItselfIsNotUpgraded() throws XmlSyntaxException {
        Element cib =
                cib(
                        "3.4",
                        "",
                        "<master id=\"m\"><primitive id=\"p\" "
                                + DUMMY
                                + "><meta_attributes id-ref=\"p\"/>"
                                + "<instance_attributes id-ref=\"p\"/></primitive></master>",
                        "");
        assertThat(upgrade.toLatest(cib).outcome()).isEqualTo(Outcome.TRANSFORMATION_FAILED);
    }

    @Test
    void referencesThatMultiplyEndInAnError() throws XmlSyntaxException {
        StringBuilder rules =
                new StringBuilder("<rule id=\"r0\" score=\"1\">" + EXPRESSION + "</rule>");
        for (int i = 1; i <= 40; i++) {
            String before = "<rule id-ref=\"r" + (i - 1) + "\"/>";
            rules.append("<rule id=\"r").append(i).append("\" score=\"1\">");
            rules.append(before).append(before).append("</rule>");
        }
        Element cib =
                cib(
                        "3.4",
                        "",
                        "<master id=\"m\"><primitive id=\"p\" " + DUMMY + "/></master>",
                        "<rsc_location id=\"l\" rsc=\"p\"><rule id=\"r\" score=\"1\">"
                                + rules
                                + "</rule></rsc_location>");
        assertThat(upgrade.toLatest(cib).outcome()).isEqualTo(Outcome.TRANSFORMATION_FAILED);
    }

    @Test
    void aTagOfNothingInAnOldDocumentStaysAnErrorInVersionsThatAllowIt() throws Exception {
        String text =
                "<cib validate-with='%s' admin_epoch='0' epoch='1' num_updates='0'><configuration>"
                        + "<crm_config/><nodes/><resources/><constraints/><tags><tag id='t'>"
                        + "<obj_ref id='nosuch'/></tag></tags></configuration><status/></cib>";

        assertThat(upgrade.toLatest(XmlParser.parse(text.formatted("pacemaker-3.0"))).outcome())
                .isEqualTo(SchemaUpgrade.Outcome.INVALID);
        assertThat(upgrade.toLatest(XmlParser.parse(text.formatted("pacemaker-3.3"))).outcome())
                .isEqualTo(SchemaUpgrade.Outcome.DONE);
    }
}
