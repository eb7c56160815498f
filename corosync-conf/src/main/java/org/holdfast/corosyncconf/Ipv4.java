package org.holdfast.corosyncconf;

/** Dotted IPv4 addresses; their 32 bits serve as node ids where none is configured. */
final class Ipv4 {

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String LITERAL = BYTE + "(\\." + BYTE + "){3}";

    private Ipv4() {}

    static boolean isLiteral(String text) {
        return text.matches(LITERAL);
    }

    /** The address's bits, the first byte highest. */
    static int bits(String literal) {
        if (!isLiteral(literal)) {
            throw new IllegalArgumentException(literal + " is not an IPv4 address");
        }
        int bits = 0;
        for (String part : literal.split("\\.")) {
            bits = bits << 8 | Integer.parseInt(part);
        }
        return bits;
    }
}
