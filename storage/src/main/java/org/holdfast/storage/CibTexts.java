package org.holdfast.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.PacemakerText;

/**
 * Prints one version of the CIB after the other for the disk. Versions share what did not change,
 * so the text of each entry of a section is kept until the entry is gone: of ten thousand resources
 * only those are printed that changed. Not thread-safe.
 */
final class CibTexts {

    /** Depth of what is kept: {@code cib}, {@code configuration} and the section are above it. */
    private static final int ENTRY_DEPTH = 3;

    /** An entry in both forms. */
    private record Entry(byte[] pretty, byte[] compact) {}

    /**
     * A document for the disk.
     *
     * @param parts the file's content, one after the other
     * @param digest what belongs into the digest's file
     */
    record Printed(List<byte[]> parts, String digest) {}

    private Map<Node, Entry> known = new IdentityHashMap<>();

    /** Prints a CIB. */
    Printed print(Element cib) {
        Printing printing = new Printing(known);
        printing.print(cib, 0);
        known = printing.used;
        return printing.finish();
    }

    /** One document being printed. */
    private static final class Printing {

        private final Map<Node, Entry> known;
        private final Map<Node, Entry> used = new IdentityHashMap<>();
        private final List<byte[]> parts = new ArrayList<>();
        private final MessageDigest md5;
        private final StringBuilder pretty = new StringBuilder(1024);
        private final StringBuilder compact = new StringBuilder(1024);

        Printing(Map<Node, Entry> known) {
            this.known = known;
            try {
                md5 = MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java runtime has MD5", e);
            }
            compact.append(CibDigest.BEFORE);
        }

        void print(Node node, int depth) {
            if (depth == ENTRY_DEPTH) {
                printEntry(node);
            } else if (node instanceof Element element && !element.children().isEmpty()) {
                pretty.repeat(' ', 2 * depth);
                PacemakerText.startTag(element, pretty);
                pretty.append('\n');
                PacemakerText.startTag(element, compact);
                for (Node child : element.children()) {
                    print(child, depth + 1);
                }
                String end = "</" + element.name() + ">";
                pretty.repeat(' ', 2 * depth).append(end).append('\n');
                compact.append(end);
            } else {
                PacemakerText.pretty(node, depth, pretty);
                PacemakerText.compact(node, compact);
            }
        }

        private void printEntry(Node node) {
            flush();
            Entry entry = known.get(node);
            if (entry == null) {
                PacemakerText.pretty(node, ENTRY_DEPTH, pretty);
                PacemakerText.compact(node, compact);
                entry = new Entry(take(pretty), take(compact));
            }
            used.put(node, entry);
            parts.add(entry.pretty());
            md5.update(entry.compact());
        }

        private void flush() {
            if (!pretty.isEmpty()) {
                parts.add(take(pretty));
                md5.update(take(compact));
            }
        }

        private static byte[] take(StringBuilder text) {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            text.setLength(0);
            return bytes;
        }

        Printed finish() {
            compact.append(CibDigest.BEHIND);
            flush();
            return new Printed(parts, HexFormat.of().formatHex(md5.digest()));
        }
    }
}
