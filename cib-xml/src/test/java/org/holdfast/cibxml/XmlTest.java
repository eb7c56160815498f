package org.holdfast.cibxml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Text;
import org.holdfast.kernel.SeededRandom;
import org.junit.jupiter.api.Test;

class XmlTest {

    private static final String PRETTY =
            """
            <cib epoch="1" note="a&lt;b &amp; &quot;c&quot;&#x0A;d">
              <!-- kept -->
              <configuration>
                <nodes/>
              </configuration>
            </cib>
            """;

    @Test
    void prettyTextComesBackAsItWas() throws XmlSyntaxException {
        Element cib = XmlParser.parse(PRETTY);

        assertThat(XmlPrinter.pretty(cib)).isEqualTo(PRETTY);
        assertThat(cib.get("note")).isEqualTo("a<b & \"c\"\nd");
        assertThat(cib.path("configuration", "nodes")).extracting(Element::line).isEqualTo(4);
        assertThat(XmlPrinter.compact(cib))
                .isEqualTo(
                        "<cib epoch=\"1\" note=\"a&lt;b &amp; &quot;c&quot;&#x0A;d\">"
                                + "<!-- kept --><configuration><nodes/></configuration></cib>");
    }

    @Test
    void aFileLosesItsTextAndAMessageKeepsIt() throws XmlSyntaxException {
        String text = "<a>x<b>y</b> <![CDATA[z]]></a>";

        assertThat(XmlPrinter.libxml(XmlParser.parse(text)))
                .isEqualTo("<a>x<b>y</b><![CDATA[z]]></a>");
        assertThat(XmlPrinter.compact(XmlParser.parseFile(text.getBytes(UTF_8))))
                .isEqualTo("<a><b/><![CDATA[z]]></a>");
    }

    @Test
    void libxmlFormKeepsMixedContentOnOneLine() {
        Element mixed = Element.of("b").append(new Text("1 < 2"));
        Element all = Element.of("a", "k", "\t\"").append(mixed).append(Element.of("c"));

        assertThat(XmlPrinter.libxml(all))
                .isEqualTo("<a k=\"&#9;&quot;\">\n  <b>1 &lt; 2</b>\n  <c/>\n</a>");
    }

    @Test
    void spaceIsKeptWhereNothingElseIs() throws XmlSyntaxException {
        assertThat(XmlPrinter.compact(XmlParser.parse("<a> <b> </b><c></c> </a>")))
                .isEqualTo("<a><b></b><c/></a>");
        assertThat(XmlPrinter.compact(XmlParser.parseFile("<a> </a>".getBytes(UTF_8))))
                .isEqualTo("<a/>");
    }

    @Test
    void libxmlFormHasNumbersForForeignCharactersInAttributesOnly() {
        Element element = Element.of("a", "k", "é日\uD83D\uDE00").append(new Text("é"));

        assertThat(XmlPrinter.libxml(element)).isEqualTo("<a k=\"&#xE9;&#x65E5;&#x1F600;\">é</a>");
    }

    @Test
    void anErrorSaysWhere() {
        XmlSyntaxException e =
                catchThrowableOfType(
                        XmlSyntaxException.class, () -> XmlParser.parse("<a>\n  <b></a>"));

        assertThat(e.line()).isEqualTo(2);
        assertThat(e.describe()).startsWith("line 2, column ");
    }

    @Test
    void entitiesAndOutsideTextAreRefused() {
        String laughs = "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>";
        String file = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a b=\"&x;\"/>";

        assertThatThrownBy(() -> XmlParser.parse(laughs)).isInstanceOf(XmlSyntaxException.class);
        assertThatThrownBy(() -> XmlParser.parse(file)).isInstanceOf(XmlSyntaxException.class);
    }

    @Test
    void depthAndAttributesAreBounded() {
        assertThatThrownBy(() -> XmlParser.parse("<a>".repeat(300) + "</a>".repeat(300)))
                .isInstanceOf(XmlSyntaxException.class);
        StringBuilder wide = new StringBuilder("<a");
        for (int i = 0; i < 2000; i++) {
            wide.append(" a").append(i).append("=''");
        }
        assertThatThrownBy(() -> XmlParser.parse(wide + "/>"))
                .isInstanceOf(XmlSyntaxException.class);
    }

    @Test
    void anyMutationParsesOrIsRefused() {
        SeededRandom random = new SeededRandom(20260101);
        int refused = 0;
        for (int run = 0; run < 3000; run++) {
            byte[] bytes = PRETTY.getBytes(UTF_8);
            for (int i = 0; i <= random.nextInt(4); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                Element parsed = XmlParser.parse(bytes);
                assertThat(XmlParser.parse(XmlPrinter.pretty(parsed))).isNotNull();
            } catch (XmlSyntaxException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 2999);
    }
}
