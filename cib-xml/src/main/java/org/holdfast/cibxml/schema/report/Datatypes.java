package org.holdfast.cibxml.schema.report;

import com.thaiopensource.xml.util.Naming;
import java.math.BigInteger;
import java.util.Map;
import org.holdfast.kernel.BrokenInvariant;
import org.jspecify.annotations.Nullable;

/** The datatypes of the CIB's grammar as the reference reads them. */
final class Datatypes {

    /** The reference cannot represent more digits. */
    private static final int DIGITS_MAX = 24;

    private static final String BLANKS = " \t\n\r";

    private Datatypes() {}

    static boolean allows(String type, String value) {
        String trimmed = trim(value);
        return switch (type) {
            case "string", "token" -> true;
            case "ID", "IDREF" -> Naming.isNcname(trimmed);
            case "boolean" ->
                    trimmed.equals("true")
                            || trimmed.equals("false")
                            || trimmed.equals("0")
                            || trimmed.equals("1");
            case "integer" -> integer(trimmed) != null;
            case "nonNegativeInteger" -> hasSign(trimmed, 0);
            case "positiveInteger" -> hasSign(trimmed, 1);
            default -> throw new BrokenInvariant("datatype " + type + " in the grammar");
        };
    }

    /** Whether a value that its datatype allows keeps to the parameters as well. */
    static boolean keeps(Map<String, String> facets, String value) {
        for (Map.Entry<String, String> facet : facets.entrySet()) {
            boolean isKept =
                    switch (facet.getKey()) {
                        case "pattern" -> value.matches(facet.getValue());
                        case "maxInclusive" -> {
                            BigInteger number = integer(trim(value));
                            yield number != null
                                    && number.compareTo(new BigInteger(facet.getValue())) <= 0;
                        }
                        case "totalDigits" -> true; // no type allows more than it says
                        default -> throw new BrokenInvariant("facet " + facet + " in the grammar");
                    };
            if (!isKept) {
                return false;
            }
        }
        return true;
    }

    static String trim(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && BLANKS.indexOf(value.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && BLANKS.indexOf(value.charAt(end - 1)) >= 0) {
            end--;
        }
        return value.substring(start, end);
    }

    /** The value with each run of blanks as one space and none at the ends. */
    static String normalized(String value) {
        return trim(value).replaceAll("[ \t\n\r]+", " ");
    }

    private static boolean hasSign(String text, int least) {
        BigInteger number = integer(text);
        return number != null && number.signum() >= least;
    }

    private static @Nullable BigInteger integer(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int first = start;
        while (first < text.length() && text.charAt(first) == '0') {
            first++;
        }
        if (text.length() == start || text.length() - first > DIGITS_MAX) {
            return null;
        }
        for (int i = first; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        return new BigInteger(text);
    }
}
