package org.holdfast.cibxml.schema.report;

/** The reference's kinds of messages; {@code %1} and {@code %2} are names or values. */
enum Complaint {
    NOT_OF_TYPE("Type %1 doesn't allow value '%2'"),
    ID_TAKEN("ID %1 redefined"),
    TYPE_NOT_COMPARABLE("failed to compare type %1"),
    NO_STATE("Internal error: no state"),
    NO_LIST("Internal error: NULL definition list"),
    GROUP_WRONG("Invalid sequence in interleave"),
    GROUP_LEFTOVER("Extra element %1 in interleave"),
    OTHER_ELEMENT("Expecting element %1, got %2"),
    UNEXPECTED_ELEMENT("Did not expect element %1 there"),
    UNEXPECTED_TEXT("Did not expect text in element %1 content"),
    ELEMENT_MISSING("Expecting an element %1, got nothing"),
    TEXT_FOR_ELEMENT("Expecting an element got text"),
    ATTRIBUTES_WRONG("Element %1 failed to validate attributes"),
    CONTENT_WRONG("Element %1 failed to validate content"),
    CONTENT_LEFTOVER("Element %1 has extra content: %2"),
    ATTRIBUTE_LEFTOVER("Invalid attribute %1 for element %2"),
    DOCUMENT_LEFTOVER("Extra data in the document");

    /** Longer messages, with the line end, are cut; in bytes of UTF-8. */
    private static final int LENGTH_MAX = 999;

    private final String format;

    Complaint(String format) {
        this.format = format;
    }

    /**
     * Whether it quotes a value. The reference forgets such values when it has told them, so it
     * does not notice repetitions.
     */
    boolean isAboutValue() {
        return this == NOT_OF_TYPE || this == ID_TAKEN;
    }

    /** The message as the reference words it, with its line end unless it is cut. */
    String text(String first, String second) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', from)) {
            String argument = format.charAt(at + 1) == '1' ? first : second;
            // More characters than bytes are never used, however long the argument is.
            text.append(format, from, at)
                    .append(argument, 0, Math.min(argument.length(), LENGTH_MAX));
            from = at + 2;
        }
        return cut(text.append(format, from, format.length()).append('\n').toString());
    }

    private static String cut(String text) {
        int bytes = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > LENGTH_MAX) {
                return text.substring(0, at);
            }
            at += Character.charCount(point);
        }
        return text;
    }
}
