package org.holdfast.manager.messages;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.jspecify.annotations.Nullable;

/**
 * Carries texts that are too long for one message of the ring: compressed, in parts.
 *
 * <p>A text counts as delivered with its last part, so members must agree on who has seen the
 * first: when members join, everybody drops what is half there and its sender begins again.
 */
public final class LargeMessages {

    /** Longer texts go through here. */
    static final int PLAIN_BYTES_MAX = 64 << 10;

    private static final int PART_BYTES = 64 << 10;
    private static final int TEXT_BYTES_MAX = 64 << 20;
    private static final int HEADER_BYTES = 16;
    private static final byte[] MARK = "holdfast-part\n".getBytes(StandardCharsets.US_ASCII);

    private record Source(Group group, GroupMember sender) {}

    private static final class Incoming {
        final int id;
        final int attempt;
        final List<byte[]> parts = new ArrayList<>();

        Incoming(int id, int attempt) {
            this.id = id;
            this.attempt = attempt;
        }
    }

    private final Map<Source, Incoming> incoming = new LinkedHashMap<>();

    /** The last text of each source that was complete: it may come again, begun too late. */
    private final Map<Source, Integer> completed = new LinkedHashMap<>();

    /** Whether a payload is a part and not plain text. */
    public static boolean isPart(byte[] payload) {
        if (payload.length < MARK.length + HEADER_BYTES) {
            return false;
        }
        for (int i = 0; i < MARK.length; i++) {
            if (payload[i] != MARK[i]) {
                return false;
            }
        }
        return true;
    }

    /** Compresses and cuts a text. */
    static List<byte[]> split(int id, int attempt, byte[] text) {
        byte[] packed = deflate(text);
        int count = Math.max(1, (packed.length + PART_BYTES - 1) / PART_BYTES);
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = i * PART_BYTES;
            int length = Math.min(PART_BYTES, packed.length - from);
            ByteBuffer part = ByteBuffer.allocate(MARK.length + HEADER_BYTES + length);
            part.put(MARK).putInt(id).putInt(attempt).putInt(i).putInt(count);
            part.put(packed, from, length);
            parts.add(part.array());
        }
        return parts;
    }

    /**
     * Takes a part.
     *
     * @return the whole text if this was the last part; else null
     */
    public byte @Nullable [] accept(Group group, GroupMember sender, byte[] payload) {
        ByteBuffer part = ByteBuffer.wrap(payload);
        part.position(MARK.length);
        int id = part.getInt();
        int attempt = part.getInt();
        int index = part.getInt();
        int count = part.getInt();
        Source source = new Source(group, sender);
        Integer last = completed.get(source);
        if (last != null && last == id) {
            return null; // its sender began anew before it saw that this was not needed
        }
        Incoming open = incoming.get(source);
        if (index == 0) {
            open = new Incoming(id, attempt);
            incoming.put(source, open);
        }
        if (open == null
                || open.id != id
                || open.attempt != attempt
                || open.parts.size() != index
                || count > TEXT_BYTES_MAX / PART_BYTES) {
            return null; // the rest of something that was begun anew
        }
        byte[] data = new byte[part.remaining()];
        part.get(data);
        open.parts.add(data);
        if (open.parts.size() < count) {
            return null;
        }
        incoming.remove(source);
        completed.put(source, id);
        return inflate(open.parts);
    }

    /** The id in a part. */
    static int idOf(byte[] payload) {
        return ByteBuffer.wrap(payload).getInt(MARK.length);
    }

    /**
     * Members came or went: what is half there is void, and those that left are forgotten: a
     * process in their place counts from the beginning.
     */
    public void drop(Group group, List<GroupMember> left) {
        incoming.keySet().removeIf(source -> source.group() == group);
        completed
                .keySet()
                .removeIf(source -> source.group() == group && left.contains(source.sender()));
    }

    private static byte[] deflate(byte[] text) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setInput(text);
        deflater.finish();
        byte[] out = new byte[PART_BYTES];
        int length = 0;
        while (!deflater.finished()) {
            if (length == out.length) {
                out = Arrays.copyOf(out, 2 * out.length);
            }
            length += deflater.deflate(out, length, out.length - length);
        }
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static byte @Nullable [] inflate(List<byte[]> parts) {
        Inflater inflater = new Inflater();
        byte[] out = new byte[16 * PART_BYTES];
        int length = 0;
        try {
            for (byte[] part : parts) {
                inflater.setInput(part);
                while (!inflater.needsInput() && !inflater.finished()) {
                    if (length == out.length) {
                        if (length >= TEXT_BYTES_MAX) {
                            return null;
                        }
                        out = Arrays.copyOf(out, 2 * length);
                    }
                    length += inflater.inflate(out, length, out.length - length);
                    if (inflater.needsDictionary()) {
                        return null;
                    }
                }
            }
            return inflater.finished() ? Arrays.copyOf(out, length) : null;
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }
}
