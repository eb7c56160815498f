package org.holdfast.cib.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.PacemakerText;
import org.holdfast.cib.value.IntegerText;

/** MD5 digests as 32 lower-case hexadecimal digits. They detect differences, not attacks. */
public final class Digests {

    private Digests() {}

    /** The digest of a text. */
    public static String md5(String text) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** What {@code cib.xml.sig} holds for a file with this document (the older form, v1). */
    public static String onDisk(Element document) {
        StringBuilder text = new StringBuilder(1024).append(' ');
        PacemakerText.compact(document, text);
        return md5(text.append('\n').toString());
    }

    /** What a patchset or a full replacement names for its result (v2). */
    public static String inMessages(Element document) {
        StringBuilder text = new StringBuilder(1024);
        PacemakerText.compactFiltered(document, text);
        return md5(text.toString());
    }

    /**
     * The digest of an operation's parameters, which decides whether a resource must restart after
     * a change: the attributes of an element {@code parameters}, sorted.
     */
    public static String parameters(Map<String, String> parameters) {
        Element.Builder sorted = Element.builder("parameters");
        new TreeMap<>(parameters).forEach(sorted::attribute);
        return onDisk(sorted.build());
    }

    /**
     * Leaves out what does not make an operation another one: meta attributes (but a recurring
     * operation's time-out stays) and a few names that the cluster sets.
     */
    public static Map<String, String> withoutMeta(Map<String, String> parameters) {
        Map<String, String> kept = new TreeMap<>(parameters);
        String interval = parameters.get("CRM_meta_interval");
        String timeout =
                IntegerText.valueOf(interval, 0) != 0 ? parameters.get("CRM_meta_timeout") : null;
        kept.keySet().removeIf(Digests::isMeta);
        if (timeout != null) {
            kept.put("CRM_meta_timeout", timeout);
        }
        return kept;
    }

    private static boolean isMeta(String name) {
        return name.startsWith("CRM_meta_")
                || switch (name) {
                    case "id",
                            "crm_feature_set",
                            "op-digest",
                            "on_node",
                            "on_node_uuid",
                            "pcmk_external_ip" ->
                            true;
                    default -> false;
                };
    }
}
