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
        return section.value("provider").filter(name -> !name.isEmpty()).isPresent();
    }

    /** A number such as {@code expected_votes}, if the file sets it. */
    public OptionalLong number(String key) {
        return section.value(key)
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElseGet(OptionalLong::empty);
    }

    /** A feature such as {@code two_node}; empty if the file does not say. */
    public Optional<Boolean> feature(String key) {
        return section.value(key).map(value -> Integer.parseInt(value) != 0);
    }

    /** {@code auto_tie_breaker_node} as the file has it; empty if it does not say. */
    public String tieBreakerNodes() {
        return section.value("auto_tie_breaker_node").orElse("");
    }

    /** Whether a quorum device is configured: its section names a model. */
    public boolean hasDevice() {
        return device().value("model").filter(model -> !model.isEmpty()).isPresent();
    }

    /** A number of the device section, such as {@code votes}, if the file sets it. */
    public OptionalLong deviceNumber(String key) {
        return device().value(key)
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElseGet(OptionalLong::empty);
    }

    private ConfSection device() {
        return Merged.section(section, "device");
    }
}
