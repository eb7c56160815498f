package org.holdfast.cibxml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class EncodingTest {

    private static final String TEXT = "<a b=\"\u00e9\u20ac\uD83D\uDE00\"/>";

    private static String value(byte[] document) throws XmlSyntaxException {
        return XmlParser.parse(document).getOr("b", "");
    }

    private static byte[] latin(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @Test
    void utf16IsReadWhateverItDeclares() throws XmlSyntaxException {
        for (String declaration :
                new String[] {
                    "",
                    "<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                }) {
            for (Charset charset : new Charset[] {UTF_16, UTF_16BE, UTF_16LE}) {
                assertThat(value((declaration + TEXT).getBytes(charset)))
                        .isEqualTo("\u00e9\u20ac\uD83D\uDE00");
            }
        }
    }

    @Test
    void utf32IsRefused() {
        for (String charset : new String[] {"UTF-32", "UTF-32LE", "UTF-32BE"}) {
            byte[] document = TEXT.getBytes(Charset.forName(charset));
            assertThatThrownBy(() -> XmlParser.parse(document)).hasMessageContaining("UTF-32");
        }
    }

    @Test
    void whatIsNoUtf8IsRefusedWithItsLine() {
        for (String bad :
                new String[] {
                    "\u00c0\u00af", // an overlong slash
                    "\u00e0\u0080\u00af",
                    "\u00f0\u0080\u0080\u00af",
                    "\u00ed\u00a0\u0080", // a surrogate
                    "\u00f5\u0080\u0080\u0080",
                    "\u00f8\u0088\u0080\u0080\u0080",
                    "\u00e9",
                    "\u00ff",
                    "\u0080"
                }) {
            assertThatThrownBy(() -> XmlParser.parse(latin("<a>\n\n<b c=\"" + bad + "\"/></a>")))
                    .isInstanceOfSatisfying(
                            XmlSyntaxException.class,
                            e -> {
                                assertThat(e.line()).isEqualTo(3);
                                assertThat(e.column()).isEqualTo(7);
                            });
        }
    }

    @Test
    void declaredEncodingsAreRead() throws XmlSyntaxException {
        assertThat(value(latin("<?xml version='1.0' encoding='ISO-8859-1'?><a" + " b='\u00e9'/>")))
                .isEqualTo("\u00e9");
        assertThat(
                        value(
                                ("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>" + TEXT)
                                        .getBytes(UTF_8)))
                .isEqualTo("\u00e9\u20ac\uD83D\uDE00");
    }

    @Test
    void zerosAreDroppedBehindTheEndOnly() throws XmlSyntaxException {
        assertThat(value(latin("<a b='x'/>\0\0"))).isEqualTo("x");
        assertThatThrownBy(() -> XmlParser.parse(latin("<a b='\0'/>")))
                .isInstanceOf(XmlSyntaxException.class);
    }

    @Test
    void otherVersionsAndLongNamesAreRefused() {
        assertThatThrownBy(() -> XmlParser.parse("<?xml version=\"1.1\"?><a/>"))
                .hasMessageContaining("1.1");
        assertThatThrownBy(() -> XmlParser.parse("<" + "a".repeat(50_001) + "/>"))
                .hasMessageContaining("50000");
    }
}
