package org.holdfast.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Text;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.junit.jupiter.api.Test;

class CibTextsTest {

    private final CibTexts texts = new CibTexts();

    private void printsAsEver(Element cib) {
        CibTexts.Printed printed = texts.print(cib);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        printed.parts().forEach(all::writeBytes);
        assertThat(all.toString(StandardCharsets.UTF_8)).isEqualTo(XmlPrinter.pretty(cib));
        assertThat(printed.digest()).isEqualTo(CibDigest.of(cib));
    }

    @Test
    void everyVersionIsPrintedAsIfItWereTheFirst() throws XmlSyntaxException {
        Element cib =
                XmlParser.parse(
                        "<cib epoch=\"1\"><!-- top --><configuration><crm_config/><resources>"
                                + "<primitive id=\"a\" description=\"&lt;ü&gt;\"><!-- in --></primitive>"
                                + "<!-- between --><primitive id=\"b\"/></resources>"
                                + "<constraints/></configuration></cib>");
        printsAsEver(cib);
        printsAsEver(cib.with("epoch", "2"));
        Element changed =
                cib.mapElements(configuration ->
                        configuration.mapElements(section ->
                                section.name().equals("resources")
                                        ? section.replace(2, Element.of("primitive", "id", "c"))
                                                .append(Element.of("primitive", "id", "d"))
                                                .remove(0)
                                        : section.append(new Comment(" new "))
                                                .append(new Text("text"))));
        printsAsEver(changed);
        printsAsEver(cib);
        printsAsEver(Element.of("cib"));
    }
}
