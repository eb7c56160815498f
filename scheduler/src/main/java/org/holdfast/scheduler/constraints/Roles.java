package org.holdfast.scheduler.constraints;

import java.util.Optional;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Role;
import org.jspecify.annotations.Nullable;

/** Roles that limit colocation and ticket constraints. */
final class Roles {

    private Roles() {}

    /**
     * The role that the text limits to, UNKNOWN for none; nothing, after a finding, if the text is
     * no role.
     */
    static Optional<Role> limit(Cluster cluster, String constraintId, @Nullable String text) {
        Role role = cluster.role(text);
        if (role == Role.UNKNOWN && text != null && !text.equalsIgnoreCase("unknown")) {
            cluster.configError(
                    "Ignoring constraint %s: Invalid role '%s'".formatted(constraintId, text));
            return Optional.empty();
        }
        return Optional.of(role == Role.STARTED ? Role.UNKNOWN : role);
    }
}
