package org.holdfast.node.badinput;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.kernel.SeededRandom;

/** Damages documents: their bytes, their encoding, or the tree that they hold. */
final class Mutator {

    private static final List<String> PIECES =
            List.of(
                    "<",
                    ">",
                    "/>",
                    "</",
                    "&",
                    "&amp;",
                    "&lt",
                    "&#0;",
                    "&#x41;",
                    "&#xD800;",
                    "\"",
                    "'",
                    "=",
                    "<!--",
                    "-->",
                    "<![CDATA[",
                    "]]>",
                    "<?x?>",
                    "<!DOCTYPE a>",
                    "<!DOCTYPE a [<!ENTITY b \"cc\"><!ENTITY c \"&b;&b;\">]>",
                    "&b;",
                    "&c;",
                    "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">",
                    "\u0000",
                    "\u0001",
                    "\u00e9",
                    "\uFFFE",
                    "</cib>",
                    "<cib>",
                    "\r\n",
                    " ",
                    "<?xml version=\"1.1\"?>",
                    "<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
                    "<?xml version=\"1.0\" encoding=\"nonsense\"?>");

    private static final List<String> VALUES =
            List.of(
                    "",
                    " ",
                    "-1",
                    "0",
                    "1",
                    "2147483647",
                    "2147483648",
                    "-9223372036854775808",
                    "99999999999999999999",
                    "INFINITY",
                    "-INFINITY",
                    "+INFINITY",
                    "1e9",
                    "NaN",
                    "true",
                    "none",
                    "pacemaker-1.0",
                    "pacemaker-3.10",
                    "pacemaker-4.0",
                    "pacemaker-9.9",
                    "score++",
                    "value+=5",
                    "P1Y",
                    "P99999999999Y",
                    "9999999999999-01-01",
                    "2020-13-45T99:99:99Z",
                    "2021-W99-9",
                    "../../etc/passwd",
                    "a'b\"c",
                    "//*",
                    "/cib[",
                    "%s%n",
                    "\u00e9\u0301",
                    "\uD83D\uDE00",
                    "\u202e",
                    "T",
                    "A",
                    "G",
                    "C",
                    "B",
                    "n1",
                    "tag",
                    "#default",
                    "1-",
                    "-1-2",
                    "5-3",
                    "*");

    private static final List<String> ATTRIBUTES =
            List.of(
                    "id",
                    "name",
                    "value",
                    "score",
                    "rsc",
                    "with-rsc",
                    "first",
                    "then",
                    "node",
                    "id-ref",
                    "template",
                    "epoch",
                    "num_updates",
                    "admin_epoch",
                    "validate-with",
                    "role",
                    "operation",
                    "path",
                    "position",
                    "interval",
                    "timeout",
                    "start",
                    "end",
                    "crm_feature_set",
                    "class",
                    "type",
                    "provider",
                    "uname",
                    "call-id",
                    "rc-code",
                    "op-status",
                    "transition-key",
                    "transition-magic",
                    "replicas",
                    "in_ccm",
                    "crmd",
                    "ip-range-start",
                    "ip-mask",
                    "index",
                    "devices",
                    "ticket",
                    "xpath",
                    "format");

    private final SeededRandom random;
    private final Corpus corpus;

    Mutator(SeededRandom random, Corpus corpus) {
        this.random = random;
        this.corpus = corpus;
    }

    /** A document of the corpus with some damage. */
    byte[] next() {
        return damage(corpus.any(random));
    }

    /** A document with some damage. */
    byte[] damage(byte[] document) {
        if (random.chance(0.5)) {
            return tree(document);
        }
        byte[] damaged = document;
        for (int i = random.nextInt(4); i >= 0; i--) {
            damaged = bytes(damaged);
        }
        return damaged;
    }

