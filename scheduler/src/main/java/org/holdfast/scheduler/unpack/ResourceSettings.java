package org.holdfast.scheduler.unpack;

import java.util.Locale;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ClusterOptions.NoQuorumPolicy;
import org.holdfast.scheduler.model.MultipleActive;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.jspecify.annotations.Nullable;

/**
 * The meta-attributes of a resource that steer the scheduler, parsed (manual: "Resource
 * Meta-Attributes").
 */
final class ResourceSettings {

    private final Resource resource;
    private final Cluster cluster;

    ResourceSettings(Resource resource) {
        this.resource = resource;
        this.cluster = resource.cluster;
    }

    void read() {
        resource.priority = score("priority", "priority", "0", 0);
        resource.multipleActive = multipleActive(resource.meta("multiple-active"));
        if (Values.same(resource.meta("resource-stickiness"), "default")) {
            oldDefault(cluster, "resource-stickiness");
        } else {
            resource.stickiness = score("resource-stickiness", "resource-stickiness", "0", 0);
        }
        readMigrationThreshold();
        readRequires(resource.meta("requires"));
        resource.failureTimeoutMillis = Values.intervalMillis(resource.meta("failure-timeout"));
        if (ResourceReader.isConnection(resource.xml) && resource.meta("container") == null) {
            String interval = ResourceReader.reconnectInterval(resource);
            if (interval != null) {
                // Waiting before a reconnect is a failure that times out.
                resource.remoteReconnectMillis = Values.intervalMillis(interval);
                resource.failureTimeoutMillis = resource.remoteReconnectMillis;
            }
        }
        Role target = targetRole(resource, true);
        if (target != null) {
            resource.nextRole = target;
        }
    }

    private void readMigrationThreshold() {
        String value = resource.meta("migration-threshold");
        if (Values.same(value, "default")) {
            oldDefault(cluster, "migration-threshold");
            return;
        }
        String shown = "meta-attribute migration-threshold";
        int threshold = score("migration-threshold", shown, "INFINITY", Score.INFINITY);
        if (threshold < 0) {
            notValid(shown, "INFINITY", value, "OK");
            threshold = Score.INFINITY;
        }
        resource.migrationThreshold = threshold;
    }

    private int score(String name, String shown, String shownFallback, int fallback) {
        String value = resource.meta(name);
        if (!cluster.isScore(value)) {
            notValid(shown, shownFallback, value, "Bad input value provided");
        }
        return cluster.score(value, fallback);
    }

    private void notValid(String what, String fallback, @Nullable String value, String why) {
        cluster.configWarning(
                "Using default ("
                        + fallback
                        + ") for resource "
                        + resource.id
                        + " "
                        + what
                        + " because '"
                        + value
                        + "' is not a valid value: "
                        + why);
    }

    static void oldDefault(Cluster cluster, String name) {
        cluster.configWarning(
                "Support for setting "
                        + name
                        + " to the explicit value 'default' is deprecated and will be removed"
                        + " in a future release (just leave it unset)");
    }

    private MultipleActive multipleActive(@Nullable String value) {
        if (value == null) {
            return MultipleActive.STOP_START;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "stop_only" -> MultipleActive.STOP_ONLY;
            case "block" -> MultipleActive.BLOCK;
            case "stop_unexpected" -> MultipleActive.STOP_UNEXPECTED;
            case "stop_start" -> MultipleActive.STOP_START;
            default -> {
                cluster.configWarning(
                        value
                                + " is not a valid value for multiple-active, using default of"
                                + " \"stop_start\"");
                yield MultipleActive.STOP_START;
            }
        };
    }

    private void readRequires(@Nullable String configured) {
        String value = configured == null ? "" : configured.toLowerCase(Locale.ROOT);
        switch (value) {
            case "nothing" -> {}
            case "quorum" -> resource.set(ResourceFlag.NEEDS_QUORUM);
            case "fencing" -> {
                resource.set(ResourceFlag.NEEDS_FENCING);
                if (!cluster.options.fencingEnabled()) {
                    cluster.configWarning(
                            resource.id + " requires fencing but fencing is disabled");
                }
            }
            case "unfencing" -> {
                boolean device = resource.is(ResourceFlag.FENCE_DEVICE);
                if (device || !cluster.options.fencingEnabled()) {
                    String why =
                            device
                                    ? "fencing devices cannot require unfencing"
                                    : "fencing is disabled";
                    cluster.configWarning(
                            "Resetting \"requires\" for "
                                    + resource.id
                                    + " to \"quorum\" because "
                                    + why);
                    readRequires("quorum");
                } else {
                    resource.set(ResourceFlag.NEEDS_FENCING);
                    resource.set(ResourceFlag.NEEDS_UNFENCING);
                }
            }
            default -> {
                String fallback = defaultRequires();
                if (configured != null) {
                    cluster.configError(
                            "Resetting 'requires' for "
                                    + resource.id
                                    + " to '"
                                    + fallback
                                    + "' because '"
                                    + configured
                                    + "' is not valid");
                }
                readRequires(fallback);
            }
        }
    }

    private String defaultRequires() {
        if (resource.is(ResourceFlag.FENCE_DEVICE)) {
            return "quorum";
        }
        if (resource instanceof Primitive && ResourceReader.isConnection(resource.xml)) {
            return "quorum";
        }
        if (cluster.enableUnfencing) {
            return "unfencing";
        }
        if (cluster.options.fencingEnabled()) {
            return "fencing";
        }
        return cluster.options.noQuorumPolicy() == NoQuorumPolicy.IGNORE ? "nothing" : "quorum";
    }

    /**
     * The role that {@code target-role} limits a resource to.
     *
     * @return null where it makes no difference or is invalid
     */
    static @Nullable Role targetRole(Resource resource, boolean report) {
        String value = resource.meta("target-role");
        if (report && Values.same(value, "default")) {
            oldDefault(resource.cluster, "target-role");
        }
        if (value == null
                || value.equalsIgnoreCase("Started")
                || value.equalsIgnoreCase("default")) {
            return null;
        }
        Role role = resource.cluster.role(value);
        if (role == Role.UNKNOWN) {
            if (report) {
                resource.cluster.configError(
                        "Ignoring 'target-role' for "
                                + resource.id
                                + " because '"
                                + value
                                + "' is not valid");
            }
            return null;
        }
        if (role.above(Role.STARTED)) {
            if (!resource.top(false).is(ResourceFlag.PROMOTABLE)) {
                if (report) {
                    resource.cluster.configError(
                            "Ignoring 'target-role' for "
                                    + resource.id
                                    + " because '"
                                    + value
                                    + "' only makes sense for promotable clones");
                }
                return null;
            }
            // Promotion is what happens anyway.
            return role == Role.PROMOTED ? null : role;
        }
        return role;
    }
}
