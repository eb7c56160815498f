package org.holdfast.node;

import java.math.BigInteger;

/** The types that keys of the configuration map can have, and what values they take. */
final class CmapTypes {

    private static final String REAL =
            "[+-]?(?:nan|inf|(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?)";

    private CmapTypes() {}

    /** Whether there is such a type, and the value is one of its values. */
    static boolean fits(String type, String value) {
        return switch (type) {
            case "str", "bin" -> true;
            case "flt", "dbl" -> value.matches(REAL);
            case "i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64" -> isInRange(type, value);
            default -> false;
        };
    }

    private static boolean isInRange(String type, String value) {
        if (!value.matches("-?[0-9]{1,20}")) {
            return false;
        }
        boolean signed = type.startsWith("i");
        int bits = Integer.parseInt(type.substring(1)) - (signed ? 1 : 0);
        BigInteger number = new BigInteger(value);
        BigInteger limit = BigInteger.TWO.pow(bits);
        BigInteger lowest = signed ? limit.negate() : BigInteger.ZERO;
        return number.compareTo(lowest) >= 0 && number.compareTo(limit) < 0;
    }
}
