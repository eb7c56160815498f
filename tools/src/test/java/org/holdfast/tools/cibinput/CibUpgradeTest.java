package org.holdfast.tools.cibinput;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.tools.cibinput.CibUpgrade.Problem;
import org.holdfast.tools.cibinput.CibUpgrade.Result;
import org.junit.jupiter.api.Test;

class CibUpgradeTest {

    private static Result prepare(String schema, String resources) throws XmlSyntaxException {
        return CibUpgrade.prepare(
                XmlParser.parse(
                        """
                        <cib admin_epoch='0' epoch='1' num_updates='0' validate-with='%s'>
                          <configuration>
                            <crm_config/>
                            <nodes/>
                            <resources>%s</resources>
                            <constraints/>
                          </configuration>
                          <status/>
                        </cib>
                        """
                                .formatted(schema, resources)));
    }

    @Test
    void namesLineElementIdAndTheWayOutOfWhatBreaksTheSchema() throws XmlSyntaxException {
        Result result =
                prepare(
                        "pacemaker-4.0",
                        "<primitive id='web' class='systemd' type='nginx' clas='x'/>");
        assertThat(result.problem()).isEqualTo(Problem.INVALID);
        assertThat(result.notes().getFirst())
                .startsWith("line 5: <primitive id=\"web\">: attribute \"clas\" not allowed here");
        assertThat(result.notes().getLast()).contains("crm_verify -V").contains("pacemaker-4.0");
    }

    @Test
    void tellsTheFirstOfManyMistakes() throws XmlSyntaxException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            many.append("<primitive id='p").append(i).append("' class='lsb' type='x' y='z'/>");
        }
        Result result = prepare("pacemaker-3.0", many.toString());
        assertThat(result.problem()).isEqualTo(Problem.NOT_UPGRADABLE);
        assertThat(result.notes()).contains("... and 4 more").hasSize(8);
    }

    @Test
    void namesTheSchemasThatAreKnown() throws XmlSyntaxException {
        assertThat(prepare("pacemaker-9.9", "").notes())
                .containsExactly(
                        "<cib> names the schema \"pacemaker-9.9\" in validate-with, which is not"
                                + " known; known are pacemaker-1.0 to pacemaker-4.0");
        assertThat(CibUpgrade.prepare(XmlParser.parse("<x/>")).notes())
                .containsExactly("The document is no configuration: its root is <x>, not <cib>");
    }
}
