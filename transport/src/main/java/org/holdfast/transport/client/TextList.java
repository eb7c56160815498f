package org.holdfast.transport.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A list of texts in a frame: an int count, then each as an int length and its bytes in UTF-8. */
public final class TextList {

    private static final int COUNT_MAX = 100_000;

    private TextList() {}

    /** The bytes of a list. */
    public static byte[] encode(List<String> texts) {
        List<byte[]> encoded = new ArrayList<>();
        int size = 4;
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            encoded.add(bytes);
            size += 4 + bytes.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size).putInt(texts.size());
        encoded.forEach(bytes -> buffer.putInt(bytes.length).put(bytes));
        return buffer.array();
    }

    /**
     * Reads a list that reaches to the end.
     *
     * @throws IOException if the bytes are no list
     */
    public static List<String> decode(ByteBuffer from) throws IOException {
        int count = from.remaining() < 4 ? -1 : from.getInt();
        if (count < 0 || count > COUNT_MAX || count > from.remaining() / 4) {
            throw new IOException("a list of " + count + " texts makes no sense");
        }
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = from.remaining() < 4 ? -1 : from.getInt();
            if (length < 0 || length > from.remaining()) {
                throw new IOException("a text of " + length + " bytes makes no sense");
            }
            byte[] bytes = new byte[length];
            from.get(bytes);
            texts.add(new String(bytes, StandardCharsets.UTF_8));
        }
        if (from.hasRemaining()) {
            throw new IOException("bytes behind a list of texts");
        }
        return texts;
    }
}
