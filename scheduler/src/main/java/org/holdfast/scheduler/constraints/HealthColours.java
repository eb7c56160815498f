package org.holdfast.scheduler.constraints;

import java.util.Locale;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Score;
import org.jspecify.annotations.Nullable;

/**
 * What the words {@code red}, {@code yellow} and {@code green} are worth wherever a score is
 * written, by the cluster's {@code node-health-strategy} (Pacemaker Explained, "Tracking Node
 * Health").
 *
 * @param strategy the strategy in effect
 */
public record HealthColours(Strategy strategy, int red, int yellow, int green) {

    /** How health attributes count. */
    public enum Strategy {
        NONE,
        MIGRATE_ON_RED,
        ONLY_GREEN,
        PROGRESSIVE,
        CUSTOM
    }

    /** Reads the strategy and its scores from the cluster's properties. */
    public static HealthColours of(Cluster cluster) {
        Strategy strategy =
                switch (cluster.options.nodeHealthStrategy().toLowerCase(Locale.ROOT)) {
                    case "migrate-on-red" -> Strategy.MIGRATE_ON_RED;
                    case "only-green" -> Strategy.ONLY_GREEN;
                    case "progressive" -> Strategy.PROGRESSIVE;
                    case "custom" -> Strategy.CUSTOM;
                    default -> Strategy.NONE;
                };
        return switch (strategy) {
            case NONE -> new HealthColours(strategy, 0, 0, 0);
            case MIGRATE_ON_RED -> new HealthColours(strategy, Score.MINUS_INFINITY, 0, 0);
            case ONLY_GREEN ->
                    new HealthColours(strategy, Score.MINUS_INFINITY, Score.MINUS_INFINITY, 0);
            case PROGRESSIVE, CUSTOM ->
                    new HealthColours(
                            strategy,
                            property(cluster, "node-health-red", Score.MINUS_INFINITY),
                            property(cluster, "node-health-yellow", 0),
                            property(cluster, "node-health-green", 0));
        };
    }

    /**
     * The score that each node starts with when health is summed; only the progressive strategy has
     * one.
     */
    int base(Cluster cluster) {
        return strategy == Strategy.PROGRESSIVE ? property(cluster, "node-health-base", 0) : 0;
    }

    private static int property(Cluster cluster, String name, int fallback) {
        String value = cluster.options.get(name);
        return Score.parse(value, fallback);
    }

    /** Reads a score, colours included; null for text that is no score. */
    public @Nullable Integer parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "red" -> red;
            case "yellow" -> yellow;
            case "green" -> green;
            default -> {
                int first = Score.parse(text, 1);
                yield first == Score.parse(text, 2) ? Integer.valueOf(first) : null;
            }
        };
    }
}
