package org.holdfast.corosyncconf;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Which values a key takes. */
sealed interface ValueRule {

    /** What is wrong with a value, as the end of a sentence; empty if it is right. */
    Optional<String> complaint(String value);

    /** A whole number in decimal, from {@code min} to {@code max}. */
    record Number(BigInteger min, BigInteger max) implements ValueRule {

        static final Number U8 = of(0, 0xFFL);
        static final Number U16 = of(0, 0xFFFFL);
        static final Number U32 = of(0, 0xFFFF_FFFFL);
        static final Number I32 = of(Integer.MIN_VALUE, Integer.MAX_VALUE);
        static final Number U64 =
                new Number(BigInteger.ZERO, BigInteger.TWO.pow(64).subtract(BigInteger.ONE));

        static Number of(long min, long max) {
            return new Number(BigInteger.valueOf(min), BigInteger.valueOf(max));
        }

        /**
         * Corosync's sentence about a value that is none of its own type's; empty if it is one and
         * only our bounds are narrower.
         */
        Optional<String> nativeComplaint(String path, String value) {
            Number type =
                    min.signum() < 0
                            ? I32
                            : List.of(U8, U16, U32, U64).stream()
                                    .filter(wider -> wider.max.compareTo(max) >= 0)
                                    .findFirst()
                                    .orElse(U64);
            return type.complaint(value).isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "Value of key \"%s\" is expected to be integer in range (%s..%s), but \"%s\" was given"
                                    .formatted(path, type.min, type.max, value));
        }

        @Override
        public Optional<String> complaint(String value) {
            if (value.length() <= 21 && isNumber(value, min.signum() < 0)) {
                BigInteger number = new BigInteger(value);
                if (number.compareTo(min) >= 0 && number.compareTo(max) <= 0) {
                    return Optional.empty();
                }
            }
            return Optional.of("must be a whole number from " + min + " to " + max);
        }

        private static boolean isNumber(String value, boolean maybeNegative) {
            boolean signed = value.startsWith("+") || maybeNegative && value.startsWith("-");
            int first = signed ? 1 : 0;
            for (int i = first; i < value.length(); i++) {
                if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                    return false;
                }
            }
            return value.length() > first;
        }
    }

    /** One of some words. */
    record Choice(List<String> words) implements ValueRule {

        Choice(String... words) {
            this(List.of(words));
        }

        @Override
        public Optional<String> complaint(String value) {
            return words.contains(value)
                    ? Optional.empty()
                    : Optional.of("must be one of " + String.join(", ", words));
        }
    }

    /** Any text. */
    record Text() implements ValueRule {

        @Override
        public Optional<String> complaint(String value) {
            return Optional.empty();
        }
    }

    /** A differentiated-services code point: a name such as {@code ef}, or 0 to 63. */
    record Dscp() implements ValueRule {

        private static final String NAMES = "cs[0-7]|af[1-4][1-3]|ef";

        @Override
        public Optional<String> complaint(String value) {
            boolean number = value.matches("0[xX][0-9a-fA-F]{1,2}|[0-9]{1,3}") && code(value) <= 63;
            return number || value.matches(NAMES)
                    ? Optional.empty()
                    : Optional.of(
                            "must be a code point's name (cs0 to cs7, af11 to af43, ef) or 0 to 63");
        }

        /** The number that a right value means, 0 to 63 (the IANA registry's names). */
        static int codePoint(String value) {
            if (value.equals("ef")) {
                return 46;
            }
            if (value.startsWith("cs")) {
                return (value.charAt(2) - '0') * 8;
            }
            if (value.startsWith("af")) {
                return (value.charAt(2) - '0') * 8 + (value.charAt(3) - '0') * 2;
            }
            return code(value);
        }

        private static int code(String value) {
            try {
                return Integer.decode(value);
            } catch (NumberFormatException notOctal) {
                return Integer.MAX_VALUE;
            }
        }
    }
}
