package org.holdfast.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlPrinter;

/**
 * The digest in {@code cib.xml.sig}: MD5 over a blank, the document on one line, and a line end.
 * Pacemaker keeps this oldest form on disk for ever, so that upgrades work.
 */
final class CibDigest {

    /** What is digested before the document. */
    static final String BEFORE = " ";

    /** What is digested behind the document. */
    static final String BEHIND = "\n";

    private CibDigest() {}

    static String of(Element cib) {
        return md5(XmlPrinter.compact(cib));
    }

    /** What Pacemaker 2 has for the same document: it escapes apostrophes, which 3 does not. */
    static String ofPacemaker2(Element cib) {
        return md5(XmlPrinter.compact(cib).replace("'", "&apos;"));
    }

    private static String md5(String document) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            String text = BEFORE + document + BEHIND;
            return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has MD5", e);
        }
    }
}
