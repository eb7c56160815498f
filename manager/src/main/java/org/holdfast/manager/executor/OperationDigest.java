package org.holdfast.manager.executor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlPrinter;

/**
 * The digest of an operation's parameters by which the scheduler later sees that they changed: MD5
 * of the sorted parameters as an XML element between a space and a newline (Pacemaker's "version 1"
 * digest).
 */
final class OperationDigest {

    private OperationDigest() {}

    static String of(OperationOrder order) {
        SortedMap<String, String> kept = new TreeMap<>();
        order.parameters()
                .forEach((name, value) -> {
                    if (!OperationOrder.isMeta(name) && !isBookkeeping(name)) {
                        kept.put(name, value);
                    }
                });
        String timeout = order.meta("timeout");
        if (order.intervalMillis() > 0 && timeout != null) {
            kept.put("CRM_meta_timeout", timeout);
        }
        Element.Builder parameters = Element.builder("parameters");
        kept.forEach(parameters::attribute);
        return md5(" " + XmlPrinter.compact(parameters.build()) + "\n");
    }

    /** Attributes of an order's parameter set that are not parameters. */
    private static boolean isBookkeeping(String name) {
        return switch (name) {
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

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("MD5")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
