package org.holdfast.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.junit.jupiter.api.Test;

class FenceMetadataTest {

    private static String completed(String metadata) throws XmlSyntaxException {
        return XmlPrinter.compact(FenceMetadata.completed(XmlParser.parse(metadata)));
    }

    @Test
    void theClusterStartsDevicesAndSetsSomeParameters() throws XmlSyntaxException {
        assertThat(
                        completed(
                                "<resource-agent><parameters><parameter name='action' required='1'/>"
                                        + "<parameter name='ip' required='1'/></parameters>"
                                        + "<actions><action name='on'/></actions></resource-agent>"))
                .isEqualTo(
                        "<resource-agent><parameters><parameter name=\"action\" required=\"0\"/>"
                                + "<parameter name=\"ip\" required=\"1\"/></parameters>"
                                + "<actions><action name=\"on\"/><action name=\"stop\""
                                + " timeout=\"20s\"/><action name=\"start\" timeout=\"20s\"/>"
                                + "</actions></resource-agent>");
    }

    @Test
    void anAgentsOwnActionsStay() throws XmlSyntaxException {
        String metadata =
                "<resource-agent><actions><action name=\"stop\"/></actions></resource-agent>";
        assertThat(completed(metadata)).isEqualTo(metadata);
    }
}
