package org.holdfast.cib.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.SeededRandom;
import org.junit.jupiter.api.Test;

/** Elements with more children than fit into a block behave as lists do. */
class WideElementTest {

    private final SeededRandom random = new SeededRandom(42);

    private Node node(int number) {
        return random.nextInt(20) == 0
                ? new Comment("c" + number)
                : Element.of(random.nextInt(2) == 0 ? "a" : "b", "id", "i" + number);
    }

    @Test
    void anyRowOfChangesGivesWhatAListGives() {
        for (int start : List.of(0, 1, 31, 63, 64, 65, 127, 128, 129, 300)) {
            List<Node> model = new ArrayList<>();
            for (int i = 0; i < start; i++) {
                model.add(node(i));
            }
            Element element = Element.of("wide").withChildren(model);
            for (int step = 0; step < 200; step++) {
                Element before = element;
                List<Node> modelBefore = List.copyOf(model);
                int at = random.nextInt(model.size() + 1);
                Node node = node(1000 + step);
                int kind = random.nextInt(4);
                if (kind == 0 || model.isEmpty() || at == model.size()) {
                    element = element.append(node);
                    model.add(node);
                } else if (kind == 1) {
                    element = element.insert(at, node);
                    model.add(at, node);
                } else if (kind == 2) {
                    element = element.remove(at);
                    model.remove(at);
                } else {
                    element = element.replace(at, node);
                    model.set(at, node);
                }
                assertThat(new ArrayList<>(element.children())).isEqualTo(model);
                assertThat(before.children()).isEqualTo(modelBefore);
                assertThat(element).isEqualTo(Element.of("wide").withChildren(model));
                assertThat(element.elements())
                        .isEqualTo(model.stream().filter(Element.class::isInstance).toList());
                findsAll(element);
                differencesAreThoseOf(before, element);
            }
        }
    }

    private static void findsAll(Element element) {
        for (int i = 0; i < element.children().size(); i++) {
            if (element.children().get(i) instanceof Element child) {
                assertThat(element.indexOf(child.name(), child.id())).isEqualTo(i);
                assertThat(element.mayHold(child.name())).isTrue();
            }
        }
        assertThat(element.indexOf("a", "none")).isEqualTo(-1);
    }

    private static void differencesAreThoseOf(Element before, Element after) {
        List<Node> olds = before.children();
        List<Node> news = after.children();
        int shorter = Math.min(olds.size(), news.size());
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < shorter; i++) {
            if (olds.get(i) != news.get(i)) {
                expected.add(i);
            }
        }
        List<Integer> found = new ArrayList<>();
        for (int i = SharedNodes.start(olds, news);
                i < shorter;
                i = SharedNodes.nextDifference(olds, news, i + 1)) {
            found.add(i);
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void knowsTheTagsFarBelow() {
        Element deep = Element.of("x").append(Element.of("y").append(Element.of("nvpair")));
        assertThat(deep.mayHold("nvpair")).isTrue();
        assertThat(Element.of("nvpair").mayHold("nvpair")).isFalse();
    }
}
