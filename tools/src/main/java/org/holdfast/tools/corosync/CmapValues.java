package org.holdfast.tools.corosync;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holdfast.tools.FileAccess;

/** Values of the configuration map as the command line gives them and as they are printed. */
final class CmapValues {

    private static final Pattern INTEGER = Pattern.compile("\\s*([+-]?[0-9]+).*", Pattern.DOTALL);
    private static final Pattern REAL =
            Pattern.compile(
                    "\\s*([+-]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
                            + "|(?i:inf(?:inity)?|nan))).*",
                    Pattern.DOTALL);
    private static final List<String> TYPES =
            List.of(
                    "i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "flt", "dbl", "str",
                    "bin");
    private static final BigInteger U64_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final BigInteger I64_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger I64_MIN = BigInteger.valueOf(Long.MIN_VALUE);

    /** A value that makes no sense; the message is the line for the user. */
    static final class BadValue extends Exception {
        private static final long serialVersionUID = 1;

        BadValue(String line) {
            super(line);
        }
    }

    private CmapValues() {}

    /**
     * The value as it will be printed.
     *
     * @param type its type by cmap's name
     * @param text the text on the command line; for {@code bin} a file's name, or {@code -} for
     *     standard input
     * @throws BadValue with the line that the real command prints
     */
    static String parse(String type, String text, FileAccess files, InputStream in)
            throws BadValue {
        if (!TYPES.contains(type)) {
            throw new BadValue("Unknown type " + type);
        }
        return switch (type) {
            case "str" -> text;
            case "bin" -> binary(text, files, in);
            case "flt", "dbl" -> {
                Matcher matcher = REAL.matcher(text);
                if (!matcher.matches()) {
                    throw new BadValue(text + " is not valid " + type + " type value");
                }
                yield real(type, matcher.group(1));
            }
            default -> integer(type, text);
        };
    }

    /** As printf(3) writes with {@code %f} what strtof(3) or strtod(3) made of it. */
    private static String real(String type, String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.endsWith("nan")) {
            return word.startsWith("-") ? "-nan" : "nan";
        }
        boolean isWord = word.endsWith("inf") || word.endsWith("infinity");
        double value = isWord ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        double kept = type.equals("flt") ? (float) value : value;
        if (Double.isInfinite(kept)) {
            return word.startsWith("-") ? "-inf" : "inf";
        }
        return new BigDecimal(kept).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** As scanf(3) reads it: digits up to the first other character, too large ones cut off. */
    private static String integer(String type, String text) throws BadValue {
        Matcher matcher = INTEGER.matcher(text);
        if (!matcher.matches()) {
            throw new BadValue(text + " is not valid " + type + " type value");
        }
        BigInteger number = new BigInteger(matcher.group(1));
        int bits = Integer.parseInt(type.substring(1));
        boolean signed = type.startsWith("i");
        if (signed) {
            number = number.max(I64_MIN).min(I64_MAX);
        } else {
            number = number.signum() < 0 ? number.mod(BigInteger.TWO.pow(64)) : number.min(U64_MAX);
        }
        BigInteger max = BigInteger.TWO.pow(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
        BigInteger min = signed ? max.negate().subtract(BigInteger.ONE) : BigInteger.ZERO;
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            throw new BadValue(text + " is not valid " + type + " integer");
        }
        return number.toString();
    }

    private static String binary(String name, FileAccess files, InputStream in) throws BadValue {
        byte[] bytes;
        try {
            bytes = name.equals("-") ? in.readAllBytes() : files.read(name);
        } catch (IOException e) {
            throw new BadValue("Can't open input file: " + reason(e));
        }
        StringBuilder printable = new StringBuilder();
        for (byte b : bytes) {
            boolean plain = b >= ' ' && b < 0x7F && b != '\\';
            if (plain) {
                printable.append((char) b);
            } else {
                printable.append(b == '\\' ? "\\\\" : "\\x%02X".formatted(b & 0xFF));
            }
        }
        return printable.toString();
    }

    /** A failure in the words of strerror(3), as far as it is known. */
    static String reason(IOException failure) {
        boolean missing =
                failure instanceof NoSuchFileException
                        || String.valueOf(failure.getMessage()).contains("No such file");
        return missing ? "No such file or directory" : String.valueOf(failure.getMessage());
    }
}