    private byte[] bytes(byte[] in) {
        if (in.length == 0) {
            return in;
        }
        int at = random.nextInt(in.length);
        int length = 1 + random.nextInt(random.chance(0.8) ? 20 : 2_000);
        int end = Math.min(in.length, at + length);
        return switch (random.nextInt(12)) {
            case 0 -> Arrays.copyOf(in, at);
            case 1 -> Arrays.copyOfRange(in, at, in.length);
            case 2, 3 -> flip(in, at);
            case 4 -> joined(Arrays.copyOf(in, at), Arrays.copyOfRange(in, end, in.length));
            case 5 -> joined(Arrays.copyOf(in, end), Arrays.copyOfRange(in, at, in.length));
            case 6, 7 -> insert(in, at, pick(PIECES).getBytes(UTF_8));
            case 8 -> insert(in, at, noise(length));
            case 9 -> {
                byte[] other = corpus.any(random);
                yield joined(
                        Arrays.copyOf(in, at),
                        Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
            }
            case 10 -> encoded(in);
            default -> insert(in, at, VALUES.get(random.nextInt(VALUES.size())).getBytes(UTF_8));
        };
    }

    private byte[] encoded(byte[] in) {
        String text = new String(in, UTF_8);
        return switch (random.nextInt(5)) {
            case 0 -> text.getBytes(UTF_16);
            case 1 -> text.getBytes(ISO_8859_1);
            case 2 -> insert(in, 0, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
            case 3 -> insert(in, 0, new byte[] {(byte) 0xFE, (byte) 0xFF});
            default ->
                    insert(in, 0, "<?xml version=\"1.0\" encoding=\"US-ASCII\"?>".getBytes(UTF_8));
        };
    }

    private byte[] flip(byte[] in, int at) {
        byte[] out = in.clone();
        out[at] ^= (byte) (1 << random.nextInt(8));
        return out;
    }

    private byte[] noise(int length) {
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = (byte) random.nextInt(256);
        }
        return out;
    }

    private static byte[] insert(byte[] in, int at, byte[] piece) {
        return joined(joined(Arrays.copyOf(in, at), piece), Arrays.copyOfRange(in, at, in.length));
    }

    private static byte[] joined(byte[] one, byte[] other) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(one.length + other.length);
        out.writeBytes(one);
        out.writeBytes(other);
        return out.toByteArray();
    }

    private byte[] tree(byte[] document) {
        try {
            Element root = XmlParser.parse(document);
            for (int i = random.nextInt(3); i >= 0; i--) {
                root = changed(root, root);
            }
            return XmlPrinter.pretty(root).getBytes(UTF_8);
        } catch (XmlSyntaxException e) {
            return bytes(document);
        }
    }

    /** Changes the element or, more likely, something below it. */
    private Element changed(Element root, Element element) {
        List<Integer> elements = new ArrayList<>();
        List<Node> children = element.children();
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof Element) {
                elements.add(i);
            }
        }
        if (elements.isEmpty() || random.chance(0.15)) {
            return changedHere(root, element);
        }
        int at = elements.get(random.nextInt(elements.size()));
        Element child = (Element) children.get(at);
        if (random.chance(0.85)) {
            return element.replace(at, changed(root, child));
        }
        return switch (random.nextInt(5)) {
            case 0 -> element.remove(at);
            case 1 -> element.insert(at, child);
            case 2 -> element.replace(at, anywhere(root)).append(child);
            case 3 -> {
                Element grown = element;
                for (int i = 0; i < 30; i++) {
                    grown = grown.append(child);
                }
                yield grown;
            }
            default -> element.withChildren(List.of(child));
        };
    }

    private Element changedHere(Element root, Element element) {
        int attributes = element.attributeCount();
        String attribute =
                attributes == 0 || random.chance(0.2)
                        ? pick(ATTRIBUTES)
                        : element.attributeName(random.nextInt(attributes));
        return switch (random.nextInt(8)) {
            case 0 -> element.without(attribute);
            case 1 -> element.withName(anywhere(root).name());
            case 2 -> element.append(anywhere(root));
            case 3 -> element.with(pick(ATTRIBUTES), element.getOr(attribute, "x"));
            case 4 -> element.with(attribute, "x".repeat(1 + random.nextInt(5_000)));
            default -> element.with(attribute, pick(VALUES));
        };
    }

    private Element anywhere(Element root) {
        Element at = root;
        while (true) {
            List<Element> below = at.elements();
            if (below.isEmpty() || random.chance(0.25)) {
                return at;
            }
            at = below.get(random.nextInt(below.size()));
        }
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
