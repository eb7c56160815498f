package org.holdfast.manager.executor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
        return of(parameters(order));
    }

    /** The parameters that count, with the timeout of a recurring operation. */
    private static SortedMap<String, String> parameters(OperationOrder order) {
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
        return kept;
    }

    /**
     * Adds to a history entry what its agent's description makes of the parameters: of those whose
     * change forces a restart, and of those that are not private, a digest each.
     */
    static void describe(OperationOrder order, Element.Builder entry) {
        AgentDescription agent = order.agent();
        if (agent == null) {
            return;
        }
        if (order.intervalMillis() == 0 && agent.reload() != AgentDescription.Reload.NONE) {
            List<String> names = new ArrayList<>();
            SortedMap<String, String> restart = new TreeMap<>();
            for (AgentDescription.Parameter parameter : agent.parameters()) {
                String value = order.parameters().get(parameter.name());
                if (agent.forcesRestart(parameter)) {
                    names.add(parameter.name());
                    if (value != null) {
                        restart.put(parameter.name(), value);
                    }
                }
            }
            entry.attribute("op-force-restart", list(names));
            entry.attribute("op-restart-digest", of(restart));
        }
        List<String> secret = new ArrayList<>();
        SortedMap<String, String> open = parameters(order);
        for (AgentDescription.Parameter parameter : agent.parameters()) {
            if (parameter.isPrivate()) {
                secret.add(parameter.name());
                open.remove(parameter.name());
            }
        }
        if (!secret.isEmpty()) {
            entry.attribute("op-secure-params", list(secret));
            entry.attribute("op-secure-digest", of(open));
        }
    }

    /**
     * Each name between blanks, so that a reader can look for one; Pacemaker writes two outside.
     */
    private static String list(List<String> names) {
        return names.isEmpty() ? "" : "  " + String.join(" ", names) + "  ";
    }

    private static String of(SortedMap<String, String> kept) {
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
