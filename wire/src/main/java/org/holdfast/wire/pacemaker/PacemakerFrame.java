package org.holdfast.wire.pacemaker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One message of Pacemaker's to a CPG group: a fixed header of 592 bytes in the sender's byte order
 * (little-endian on every machine we run on), then text that ends with a NUL.
 *
 * <p>Layout as sent by Pacemaker 2.1 and 3.0 (lib/cluster/cpg.c): libqb's response header (id,
 * size, error, each in 8 bytes), message number, a compression flag, the receiver's and the
 * sender's address of 276 bytes each, the text's size and compressed size.
 *
 * @param number counts the sender's messages
 * @param target whom it is for; {@link PacemakerAddress#ALL} for the whole group
 * @param sender who sent it
 * @param compressed whether the payload is compressed with bzip2, as Pacemaker does above 128 KiB
 * @param textBytes size of the text before compression, with its NUL
 * @param payload the text without NUL, or the compressed bytes
 */
public record PacemakerFrame(
        int number,
        PacemakerAddress target,
        PacemakerAddress sender,
        boolean compressed,
        int textBytes,
        byte[] payload) {

    /** Size of the header. */
    public static final int HEADER_BYTES = 592;

    /**
     * A longer message is not ours: CPG carries at most 1 MiB, compression gains 64-fold at best.
     */
    public static final int TEXT_BYTES_MAX = 64 << 20;

    private static final int CS_OK = 1;

    /** A frame around plain text. */
    public static PacemakerFrame ofText(
            int number, PacemakerAddress target, PacemakerAddress sender, byte[] text) {
        return new PacemakerFrame(number, target, sender, false, text.length + 1, text);
    }

    /** The frame's bytes. */
    public byte[] encode() {
        int dataBytes = compressed ? payload.length : payload.length + 1;
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + dataBytes);
        out.order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(0);
        out.putInt(HEADER_BYTES + dataBytes).putInt(0);
        out.putLong(CS_OK);
        out.putInt(number);
        out.putInt(compressed ? 1 : 0);
        target.encode(out);
        sender.encode(out);
        out.putInt(textBytes);
        out.putInt(compressed ? payload.length : 0);
        out.put(payload);
        return out.array();
    }

    /**
     * Reads a frame.
     *
     * @throws MalformedFrameException if the bytes are none
     */
    public static PacemakerFrame decode(byte[] bytes) throws MalformedFrameException {
        if (bytes.length < HEADER_BYTES) {
            throw new MalformedFrameException(
                    "message of " + bytes.length + " bytes is shorter than its header");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        in.getLong();
        int size = in.getInt();
        in.position(24);
        if (size != bytes.length) {
            throw new MalformedFrameException(
                    "message of " + bytes.length + " bytes says it has " + size);
        }
        int number = in.getInt();
        boolean compressed = in.getInt() != 0;
        PacemakerAddress target = PacemakerAddress.decode(in);
        PacemakerAddress sender = PacemakerAddress.decode(in);
        int textBytes = in.getInt();
        int compressedBytes = in.getInt();
        int dataBytes = bytes.length - HEADER_BYTES;
        if (textBytes < 1 || textBytes > TEXT_BYTES_MAX) {
            throw new MalformedFrameException("text size " + textBytes + " is out of range");
        }
        if (compressed ? compressedBytes != dataBytes : textBytes != dataBytes) {
            throw new MalformedFrameException(
                    "text size does not match the " + dataBytes + " bytes behind the header");
        }
        byte[] payload = new byte[compressed ? dataBytes : dataBytes - 1];
        in.get(payload);
        if (!compressed && in.get() != 0) {
            throw new MalformedFrameException("text does not end with NUL");
        }
        return new PacemakerFrame(number, target, sender, compressed, textBytes, payload);
    }

    /** The text of a frame that is not compressed. */
    public String text() {
        if (compressed) {
            throw new IllegalStateException("compressed");
        }
        return new String(payload, StandardCharsets.UTF_8);
    }
}
