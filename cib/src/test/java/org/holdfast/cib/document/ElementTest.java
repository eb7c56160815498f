package org.holdfast.cib.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ElementTest {

    private static Element child(Random random) {
        String tag = random.nextInt(4) == 0 ? "b" : "a";
        return random.nextInt(10) == 0
                ? Element.of(tag)
                : Element.of(tag, "id", "i" + random.nextInt(300));
    }

    /** What indexOf must find, by looking at each child. */
    private static int scan(Element parent, String tag, String id) {
        List<Node> children = parent.children();
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof Element element
                    && element.name().equals(tag)
                    && id.equals(element.get("id"))) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void theIndexTellsTheTruthAfterEveryChange() {
        Random random = new Random(1);
        Element parent = Element.of("p");
        List<Element> olds = new ArrayList<>();
        for (int round = 0; round < 3_000; round++) {
            int size = parent.children().size();
            parent =
                    switch (size == 0 ? 0 : random.nextInt(12)) {
                        case 0, 1, 2, 3 -> parent.append(child(random));
                        case 4 -> parent.insert(random.nextInt(size + 1), child(random));
                        case 5 -> parent.remove(random.nextInt(size));
                        case 6 -> parent.replace(random.nextInt(size), child(random));
                        case 7 -> parent.with("x", "" + round);
                        default -> {
                            int at = random.nextInt(size);
                            Element same = (Element) parent.children().get(at);
                            yield parent.replace(at, same.with("value", "" + round));
                        }
                    };
            olds.add(parent);
            Element asked = random.nextInt(3) == 0 ? olds.get(random.nextInt(olds.size())) : parent;
            for (int i = 0; i < 5; i++) {
                String tag = random.nextBoolean() ? "a" : "b";
                String id = "i" + random.nextInt(300);
                assertThat(asked.indexOf(tag, id)).isEqualTo(scan(asked, tag, id));
            }
        }
        assertThat(parent.children().size()).isGreaterThan(ChildIndex.WIDE * 4);
    }

    @Test
    void childrenCannotBeChanged() {
        Element parent = Element.of("p").append(Element.of("c"));

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> parent.children().add(Element.of("d")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(parent.children()).isEqualTo(List.of(Element.of("c")));
    }
}
