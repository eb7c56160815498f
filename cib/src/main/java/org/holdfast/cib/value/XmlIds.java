package org.holdfast.cib.value;

/**
 * Makes XML ids of texts that need not be names. The allowed characters are those of a name in the
 * XML 1.0 recommendation, section 2.3; the colon is one of them.
 */
public final class XmlIds {

    private XmlIds() {}

    /**
     * The text with each byte of its UTF-8 form that an id may not have replaced: by an underscore
     * at the start, else by a dot.
     */
    public static String sanitized(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (i == 0 ? isNameStart(c) : isNamePart(c)) {
                clean.appendCodePoint(c);
            } else {
                clean.append(i == 0 ? "_" : ".").repeat(".", utf8Length(c) - 1);
            }
            i += Character.charCount(c);
        }
        return clean.toString();
    }

    private static int utf8Length(int c) {
        return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }

    private static boolean isNamePart(int c) {
        return isNameStart(c)
                || within(c, '0', '9')
                || c == '-'
                || c == '.'
                || c == 0xB7
                || within(c, 0x300, 0x36F)
                || within(c, 0x203F, 0x2040);
    }

    private static boolean isNameStart(int c) {
        if (c < 0x80) {
            return within(c, 'a', 'z') || within(c, 'A', 'Z') || c == '_' || c == ':';
        }
        return within(c, 0xC0, 0x2FF) && c != 0xD7 && c != 0xF7
                || within(c, 0x370, 0x1FFF) && c != 0x37E
                || within(c, 0x200C, 0x200D)
                || within(c, 0x2070, 0x218F)
                || within(c, 0x2C00, 0x2FEF)
                || within(c, 0x3001, 0xD7FF)
                || within(c, 0xF900, 0xFDCF)
                || within(c, 0xFDF0, 0xFFFD)
                || within(c, 0x10000, 0xEFFFF);
    }

    private static boolean within(int c, int from, int to) {
        return c >= from && c <= to;
    }
}
