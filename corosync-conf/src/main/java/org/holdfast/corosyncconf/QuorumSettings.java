package org.holdfast.corosyncconf;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The quorum section by type, see votequorum(5).
 *
 * @param section the merged section
 */
public record QuorumSettings(ConfSection section) {

    /** Whether votequorum decides; without a provider every component is quorate. */
    public boolean hasProvider() {
        return section.value("provider").isPresent();
    }

    /** A number such as {@code expected_votes}, if the file sets it. */
    public OptionalLong number(String key) {
        return section.value(key)
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElseGet(OptionalLong::empty);
    }

    /** A feature such as {@code two_node}; empty if the file does not say. */
    public Optional<Boolean> feature(String key) {
        return section.value(key).map(value -> value.equals("1"));
    }

    /** {@code auto_tie_breaker_node}: {@code lowest}, {@code highest} or a list of numbers. */
    public String tieBreakerNodes() {
        return section.value("auto_tie_breaker_node").orElse("lowest");
    }
}
