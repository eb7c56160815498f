package org.holdfast.tools.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes a tar archive (POSIX ustar) into memory. Not thread-safe. */
final class TarArchive {

    private static final int BLOCK_BYTES = 512;
    private static final int NAME_BYTES_MAX = 100;
    private static final int PREFIX_BYTES_MAX = 155;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final long epochSeconds;

    /** An empty archive whose entries carry one time. */
    TarArchive(long epochSeconds) {
        this.epochSeconds = epochSeconds;
    }

    /** Adds a directory; the path ends in a slash. */
    void directory(String path) {
        header(path, 0, '5', 0755);
    }

    /** Adds a file that only its owner can read. */
    void file(String path, byte[] content) {
        header(path, content.length, '0', 0600);
        bytes.writeBytes(content);
        int rest = content.length % BLOCK_BYTES;
        if (rest != 0) {
            bytes.writeBytes(new byte[BLOCK_BYTES - rest]);
        }
    }

    /** The whole archive with its end mark. */
    byte[] finish() {
        bytes.writeBytes(new byte[2 * BLOCK_BYTES]);
        return bytes.toByteArray();
    }

    private void header(String path, int length, char type, int mode) {
        byte[] block = new byte[BLOCK_BYTES];
        String prefix = "";
        String name = path;
        int slash = path.lastIndexOf('/', PREFIX_BYTES_MAX);
        if (path.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX && slash > 0) {
            prefix = path.substring(0, slash);
            name = path.substring(slash + 1);
        }
        text(block, 0, name, NAME_BYTES_MAX);
        octal(block, 100, 7, mode);
        octal(block, 108, 7, 0);
        octal(block, 116, 7, 0);
        octal(block, 124, 11, length);
        octal(block, 136, 11, epochSeconds);
        text(block, 148, "        ", 8);
        block[156] = (byte) type;
        text(block, 257, "ustar", 6);
        text(block, 263, "00", 2);
        text(block, 265, "root", 31);
        text(block, 297, "root", 31);
        text(block, 345, prefix, PREFIX_BYTES_MAX);
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        octal(block, 148, 6, sum);
        block[154] = 0;
        bytes.writeBytes(block);
    }

    private static void text(byte[] block, int at, String text, int max) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, block, at, Math.min(encoded.length, max));
    }

    private static void octal(byte[] block, int at, int digits, long value) {
        text(block, at, String.format(Locale.ROOT, "%0" + digits + "o", value), digits);
    }
}
