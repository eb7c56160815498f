package org.holdfast.cib.xpath;

import java.math.BigDecimal;
import java.util.List;

/** The value of an expression, and its conversions. */
sealed interface Value {

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

    /** How many nodes this is; 1 for anything else. */
    default int nodeCount() {
        return this instanceof Nodes(List<Location> list) ? list.size() : 1;
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
    default String string() {
        return switch (this) {
            case Nodes(List<Location> list) -> list.isEmpty() ? "" : list.getFirst().text();
            case Text(String value) -> value;
            case Num(double value) -> format(value);
            case Bool(boolean value) -> Boolean.toString(value);
        };
    }

    /** This as a number. */
    default double number() {
        return switch (this) {
            case Num(double value) -> value;
            case Bool(boolean value) -> value ? 1 : 0;
            case Nodes _, Text _ -> parse(string());
        };
    }

    /** The number that a text is, or not-a-number. */
    static double parse(String text) {
        String trimmed = text.strip();
        return trimmed.matches("-?(\\d+(\\.\\d*)?|\\.\\d+)")
                ? Double.parseDouble(trimmed)
                : Double.NaN;
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
