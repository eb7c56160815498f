package org.holdfast.cibxml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the bytes of a document before the parser does, which is more lenient than libxml2 in
 * some ways and less so in others: UTF-32 is refused, UTF-16 is read whatever its declaration says,
 * bytes that are no UTF-8 (overlong forms too, in which a slash may hide) are an error with the
 * line, and zeros behind the end are dropped.
 */
final class Encoding {

    /** How far a declaration can reach into a document. */
    private static final int DECLARATION_BYTES_MAX = 256;

    private Encoding() {}

    /** The characters of a document in UTF-16; null if it is none. */
    static @Nullable String decoded(byte[] bytes) throws XmlSyntaxException {
        Charset charset = charset(bytes);
        if (charset == null) {
            return null;
        }
        try {
            String text =
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new XmlSyntaxException("the document is not valid UTF-16", 0, 0);
        }
    }

    private static @Nullable Charset charset(byte[] bytes) throws XmlSyntaxException {
        if (bytes.length < 4) {
            return null;
        }
        int start =
                (bytes[0] & 0xFF) << 24
                        | (bytes[1] & 0xFF) << 16
                        | (bytes[2] & 0xFF) << 8
                        | bytes[3] & 0xFF;
        return switch (start) {
            case 0xFEFF, 0xFFFE0000, '<', '<' << 24 ->
                    throw new XmlSyntaxException("UTF-32 is not supported", 1, 1);
            default ->
                    switch (start >>> 16) {
                        case 0xFEFF, '<' -> StandardCharsets.UTF_16BE;
                        case 0xFFFE, '<' << 8 -> StandardCharsets.UTF_16LE;
                        default -> null;
                    };
        };
    }

    /** The same bytes without zeros at the end. */
    static byte[] withoutZerosAtTheEnd(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /**
     * Checks bytes that are meant to be UTF-8; those with another declared encoding pass.
     *
     * @throws XmlSyntaxException with the place of the first that cannot be
     */
    static void checkUtf8(byte[] bytes) throws XmlSyntaxException {
        int at = firstInvalid(bytes);
        if (at < 0 || declaresAnother(bytes)) {
            return;
        }
        int line = 1;
        int column = 1;
        for (int i = 0; i < at; i++) {
            column++;
            if (bytes[i] == '\n') {
                line++;
                column = 1;
            }
        }
        throw new XmlSyntaxException(
                "Input is not proper UTF-8: byte 0x%02X".formatted(bytes[at] & 0xFF), line, column);
    }

    private static boolean declaresAnother(byte[] bytes) {
        String start =
                new String(
                        bytes,
                        0,
                        Math.min(bytes.length, DECLARATION_BYTES_MAX),
                        StandardCharsets.ISO_8859_1);
        int end = start.indexOf("?>");
        int encoding = start.indexOf("encoding");
        return start.startsWith("<?xml")
                && encoding >= 0
                && encoding < end
                && !start.regionMatches(true, encoding, "encoding=\"UTF-8\"", 0, 16)
                && !start.regionMatches(true, encoding, "encoding='UTF-8'", 0, 16);
    }

    /** Where the first byte is that cannot be part of UTF-8, or -1. */
    private static int firstInvalid(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int lead = bytes[at] & 0xFF;
            int length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            if (length > 1 && !isSequence(bytes, at, lead, length)) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    private static boolean isSequence(byte[] bytes, int at, int lead, int length) {
        if (lead < 0xC2 || lead > 0xF4 || at + length > bytes.length) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return false;
            }
        }
        int second = bytes[at + 1] & 0xFF;
        return switch (lead) {
            case 0xE0 -> second >= 0xA0;
            case 0xED -> second < 0xA0; // the rest would be surrogates
            case 0xF0 -> second >= 0x90;
            case 0xF4 -> second < 0x90;
            default -> true;
        };
    }
}
