package org.holdfast.testkit;

import java.util.Arrays;
import java.util.List;
import org.holdfast.kernel.SeededRandom;

/**
 * Makes datagrams out of real ones as damage, chance and malice would: bits and words changed, cut,
 * lengthened, put together from two, with counters, kinds and lengths at their limits.
 */
public final class Mutations {

    private static final int LONGER_MAX = 64;
    private static final int CHANGES_MAX = 6;

    /** Where the headers of all kinds of messages have their fields. */
    private static final int HEADERS_BYTES = 96;

    private static final int[] LIMITS = {
        0,
        1,
        -1,
        2,
        16,
        30,
        127,
        255,
        256,
        384,
        385,
        1024,
        16_383,
        16_384,
        65_535,
        65_536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE - 1,
        0x00FF_FFFF,
        0x7F00_0000
    };

    private final SeededRandom random;

    /** Draws from this generator. */
    public Mutations(SeededRandom random) {
        this.random = random;
    }

    /**
     * One datagram made from the given ones.
     *
     * @param originals at least one; none is changed
     */
    public byte[] next(List<byte[]> originals) {
        byte[] original = originals.get(random.nextInt(originals.size()));
        byte[] bytes =
                switch (random.nextInt(12)) {
                    case 0 -> Arrays.copyOf(original, random.nextInt(original.length + 1));
                    case 1 -> lengthened(original);
                    case 2 -> spliced(original, originals.get(random.nextInt(originals.size())));
                    default -> original.clone();
                };
        int changes = random.nextInt(CHANGES_MAX);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            change(bytes);
        }
        return bytes;
    }

    private byte[] lengthened(byte[] original) {
        byte[] bytes = Arrays.copyOf(original, original.length + 1 + random.nextInt(LONGER_MAX));
        for (int i = original.length; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** The beginning of one and the end of another. */
    private byte[] spliced(byte[] one, byte[] other) {
        int head = random.nextInt(one.length + 1);
        int tail = random.nextInt(other.length + 1);
        byte[] bytes = Arrays.copyOf(one, head + tail);
        System.arraycopy(other, other.length - tail, bytes, head, tail);
        return bytes;
    }

    private void change(byte[] bytes) {
        boolean inHeader = random.chance(0.6);
        int at = random.nextInt(inHeader ? Math.min(HEADERS_BYTES, bytes.length) : bytes.length);
        int end = Math.min(bytes.length, at + Integer.BYTES);
        switch (random.nextInt(8)) {
            case 0 -> bytes[at] = (byte) random.nextInt(256);
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> bytes[at]++;
            case 3 -> bytes[at]--;
            case 4 -> Arrays.fill(bytes, at, end, (byte) 0xFF);
            case 5 -> Arrays.fill(bytes, at, end, (byte) 0);
            case 6 -> limit(bytes, at, end);
            default -> copyWithin(bytes, at, end);
        }
    }

    private void limit(byte[] bytes, int at, int end) {
        int value = LIMITS[random.nextInt(LIMITS.length)];
        for (int i = at; i < end; i++) {
            bytes[i] = (byte) (value >> 8 * (i - at));
        }
    }

    private void copyWithin(byte[] bytes, int at, int end) {
        int from = random.nextInt(bytes.length);
        System.arraycopy(bytes, from, bytes, at, Math.min(end - at, bytes.length - from));
    }
}
