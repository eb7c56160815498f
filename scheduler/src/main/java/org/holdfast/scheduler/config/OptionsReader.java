package org.holdfast.scheduler.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.TimeSpan;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ClusterOptions;
import org.holdfast.scheduler.model.ClusterOptions.NoQuorumPolicy;
import org.holdfast.scheduler.model.ClusterOptions.PlacementStrategy;
import org.holdfast.scheduler.model.Score;
import org.jspecify.annotations.Nullable;

/**
 * Reads cluster properties: old names, validity, defaults (manual: "Cluster-Wide Configuration").
 */
public final class OptionsReader {

    /** A property with its default and the check that its values must pass. */
    private record Property(
            String name, @Nullable String oldName, String fallback, Predicate<String> valid) {}

    private static final Predicate<String> BOOLEAN = text -> Values.bool(text) != null;
    private static final Predicate<String> INTERVAL = text -> TimeSpan.parseInterval(text) != null;
    private static final Predicate<String> INTEGER =
            text -> text.toLowerCase(Locale.ROOT).endsWith("infinity") || Values.isNumber(text);

    private static final Predicate<String> POSITIVE =
            text ->
                    text.equalsIgnoreCase("infinity")
                            || text.equalsIgnoreCase("+infinity")
                            || Values.number(text, 0) > 0;
    private static final Predicate<String> PERCENTAGE =
            text -> text.matches("\\s*[+]?[0-9.]*([eE][+-]?[0-9]+)?%.*");

    private static final List<Property> PROPERTIES =
            List.of(
                    interval("dc-deadtime", null, "20s"),
                    interval("cluster-recheck-interval", null, "15min"),
                    interval("election-timeout", null, "2min"),
                    interval("shutdown-escalation", null, "20min"),
                    interval("join-integration-timeout", null, "3min"),
                    interval("join-finalization-timeout", null, "30min"),
                    interval("transition-delay", null, "0s"),
                    new Property(
                            "no-quorum-policy",
                            null,
                            "stop",
                            oneOf("stop", "freeze", "ignore", "demote", "fence", "suicide")),
                    flag("shutdown-lock", false),
                    interval("shutdown-lock-limit", null, "0"),
                    flag("enable-acl", false),
                    flag("symmetric-cluster", true),
                    flag("maintenance-mode", false),
                    flag("start-failure-is-fatal", true),
                    flag("enable-startup-probes", true),
                    flag("fence-remote-without-quorum", false),
                    new Property("fencing-enabled", "stonith-enabled", "true", BOOLEAN),
                    new Property(
                            "fencing-action",
                            "stonith-action",
                            "reboot",
                            text -> text.equals("reboot") || text.equals("off")),
                    new Property("fencing-reaction", "fence-reaction", "stop", text -> true),
                    interval("fencing-timeout", "stonith-timeout", "60s"),
                    flag("have-watchdog", false),
                    new Property(
                            "fencing-watchdog-timeout",
                            "stonith-watchdog-timeout",
                            "0",
                            text -> true),
                    new Property("fencing-max-attempts", "stonith-max-attempts", "10", POSITIVE),
                    flag("concurrent-fencing", true),
                    flag("startup-fencing", true),
                    interval("priority-fencing-delay", null, "0"),
                    interval("node-pending-timeout", null, "0"),
                    interval("cluster-delay", null, "60s"),
                    new Property("load-threshold", null, "80%", PERCENTAGE),
                    integer("node-action-limit", "0"),
                    integer("batch-limit", "0"),
                    integer("migration-limit", "-1"),
                    flag("stop-all-resources", false),
                    new Property(
                            "stop-removed-resources", "stop-orphan-resources", "true", BOOLEAN),
                    new Property("cancel-removed-actions", "stop-orphan-actions", "true", BOOLEAN),
                    integer("pe-error-series-max", "-1"),
                    integer("pe-warn-series-max", "5000"),
                    integer("pe-input-series-max", "4000"),
                    new Property(
                            "node-health-strategy",
                            null,
                            "none",
                            oneOf("none", "migrate-on-red", "only-green", "progressive", "custom")),
                    integer("node-health-base", "0"),
                    integer("node-health-green", "0"),
                    integer("node-health-yellow", "0"),
                    integer("node-health-red", "-INFINITY"),
                    new Property(
                            "placement-strategy",
                            null,
                            "default",
                            oneOf("default", "utilization", "minimal", "balanced")));

    private OptionsReader() {}

    /** Options before any property was read; only good for reading the properties themselves. */
    public static ClusterOptions defaults() {
        return parsed(new LinkedHashMap<>(), false, false);
    }

    /** What a property is when nobody has set it; empty for one that is not known. */
    public static String fallback(String name) {
        for (Property property : PROPERTIES) {
            if (property.name.equals(name)) {
                return property.fallback;
            }
        }
        return "";
    }

    /** Reads the properties of a cluster's CIB and derives the scores of health colours. */
    public static void read(Cluster cluster) {
        Map<String, String> raw = new LinkedHashMap<>();
        Element section = cluster.cib.path("configuration", "crm_config");
        cluster.attributeSets.resolve(
                section, "cluster_property_set", "cib-bootstrap-options", cluster.ruleInput, raw);
        for (Property property : PROPERTIES) {
            validate(cluster, property, raw);
        }
        boolean panic = Values.atLeast(cluster.cib.get("no-quorum-panic"), 0) != 0;
        cluster.options = parsed(raw, panic || cluster.quorate, true);
        reportOldFlags(cluster);
        readHealthColours(cluster);
        cluster.probeResources = cluster.options.enableStartupProbes();
        if (Values.isTrue(raw.get("have-watchdog"))) {
            cluster.haveFencing = true;
        }
    }

