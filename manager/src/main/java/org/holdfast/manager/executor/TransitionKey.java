package org.holdfast.manager.executor;

import org.jspecify.annotations.Nullable;

/**
 * Ties a result to the transition that ordered it, as {@code action:transition:target-rc:uuid}.
 *
 * @param action the action's number in the graph
 * @param transition the transition's number; -1 for none
 * @param targetRc the exit code that counts as success
 * @param engine the uuid of the transition engine
 */
public record TransitionKey(int action, int transition, int targetRc, String engine) {

    /** Stands where a result has no order. */
    public static final String NO_ENGINE = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    /** Reads a key, or null if the text is none. */
    public static @Nullable TransitionKey parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(":", 4);
        if (parts.length != 4) {
            return null;
        }
        try {
            return new TransitionKey(
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]),
                    parts[3]);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return action + ":" + transition + ":" + targetRc + ":" + engine;
    }
}
