package org.holdfast.cib.value;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Boolean values of options: true/on/yes/y/1 and false/off/no/n/0 in any case. */
public final class Booleans {

    private Booleans() {}

    /** The value, or null if the text is none of the known words. */
    public static @Nullable Boolean parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "y", "1" -> Boolean.TRUE;
            case "false", "off", "no", "n", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** Whether the text is one of the words for true. */
    public static boolean isTrue(@Nullable String text) {
        return Boolean.TRUE.equals(parse(text));
    }

    /** Whether the text is one of the words for false. */
    public static boolean isFalse(@Nullable String text) {
        return Boolean.FALSE.equals(parse(text));
    }
}
