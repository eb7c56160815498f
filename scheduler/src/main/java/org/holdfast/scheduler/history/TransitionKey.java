package org.holdfast.scheduler.history;

import org.jspecify.annotations.Nullable;

/**
 * {@code ACTION:TRANSITION:EXPECTED:UUID}, which says which action of which transition led to a
 * history entry.
 */
public record TransitionKey(int action, int transition, int expected, String uuid) {

    /** Takes a key apart; null if it is none. */
    public static @Nullable TransitionKey parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(":", 4);
        if (parts.length < 4 || parts[3].isBlank()) {
            return null;
        }
        try {
            String uuid = parts[3].strip();
            return new TransitionKey(
                    Integer.parseInt(parts[0].strip()),
                    Integer.parseInt(parts[1].strip()),
                    Integer.parseInt(parts[2].strip()),
                    uuid.length() > 36 ? uuid.substring(0, 36) : uuid);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The key inside a {@code STATUS:EXIT;KEY} text. */
    public static @Nullable TransitionKey ofMagic(@Nullable String magic) {
        int at = magic == null ? -1 : magic.indexOf(';');
        return magic == null || at < 0 ? null : parse(magic.substring(at + 1));
    }
}
