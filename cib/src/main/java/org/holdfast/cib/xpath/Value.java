package org.holdfast.cib.xpath;

import java.math.BigDecimal;
import java.util.List;

/** The value of an expression, and its conversions. */
sealed interface Value {

    /** Work of printing a number. */
    int FORMAT = 10;

    /** Work of reading a number, beside that of its digits. */
    int PARSE = 4;

    /** Nodes in document order. */
    record Nodes(List<Location> list) implements Value {}

    /** A text. */
    record Text(String value) implements Value {}

    /** A number. */
    record Num(double value) implements Value {}

    /** Yes or no. */
    record Bool(boolean value) implements Value {}

    /** The nodes, if this is a set of nodes. */
    default List<Location> nodes() throws XPathException {
        if (this instanceof Nodes(List<Location> list)) {
            return list;
        }
        throw new XPathException("nodes expected");
    }

    /** This as yes or no. */
    default boolean truth() {
        return switch (this) {
            case Nodes(List<Location> list) -> !list.isEmpty();
            case Text(String value) -> !value.isEmpty();
            case Num(double value) -> value != 0 && !Double.isNaN(value);
            case Bool(boolean value) -> value;
        };
    }

    /** This as a text. */
    default String string(Work work) {
        return switch (this) {
            case Nodes(List<Location> list) -> list.isEmpty() ? "" : list.getFirst().text(work);
            case Text(String value) -> value;
            case Num(double value) -> {
                work.spend(FORMAT);
                yield format(value);
            }
            case Bool(boolean value) -> Boolean.toString(value);
        };
    }

    /** This as a number. */
    default double number(Work work) {
        return switch (this) {
            case Num(double value) -> value;
            case Bool(boolean value) -> value ? 1 : 0;
            case Nodes _, Text _ -> parse(string(work), work);
        };
    }

    /** The number that a text is, or not-a-number. */
    static double parse(String text, Work work) {
        String trimmed = text.strip();
        work.spend(1 + (text.length() >> 4));
        int at = trimmed.startsWith("-") ? 1 : 0;
        int digits = 0;
        boolean point = false;
        for (int i = at; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                return Double.NaN;
            }
        }
        work.spend(PARSE + digits);
        return digits == 0 ? Double.NaN : Double.parseDouble(trimmed);
    }

    private static String format(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : new BigDecimal(Double.toString(value)).toPlainString();
    }
}
