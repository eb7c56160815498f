package org.holdfast.scheduler.operations;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.ResourceParameters;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Digests of the parameters that an operation would be run with now. A history entry carries the
 * digests of what it was run with; if they differ, the configuration was changed since.
 *
 * @param all of all parameters
 * @param secure of the parameters that are not private; null if not wanted
 * @param restart of the parameters whose change needs a restart; null if the entry has none
 * @param ownParameters whether the operation itself sets parameters and does not recur
 */
public record ParameterDigests(
        String all, @Nullable String secure, @Nullable String restart, boolean ownParameters) {

    /** How a history entry compares with today's parameters. */
    public enum Verdict {
        UNKNOWN,
        MATCH,
        /** Something changed. */
        MISMATCH,
        /** Something changed that needs a restart. */
        RESTART
    }

    /**
     * Digests with the parameters that they are of, by name.
     *
     * @param restart null if the entry has no such digest
     */
    public record Detailed(
            ParameterDigests digests,
            Map<String, String> all,
            Map<String, String> secure,
            @Nullable Map<String, String> restart) {}

    private static final String UNFENCING_TASK = "stonith-on";
    private static final String META = "CRM_meta_";

    /** Computes digests for a history entry's operation. */
    public static ParameterDigests of(
            Resource resource,
            String task,
            long intervalMillis,
            Node node,
            @Nullable Element entry) {
        return detailed(resource, task, intervalMillis, node, entry, Map.of()).digests;
    }

    /** As {@link #of}, with parameters that take the place of configured ones. */
    public static Detailed detailed(
            Resource resource,
            String task,
            long intervalMillis,
            Node node,
            @Nullable Element entry,
            Map<String, String> overrides) {
        Map<String, String> parameters = new TreeMap<>(overrides);
        String address = connectionAddress(resource);
        if (address != null) {
            parameters.put("addr", address);
        }
        ResourceParameters.of(resource, node).forEach(parameters::putIfAbsent);
        Element config = OperationConfig.find(resource, task, intervalMillis, true);
        Map<String, String> own = OperationSettings.parameters(resource, config, node);
        own.forEach(parameters::putIfAbsent);
        if (intervalMillis != 0) {
            // The timeout of a recurring operation is part of what it was set up with.
            Map<String, String> meta =
                    OperationSettings.meta(resource, node, task, intervalMillis, config);
            String timeout = meta.get("timeout");
            if (timeout != null) {
                parameters.putIfAbsent(META + "timeout", timeout);
            }
        }
        Map<String, String> all = filtered(parameters, intervalMillis != 0);
        Map<String, String> secure = withoutPrivate(resource, all, parameters, entry);
        Map<String, String> restart = restartParameters(resource.cluster, all, entry);
        ParameterDigests digests =
                new ParameterDigests(
                        digest(all),
                        digest(secure),
                        restart == null ? null : digest(restart),
                        intervalMillis == 0 && !own.isEmpty());
        return new Detailed(digests, all, secure, restart);
    }

    /** Compares a history entry with today's parameters. */
    public static Verdict compare(Resource resource, Element entry, Node node) {
        return ofEntry(resource, entry, node)
                .verdict(resource.cluster, entry, Entries.interval(entry));
    }

    /**
     * Digests for a history entry. Those of the first entry of an operation count for further
     * entries of the same operation, too.
     */
    public static ParameterDigests ofEntry(Resource resource, Element entry, Node node) {
        String task = entry.getOr("operation", "");
        long intervalMillis = Entries.interval(entry);
        String key = task + '_' + intervalMillis + '@' + node.name;
        if (resource.digestCache().get(key) instanceof ParameterDigests known) {
            return known;
        }
        ParameterDigests digests = of(resource, task, intervalMillis, node, entry);
        resource.digestCache().put(key, digests);
        return digests;
    }

    /** Compares digests with those in a history entry. */
    public Verdict verdict(Cluster cluster, Element entry, long intervalMillis) {
        String thenAll = entry.get("op-digest");
        String thenRestart = restartDigestOf(cluster, entry);
        if (restart != null && thenRestart != null && !restart.equals(thenRestart)) {
            return Verdict.RESTART;
        }
        if (thenAll == null) {
            return Verdict.UNKNOWN;
        }
        if (!thenAll.equals(all)) {
            return ownParameters && intervalMillis == 0 ? Verdict.RESTART : Verdict.MISMATCH;
        }
        return Verdict.MATCH;
    }

    /** Whether only parameters that are hidden from a copied CIB differ from a history entry's. */
    public boolean onlyPrivateDiffer(Element entry, Verdict verdict) {
        String then = entry.get("op-secure-digest");
        return verdict != Verdict.MATCH && then != null && then.equals(secure);
    }

    /** Digests of a fence device's parameters as unfencing uses them. */
    static ParameterDigests ofUnfencing(Resource device, Node node) {
        return of(device, UNFENCING_TASK, 0, node, null);
    }

    /** Whether a node was unfenced with other parameters of the device. */
    static boolean unfencingChanged(
            Resource device, @Nullable String agent, Node node, ParameterDigests now) {
        String allThen = node.attribute("#digests-all");
        if (allThen == null) {
            return false;
        }
        if (agent == null) {
            return true;
        }
        String prefix = device.id + ":" + agent + ":";
        if (allThen.contains(prefix + now.all)) {
            return false;
        }
        String secureThen = node.attribute("#digests-secure");
        if (secureThen != null && secureThen.contains(prefix + now.secure)) {
            device.cluster.notice(
                    "Only 'private' parameters to "
                            + device
                            + " for unfencing "
                            + node
                            + " changed");
            return false;
        }
        if (device.cluster.sanitized) {
            // With parameters hidden, the digests differ; this tells testers what would fit.
            device.cluster.notice(
                    "Parameters to "
                            + device
                            + " for unfencing "
                            + node
                            + " changed, try '"
                            + prefix
                            + now.secure
                            + "'");
        }
        return true;
    }

    /**
     * For a bundle's connection without a fixed address: the host of its container after, or else
     * before, the transition.
     */
    public static @Nullable String connectionAddress(Resource resource) {
        if (!needsConnectionAddress(resource) || !(resource.top(true) instanceof Bundle bundle)) {
            return null;
        }
        for (Replica replica : bundle.replicas) {
            if (replica.remote == resource) {
                Node host = replica.containerOf().assignedNode();
                if (host == null) {
                    host = replica.containerOf().activeNode();
                }
                return host == null ? null : host.name;
            }
        }
        return null;
    }

    /** Whether a bundle's connection takes the name of its container's host for an address. */
    public static boolean needsConnectionAddress(Resource resource) {
        return resource instanceof Primitive primitive
                && primitive.agentType.equals("remote")
                && primitive.agentClass.equals("ocf")
                && primitive.provider.equals("pacemaker")
                && "#uname".equalsIgnoreCase(ResourceParameters.of(resource, null).get("addr"));
    }

    private static Map<String, String> filtered(
            Map<String, String> parameters, boolean keepTimeout) {
        Map<String, String> kept = new TreeMap<>(parameters);
        kept.keySet().removeIf(name -> isFiltered(name, keepTimeout));
        return kept;
    }

    private static boolean isFiltered(String name, boolean keepTimeout) {
        if (name.startsWith(META)) {
            return !(keepTimeout && name.equals(META + "timeout"));
        }
        return switch (name) {
            case "id", "crm_feature_set", "op-digest", "on_node", "on_node_uuid" -> true;
            case "pcmk_external_ip" -> true;
            default -> false;
        };
    }

    private static Map<String, String> withoutPrivate(
            Resource resource,
            Map<String, String> all,
            Map<String, String> parameters,
            @Nullable Element entry) {
        String list = entry == null ? " passwd password user " : entry.get("op-secure-params");
        Map<String, String> kept = new TreeMap<>(isBefore316(resource, entry) ? parameters : all);
        if (list != null) {
            kept.keySet().removeAll(List.of(list.split(" ")));
        }
        if (isBefore316(resource, entry)) {
            if (resource instanceof Primitive primitive
                    && primitive.agentClass.equalsIgnoreCase("stonith")) {
                kept.keySet().removeIf(FenceParameters::isSpecial);
            }
        }
        // filtered without an interval, so that a recurring operation's timeout is gone, too
        return filtered(kept, false);
    }

    private static boolean isBefore316(Resource resource, @Nullable Element entry) {
        String version = entry == null ? null : entry.get("crm_feature_set");
        if (version == null) {
            version = resource.cluster.cib.get("crm_feature_set");
        }
        return version != null && FenceParameters.olderThan316(version);
    }

    /** What the entry says; an expired failure of a recurring operation never matches. */
    private static @Nullable String restartDigestOf(Cluster cluster, Element entry) {
        return cluster.expiredRecurring.has(entry)
                ? Cluster.EXPIRED_DIGEST
                : entry.get("op-restart-digest");
    }

    private static @Nullable Map<String, String> restartParameters(
            Cluster cluster, Map<String, String> all, @Nullable Element entry) {
        if (entry == null || restartDigestOf(cluster, entry) == null) {
            return null;
        }
        Map<String, String> kept = new TreeMap<>(all);
        String names = entry.get("op-force-restart");
        if (names != null) {
            kept.keySet().retainAll(List.of(names.split(" ")));
        }
        return kept;
    }

    /** MD5 of the parameters as one element, attributes in the order of their names. */
    private static String digest(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder(" <parameters");
        parameters.forEach((name, value) -> {
            text.append(' ').append(name).append("=\"");
            escape(value, text);
            text.append('"');
        });
        text.append("/>\n");
        try {
            byte[] sum =
                    MessageDigest.getInstance("MD5")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has MD5", e);
        }
    }

    private static void escape(String value, StringBuilder into) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> into.append("&lt;");
                case '>' -> into.append("&gt;");
                case '&' -> into.append("&amp;");
                case '"' -> into.append("&quot;");
                default -> {
                    if (c < ' ' || c == 0x7F) {
                        into.append(String.format(java.util.Locale.ROOT, "&#x%02X;", (int) c));
                    } else {
                        into.append(c);
                    }
                }
            }
        }
    }
}