    private static void validate(Cluster cluster, Property property, Map<String, String> raw) {
        String value = raw.get(property.name);
        if (value == null && property.oldName != null) {
            value = raw.get(property.oldName);
            if (value != null) {
                cluster.configWarning(
                        "Support for legacy name '"
                                + property.oldName
                                + "' for cluster option '"
                                + property.name
                                + "' is deprecated and will be removed in a future release");
            }
        }
        if (value != null && !property.valid.test(value)) {
            cluster.configError(
                    "Using default value for cluster option '"
                            + property.name
                            + "' because '"
                            + value
                            + "' is invalid");
            value = null;
        }
        raw.put(property.name, value == null ? property.fallback : value);
    }

    /** Warns of switches that will be gone one day where they are off. */
    private static void reportOldFlags(Cluster cluster) {
        if (!cluster.options.enableStartupProbes()) {
            cluster.configWarningOnce(
                    going("enable-startup-probes")
                            + " Use a location constraint with resource-discovery=never instead"
                            + " to disable probes where desired.");
        }
        if (!Values.isTrue(cluster.options.get("concurrent-fencing"))) {
            cluster.configWarningOnce(going("concurrent-fencing"));
        }
        reportQuorumPolicy(cluster);
        for (String name : List.of("stop-removed-resources", "cancel-removed-actions")) {
            if (!Values.isTrue(cluster.options.get(name))) {
                cluster.configWarningOnce(going(name));
            }
        }
    }

    private static String going(String name) {
        return "Support for the "
                + name
                + " cluster property is deprecated and will be removed (and behave as true)"
                + " in a future release.";
    }

    private static void reportQuorumPolicy(Cluster cluster) {
        String value = cluster.options.get("no-quorum-policy");
        if ((Values.same(value, "fence") || Values.same(value, "suicide"))
                && !cluster.options.fencingEnabled()) {
            cluster.configError("Resetting no-quorum-policy to 'stop' because fencing is disabled");
        }
    }

    private static ClusterOptions parsed(Map<String, String> raw, boolean hadQuorum, boolean read) {
        boolean fencing = read && on(raw, "fencing-enabled");
        boolean shutdownLock = on(raw, "shutdown-lock");
        return new ClusterOptions(
                raw,
                on(raw, "symmetric-cluster"),
                on(raw, "maintenance-mode"),
                fencing,
                fencing && on(raw, "startup-fencing"),
                on(raw, "concurrent-fencing"),
                on(raw, "stop-removed-resources"),
                on(raw, "cancel-removed-actions"),
                on(raw, "stop-all-resources"),
                on(raw, "start-failure-is-fatal"),
                shutdownLock,
                on(raw, "enable-startup-probes"),
                on(raw, "fence-remote-without-quorum"),
                quorumPolicy(raw.getOrDefault("no-quorum-policy", "stop"), fencing, hadQuorum),
                raw.getOrDefault("fencing-action", "reboot"),
                Values.intervalMillis(raw.get("fencing-timeout")),
                Values.intervalMillis(raw.get("priority-fencing-delay")),
                shutdownLock ? Values.intervalMillis(raw.get("shutdown-lock-limit")) : 0,
                Values.intervalMillis(raw.get("node-pending-timeout")),
                PlacementStrategy.valueOf(
                        raw.getOrDefault("placement-strategy", "default").toUpperCase(Locale.ROOT)),
                raw.getOrDefault("node-health-strategy", "none").toLowerCase(Locale.ROOT));
    }

    private static boolean on(Map<String, String> raw, String name) {
        return Values.isTrue(raw.get(name));
    }

    private static NoQuorumPolicy quorumPolicy(String value, boolean fencing, boolean hadQuorum) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "ignore" -> NoQuorumPolicy.IGNORE;
            case "freeze" -> NoQuorumPolicy.FREEZE;
            case "demote" -> NoQuorumPolicy.DEMOTE;
            // A partition that never had quorum must not fence itself.
            case "fence", "suicide" ->
                    fencing && hadQuorum ? NoQuorumPolicy.FENCE : NoQuorumPolicy.STOP;
            default -> NoQuorumPolicy.STOP;
        };
    }

    private static void readHealthColours(Cluster cluster) {
        ClusterOptions options = cluster.options;
        switch (options.nodeHealthStrategy()) {
            case "none" -> setColours(cluster, 0, 0, 0);
            case "migrate-on-red" -> setColours(cluster, Score.MINUS_INFINITY, 0, 0);
            case "only-green" -> setColours(cluster, Score.MINUS_INFINITY, Score.MINUS_INFINITY, 0);
            default ->
                    setColours(
                            cluster,
                            Score.parse(options.get("node-health-red"), 0),
                            Score.parse(options.get("node-health-yellow"), 0),
                            Score.parse(options.get("node-health-green"), 0));
        }
    }

    private static void setColours(Cluster cluster, int red, int yellow, int green) {
        cluster.redScore = red;
        cluster.yellowScore = yellow;
        cluster.greenScore = green;
    }

    private static Property flag(String name, boolean fallback) {
        return new Property(name, null, Boolean.toString(fallback), BOOLEAN);
    }

    private static Property interval(String name, @Nullable String oldName, String fallback) {
        return new Property(name, oldName, fallback, INTERVAL);
    }

    private static Property integer(String name, String fallback) {
        return new Property(name, null, fallback, INTEGER);
    }

    private static Predicate<String> oneOf(String... words) {
        List<String> all = List.of(words);
        return text -> all.contains(text.toLowerCase(Locale.ROOT));
    }
}
