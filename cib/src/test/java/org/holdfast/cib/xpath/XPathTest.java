package org.holdfast.cib.xpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.SeededRandom;
import org.junit.jupiter.api.Test;

class XPathTest {

    private static final Element ROOT =
            Element.of("cib")
                    .append(
                            Element.of("resources")
                                    .append(new Comment("c"))
                                    .append(Element.of("primitive", "id", "a", "n", "3"))
                                    .append(
                                            Element.of("group", "id", "g")
                                                    .append(Element.of("primitive", "id", "b"))
                                                    .append(Element.of("primitive", "id", "c"))));

    private static List<String> ids(String path) throws XPathException {
        return XPath.compile(path).select(ROOT, new Work(ROOT)).stream()
                .map(l -> l.isAttribute() ? "@" + l.value() : l.name() + "." + idOf(l))
                .toList();
    }

    private static String idOf(Location location) {
        Element element = location.element();
        return element == null ? "" : element.id();
    }

    @Test
    void pathsSelectInDocumentOrder() throws XPathException {
        assertThat(ids("//primitive")).containsExactly("primitive.a", "primitive.b", "primitive.c");
        assertThat(ids("/cib/resources/*")).containsExactly("primitive.a", "group.g");
        assertThat(ids("//primitive[@id='b']/..")).containsExactly("group.g");
        assertThat(ids("//group/primitive[2] | //@n")).containsExactly("@3", "primitive.c");
        assertThat(ids("//primitive[last()]")).containsExactly("primitive.a", "primitive.c");
        assertThat(ids("(//primitive)[last()]")).containsExactly("primitive.c");
        assertThat(ids("//comment()")).hasSize(1);
        assertThat(ids("//primitive[@id='b']/following-sibling::*[1]"))
                .containsExactly("primitive.c");
        assertThat(ids("//primitive[ancestor::group and not(@id = 'c')]"))
                .containsExactly("primitive.b");
        assertThat(ids("//*[@n >= 2 + 1 and starts-with(name(), 'prim')]"))
                .containsExactly("primitive.a");
        assertThat(ids("//group[primitive[@id='c']]")).containsExactly("group.g");
        assertThat(ids("//*[count(primitive) = 2]")).containsExactly("group.g");
    }

    @Test
    void aPathWithoutSlashSelectsNothing() throws XPathException {
        for (String relative : new String[] {"cib", "*", ".", "..", "@id", "self::node()"}) {
            assertThat(ids(relative)).isEmpty();
        }
        assertThat(ids("//*[@id = 'g']/self::node() | cib")).containsExactly("group.g");
    }

    @Test
    void badExpressionsAreRefused() {
        for (String bad :
                new String[] {"", "//", "//a[", "/cib/", "foo(1)", "//a['x]", "a b", "$x"}) {
            assertThatThrownBy(() -> XPath.compile(bad).select(ROOT, new Work(ROOT)))
                    .isInstanceOf(XPathException.class);
        }
    }

    @Test
    void anyTextIsEvaluatedOrRefused() {
        String alphabet = "//cib@id[]()'=|*.,123 andor-primitive::";
        SeededRandom random = new SeededRandom(99);
        for (int run = 0; run < 20_000; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(XPath.selectOrNothing(ROOT, text.toString(), new Work(ROOT))).isNotNull();
        }
    }
}
