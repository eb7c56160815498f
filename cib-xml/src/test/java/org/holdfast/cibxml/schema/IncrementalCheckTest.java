package org.holdfast.cibxml.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.junit.jupiter.api.Test;

/** A check of what changed must come to the verdict of a check of everything. */
class IncrementalCheckTest {

    private static final String CIB =
            """
            <cib validate-with="%s" admin_epoch="0" epoch="1" num_updates="0">
              <configuration>
                <crm_config><cluster_property_set id="opts"><nvpair id="o1" name="stonith-enabled" value="false"/></cluster_property_set></crm_config>
                <nodes><node id="1" uname="n1"/><node id="2" uname="n2"/></nodes>
                <resources>
                  <primitive id="a" class="ocf" provider="heartbeat" type="Dummy"><meta_attributes id="a-m"><nvpair id="a-m-1" name="target-role" value="Started"/></meta_attributes></primitive>
                  <primitive id="b" class="ocf" provider="heartbeat" type="Dummy"><meta_attributes id-ref="a-m"/></primitive>
                  <group id="g"><primitive id="c" class="ocf" provider="heartbeat" type="Dummy"/><primitive id="d" class="systemd" type="x"/></group>
                  <clone id="cl"><primitive id="e" class="ocf" provider="heartbeat" type="Dummy"/></clone>
                </resources>
                <constraints>
                  <rsc_location id="l1" rsc="a" node="n1" score="100"/>
                  <rsc_order id="r1" first="a" then="g"/>
                  <rsc_colocation id="k1" rsc="a" with-rsc="cl" score="INFINITY"/>
                </constraints>
                <tags><tag id="t"><obj_ref id="a"/></tag></tags>
                <rsc_defaults><meta_attributes id="rd"><nvpair id="rd-1" name="resource-stickiness" value="1"/></meta_attributes></rsc_defaults>
              </configuration>
              <status><node_state id="1" anything="1"><free/></node_state></status>
            </cib>
            """;

    private final CibSchemas full = new CibSchemas();
    private final Random random = new Random(7);
    private List<Element> parts = new ArrayList<>();

    @Test
    void saysWhatAFullCheckSays() throws XmlSyntaxException {
        int valid = 0;
        int invalid = 0;
        for (String version : List.of("pacemaker-4.0", "pacemaker-3.2", "pacemaker-2.10")) {
            IncrementalCheck check = new IncrementalCheck(full::grammar);
            Element last = XmlParser.parse(CIB.formatted(version));
            collect(last);
            for (int round = 0; round < 4_000; round++) {
                Element next = changed(last);
                boolean expected =
                        full.check(
                                        next,
                                        java.util.Objects.requireNonNull(
                                                SchemaVersion.named(version)))
                                .isEmpty();
                assertThat(check.isValid(next)).as(XmlPrinter.compact(next)).isEqualTo(expected);
                if (expected) {
                    valid++;
                    last = next;
                } else {
                    invalid++;
                }
            }
        }
        assertThat(valid).isGreaterThan(1_000);
        assertThat(invalid).isGreaterThan(1_000);
    }

    @Test
    void aNewSchemaNameIsCheckedInFull() throws XmlSyntaxException {
        IncrementalCheck check = new IncrementalCheck(full::grammar);
        Element cib = XmlParser.parse(CIB.formatted("pacemaker-4.0"));

        assertThat(check.isValid(cib)).isTrue();
        assertThat(check.isValid(cib.with("validate-with", "pacemaker-1.0"))).isFalse();
        assertThat(check.isValid(cib.with("validate-with", "none"))).isTrue();
        assertThat(check.isValid(cib.with("validate-with", "pacemaker-9.9"))).isFalse();
        assertThat(check.isValid(cib)).isTrue();
    }

    /** Other names and values, some of which are looked at in some versions. */
    private Element otherPair(Element pair) {
        String[] names = {"stonith-action", "cluster-infrastructure", "x", "restart-type"};
        String[] values = {"poweroff", "heartbeat", "v" + random.nextInt(9), ""};
        return switch (random.nextInt(6)) {
            case 0 -> pair.with("name", names[random.nextInt(names.length)]);
            case 1 -> pair.without("value");
            default -> pair.with("value", values[random.nextInt(values.length)]);
        };
    }

    private Element otherRoot(Element root) {
        String[] numbers = {"7", "007", "-1", "", "x", "1".repeat(30)};
        return switch (random.nextInt(5)) {
            case 0 -> root.with("cib-last-written", "d" + random.nextInt(9));
            case 1 -> root.with("have-quorum", random.nextInt(2) == 0 ? "1" : "maybe");
            case 2 -> root.with("update-user", "u" + random.nextInt(9));
            default ->
                    root.with(
                            random.nextInt(2) == 0 ? "epoch" : "num_updates",
                            numbers[random.nextInt(numbers.length)]);
        };
    }

    private void collect(Element element) {
        parts.add(element);
        element.elements().forEach(this::collect);
    }

    /** One to three random changes, most of them in the configuration. */
    private Element changed(Element cib) {
        Element result = cib;
        for (int i = random.nextInt(3); i >= 0; i--) {
            result = change(result, 0);
        }
        return result;
    }

    private Element change(Element element, int depth) {
        List<Node> children = element.children();
        if (element.name().equals("nvpair") && random.nextInt(3) > 0) {
            return otherPair(element);
        }
        if (depth == 0 && random.nextInt(8) == 0) {
            return otherRoot(element);
        }
        if (!children.isEmpty() && depth < 5 && random.nextInt(depth < 2 ? 20 : 4) > 0) {
            int at = random.nextInt(children.size());
            if (children.get(at) instanceof Element child) {
                return element.replace(at, change(child, depth + 1));
            }
        }
        String[] ids = {"a", "b", "c", "g", "new" + random.nextInt(20), "1", "a-m", "t"};
        String id = ids[random.nextInt(ids.length)];
        return switch (random.nextInt(9)) {
            case 0 ->
                    children.isEmpty() ? element : element.remove(random.nextInt(children.size()));
            case 1 -> element.append(parts.get(random.nextInt(parts.size())));
            case 2 -> element.with("id", id);
            case 3 -> {
                String[] references = {"rsc", "first", "with-rsc", "id-ref", "template"};
                yield element.with(references[random.nextInt(references.length)], id);
            }
            case 4 -> element.with("description", "d" + random.nextInt(9));
            case 5 -> {
                Element fresh =
                        Element.of(
                                "primitive",
                                "id",
                                id,
                                "class",
                                "ocf",
                                "provider",
                                "p",
                                "type",
                                "t");
                yield element.append(fresh);
            }
            case 6 ->
                    element.attributeCount() == 0
                            ? element
                            : element.without(
                                    element.attributeName(
                                            random.nextInt(element.attributeCount())));
            case 7 -> children.size() < 2 ? element : element.remove(0).append(children.getFirst());
            default -> element.append(Element.of("nvpair", "id", id, "name", "n", "value", "v"));
        };
    }
}
