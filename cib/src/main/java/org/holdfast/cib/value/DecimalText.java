package org.holdfast.cib.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A decimal fraction at the start of a text, as strtod(3) reads it in the C locale. */
public final class DecimalText {

    private static final Pattern NUMBER =
            Pattern.compile("[ \\t-\\r]*([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)");

    private DecimalText() {}

    /** The number, or null if there is none or it is too large or too small for a double. */
    public static @Nullable Double parse(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.lookingAt()) {
            return null;
        }
        String digits = matcher.group(1);
        double value = Double.parseDouble(digits);
        boolean underflow = Math.abs(value) <= Double.MIN_NORMAL && !digits.matches("[0.eE]*");
        return Double.isInfinite(value) || underflow ? null : value;
    }
}
