package org.holdfast.tools.crm.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.junit.jupiter.api.Test;

class HtmlPrinterTest {

    private static String printed(String page) throws XmlSyntaxException {
        Element element = XmlParser.parse(page);
        return HtmlPrinter.print(element);
    }

    @Test
    void breaksLinesBetweenBlocks() throws XmlSyntaxException {
        assertThat(printed("<html><body><h2>A</h2><ul><li>1</li><li>2</li></ul></body></html>"))
                .isEqualTo(
                        "<!DOCTYPE html>\n<html><body>\n<h2>A</h2>\n<ul>\n<li>1</li>\n<li>2</li>\n</ul>\n"
                                + "</body></html>\n");
    }

    @Test
    void leavesTextAndSpansTogether() throws XmlSyntaxException {
        assertThat(printed("<li>a <span class=\"b\">c</span><br/> d</li>"))
                .isEqualTo("<!DOCTYPE html>\n<li>a <span class=\"b\">c</span><br> d</li>\n");
    }

    @Test
    void replacesWhatCannotBeInAnAddress() throws XmlSyntaxException {
        assertThat(printed("<link href=' /a b.css?c=&amp;d&lt;$é'/>"))
                .isEqualTo("<!DOCTYPE html>\n<link href=\"/a%20b.css?c=&amp;d&lt;%24%C3%A9\">\n");
    }

    @Test
    void escapesTextButNotStyles() throws XmlSyntaxException {
        assertThat(printed("<p title='\"&lt;\"'>a &amp; b &lt; c</p>"))
                .isEqualTo("<!DOCTYPE html>\n<p title=\"&quot;&lt;&quot;\">a &amp; b &lt; c</p>\n");
        assertThat(printed("<style>a &gt; b { }</style>"))
                .isEqualTo("<!DOCTYPE html>\n<style>a > b { }</style>\n");
    }
}
