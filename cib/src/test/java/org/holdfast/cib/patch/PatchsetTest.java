package org.holdfast.cib.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.patch.Difference.Change;
import org.holdfast.cib.result.Rc;
import org.holdfast.kernel.SeededRandom;
import org.junit.jupiter.api.Test;

class PatchsetTest {

    private static Element cib(int epoch, Element... primitives) {
        Element resources = Element.of("resources");
        for (Element primitive : primitives) {
            resources = resources.append(primitive);
        }
        return Element.of("cib", "admin_epoch", "0", "epoch", "" + epoch, "num_updates", "0")
                .append(Element.of("configuration").append(resources));
    }

    private static Element primitive(String id) {
        return Element.of("primitive", "id", id);
    }

    @Test
    void changesAreListedAsPacemakerListsThem() {
        Element before = cib(1, primitive("a"), primitive("b"), primitive("c"));
        Element after = cib(2, primitive("c"), primitive("d"), primitive("b").with("type", "x"));

        List<Change> changes = Difference.between(before, after);

        String resources = "/cib/configuration/resources";
        assertThat(changes)
                .containsExactly(
                        new Difference.Deleted(resources + "/primitive[@id='a']", -1),
                        new Difference.Modified(
                                "/cib",
                                List.of(new Difference.AttributeChange("epoch", "2")),
                                after),
                        new Difference.Moved(resources + "/primitive[@id='c']", 0),
                        new Difference.Created(resources, 1, primitive("d")),
                        new Difference.Modified(
                                resources + "/primitive[@id='b']",
                                List.of(new Difference.AttributeChange("type", "x")),
                                primitive("b").with("type", "x")),
                        new Difference.Moved(resources + "/primitive[@id='b']", 2));
    }

    @Test
    void aVersionFieldThatIsGoneStillCounts() {
        Element before = cib(4);
        Element after = before.without("epoch");

        assertThat(
                        Patchset.of(before, after, Difference.between(before, after))
                                .path("version", "target"))
                .isEqualTo(
                        Element.of("target", "admin_epoch", "0", "epoch", "4", "num_updates", "0"));
    }

    @Test
    void rootsMayHaveOtherIds() {
        Element bare = Element.of("a", "x", "1");

        assertThat(Difference.between(bare.with("id", "1"), bare))
                .extracting(Change::path)
                .containsExactly("/a[@id='1']");
        assertThat(Difference.between(bare.with("id", "1"), bare.with("id", "2")))
                .extracting(Change::path)
                .containsExactly("/a[@id='2']");
    }

    @Test
    void theVersionDecidesWhetherAPatchsetFits() {
        Element before = cib(1, primitive("a"));
        Element after = cib(2, primitive("b"));
        Element patchset = Patchset.of(before, after, Difference.between(before, after));

        assertThat(Patchset.apply(before, patchset, true).document()).isEqualTo(after);
        assertThat(Patchset.apply(after, patchset, true).returnCode()).isEqualTo(Rc.OLD_DATA);
        assertThat(Patchset.apply(cib(0), patchset, true).returnCode()).isEqualTo(Rc.DIFF_FAILED);
        Element forged = patchset.with("digest", "0123456789abcdef0123456789abcdef");
        assertThat(Patchset.apply(before, forged, true).returnCode()).isEqualTo(Rc.DIFF_FAILED);
    }

    @Test
    void anyPatchsetLeadsFromOneDocumentToTheOther() {
        for (long seed = 0; seed < 3000; seed++) {
            SeededRandom random = new SeededRandom(seed);
            Element before =
                    randomElement(random, 0, "cib")
                            .with("admin_epoch", "0")
                            .with("epoch", "1")
                            .with("num_updates", "0");
            Element after = mutate(random, before).with("epoch", "2");
            Element patchset =
                    Patchset.withDigest(
                            Patchset.of(before, after, Difference.between(before, after)), after);

            Patchset.Applied applied = Patchset.apply(before, patchset, true);

            assertThat(applied.returnCode()).as("seed %d", seed).isZero();
            assertThat(applied.document()).as("seed %d", seed).isEqualTo(after);
        }
    }

    /** Ids are unique within their parent, as they are in a CIB. */
    private static Element randomElement(SeededRandom random, int depth, String name) {
        Element element = Element.of(name, "epoch", "0");
        int children = depth > 3 ? 0 : random.nextInt(6);
        for (int i = 0; i < children; i++) {
            element = element.append(randomElement(random, depth + 1, "e").with("id", "i" + i));
        }
        return element;
    }

    private static Element mutate(SeededRandom random, Element element) {
        List<Node> children = new ArrayList<>();
        for (Element child : element.elements()) {
            if (random.chance(0.9)) {
                children.add(random.chance(0.5) ? mutate(random, child) : child);
            }
        }
        if (random.chance(0.3) && children.size() > 1) {
            children.add(random.nextInt(children.size()), children.removeLast());
        }
        if (random.chance(0.3)) {
            Element fresh = Element.of("e", "id", "new" + random.nextInt(1000));
            children.add(random.nextInt(children.size() + 1), fresh);
        }
        if (random.chance(0.1)) {
            children.add(random.nextInt(children.size() + 1), new Comment("c"));
        }
        Element changed = element.withChildren(children);
        return random.chance(0.3) ? changed.with("value", "" + random.nextInt(3)) : changed;
    }
}
