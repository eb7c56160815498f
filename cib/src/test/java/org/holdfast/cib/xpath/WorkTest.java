package org.holdfast.cib.xpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.junit.jupiter.api.Test;

class WorkTest {

    /** As pcs, crmsh, the agents and the cluster itself ask; linear in the size of the CIB. */
    static final List<String> ORDINARY =
            List.of(
                    "//*[@id='r17']",
                    "//primitive[@id='r17' or @id='r18' or @class='lsb' or @type='none']",
                    "/cib/configuration/resources//primitive[@type='Dummy']",
                    "//nvpair[@name='interval' and @value='10s']",
                    "//primitive[@id='r17']/meta_attributes/nvpair[@name='priority']",
                    "//node_state[@uname='n1']/lrm/lrm_resources/lrm_resource[@id='r17']",
                    "//*[contains(@id,'r17')]",
                    "//primitive[meta_attributes/nvpair[@name='priority' and @value='5']]",
                    "//primitive[.//nvpair[@value='x']]/@id",
                    "//nvpair/..",
                    "//nvpair[@value='10s']/ancestor::primitive",
                    "count(//primitive) > 5",
                    "//primitive[last()]",
                    "(//primitive)[5]",
                    "//@id",
                    "//*",
                    "//comment() | //text()");

    static final List<String> HOSTILE =
            List.of(
                    "//*[//*]",
                    "//*[//*[//*]]",
                    "//*[following::*[@id='none']]",
                    "//*[preceding::*[position()=last()]]",
                    "//*/following::*",
                    "//*/preceding::node()/ancestor::*",
                    "//*[count(//*) > 5]",
                    "//*[@id = //*/@name]",
                    "//@*[. = //@*]",
                    "//*[string(/) = 'x']",
                    "//*[sum(//@value) > 5]",
                    "//*[contains(concat(//@id,//@name,//@id),'x')]",
                    "//node()/ancestor-or-self::node()/descendant-or-self::node()",
                    "//nvpair/../../../..//nvpair/../../../..//nvpair/../../../..//nvpair[//*]",
                    "//*[translate(normalize-space(concat(@id,@id,@id)),'abc','cba')=//*/@id]",
                    "//*[preceding-sibling::*[preceding-sibling::*]]");

    /** A CIB with as many resources, 13 elements each. */
    static Element cib(int resources) {
        List<Element> primitives = new ArrayList<>();
        List<Element> history = new ArrayList<>();
        for (int i = 0; i < resources; i++) {
            String id = "r" + i;
            primitives.add(
                    Element.of("primitive", "id", id, "class", "ocf", "type", "Dummy")
                            .append(
                                    pairs("meta_attributes", id + "-meta")
                                            .append(nvpair(id, "priority", "5"))
                                            .append(nvpair(id, "target-role", "Started")))
                            .append(
                                    pairs("instance_attributes", id + "-params")
                                            .append(nvpair(id, "state", "/run/" + id))
                                            .append(nvpair(id, "fake", id)))
                            .append(
                                    Element.of("operations")
                                            .append(
                                                    Element.of(
                                                            "op",
                                                            "id",
                                                            id + "-mon",
                                                            "name",
                                                            "monitor",
                                                            "interval",
                                                            "10s"))));
            history.add(
                    Element.of("lrm_resource", "id", id, "class", "ocf", "type", "Dummy")
                            .append(
                                    Element.of(
                                            "lrm_rsc_op",
                                            "id",
                                            id + "_last_0",
                                            "operation_key",
                                            id + "_start_0",
                                            "rc-code",
                                            "0"))
                            .append(Element.of("lrm_rsc_op", "id", id + "_monitor_10000")));
        }
        return Element.of("cib")
                .append(
                        Element.of("configuration")
                                .append(Element.of("resources").withChildren(primitives)))
                .append(
                        Element.of("status")
                                .append(
                                        Element.of("node_state", "id", "1", "uname", "n1")
                                                .append(
                                                        Element.of("lrm", "id", "1")
                                                                .append(
                                                                        Element.of("lrm_resources")
                                                                                .withChildren(
                                                                                        history)))));
    }

    private static Element pairs(String tag, String id) {
        return Element.of(tag, "id", id);
    }

    private static Element nvpair(String owner, String name, String value) {
        return Element.of("nvpair", "id", owner + "-" + name, "name", name, "value", value);
    }

    @Test
    void ordinaryExpressionsPassWhateverTheSize() throws XPathException {
        for (int resources : new int[] {10, 1_000, 30_000}) {
            Element cib = cib(resources);
            for (String path : ORDINARY) {
                if (!path.startsWith("count")) {
                    XPath.compile(path).select(cib, new Work(cib));
                }
            }
        }
    }

    @Test
    void whatLooksAtNodesForEachNodeIsRefused() throws XPathException {
        Element cib = cib(15_000);
        for (String path : HOSTILE) {
            XPath compiled = XPath.compile(path);
            assertThatThrownBy(() -> compiled.select(cib, new Work(cib)))
                    .as(path)
                    .isInstanceOf(TooMuchWorkException.class);
        }
    }

    @Test
    void aSearchForARepetitivePatternIsWork() throws XPathException {
        Element cib = Element.of("cib", "a", "x".repeat(5_000_000));
        XPath path = XPath.compile("//*[contains(@a,'" + "x".repeat(5_000) + "y')]");
        assertThatThrownBy(() -> path.select(cib, new Work(cib)))
                .isInstanceOf(TooMuchWorkException.class);
    }

    @Test
    void longChainsTakeNoDeepStack() throws Exception {
        Element cib = cib(1);
        List<String> paths =
                List.of(
                        "//*[" + "1+".repeat(4_900) + "1]",
                        "//*[" + "@id='r0' or ".repeat(800) + "1]",
                        "//*" + "|//*".repeat(1_500),
                        "-".repeat(9_000) + "1");
        int[] done = {0};
        Thread small =
                new Thread(
                        null,
                        () -> {
                            for (String path : paths) {
                                XPath.selectOrNothing(cib, path, new Work(cib));
                                done[0]++;
                            }
                        },
                        "small stack",
                        256 << 10);
        small.start();
        small.join();
        assertThat(done[0]).isEqualTo(paths.size());
    }
}
