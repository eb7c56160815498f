package org.holdfast.scheduler.sorting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the reference goes through names that it keeps in a hash table, as far as that
 * shows in output. The table is open, with a prime modulus below its size and growing steps;
 * strings are hashed byte by byte.
 */
public final class HashOrder {

    private static final int[] MODULUS = {
        1, 2, 3, 7, 13, 31, 61, 127, 251, 509, 1021, 2039, 4093, 8191, 16381, 32749, 65521, 131071,
        262139, 524287, 1048573
    };

    private static final int SHIFT_MIN = 3;
    private static final int SHIFT_MAX = MODULUS.length - 1;

    private @Nullable String[] slots = new @Nullable String[1 << SHIFT_MIN];
    private int shift = SHIFT_MIN;
    private int size;

    private HashOrder() {}

    /** Different names, entered in the order given, in the order of the table. */
    public static List<String> of(Collection<String> names) {
        HashOrder table = new HashOrder();
        for (String name : names) {
            table.enter(name);
        }
        List<String> ordered = new ArrayList<>(names.size());
        for (String slot : table.slots) {
            if (slot != null) {
                ordered.add(slot);
            }
        }
        return ordered;
    }

    private void enter(String name) {
        int at = start(name);
        int step = 0;
        while (slots[at] != null) {
            at = (at + ++step) & (slots.length - 1);
        }
        slots[at] = name;
        size++;
        if (slots.length <= size + size / 16 && shift < SHIFT_MAX) {
            grow();
        }
    }

    private int start(String name) {
        return (int) ((hash(name) * 11L & 0xFFFFFFFFL) % MODULUS[shift]);
    }

    /** At least 2, since smaller numbers mark empty slots. */
    private static long hash(String name) {
        int hash = 0;
        for (byte character : name.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            hash = hash * 31 + character;
        }
        long unsigned = hash & 0xFFFFFFFFL;
        return unsigned < 2 ? 2 : unsigned;
    }

    /** Moves each name to its new place; one that is in the way is moved on at once. */
    private void grow() {
        @Nullable String[] old = slots;
        shift =
                Math.max(
                        SHIFT_MIN,
                        Integer.SIZE - Integer.numberOfLeadingZeros((int) (size * 1.333)));
        shift = Math.min(shift, SHIFT_MAX);
        slots = java.util.Arrays.copyOf(old, 1 << shift);
        boolean[] settled = new boolean[slots.length];
        for (int i = 0; i < old.length; i++) {
            String moving = settled[i] ? null : slots[i];
            if (moving == null) {
                continue;
            }
            slots[i] = null;
            while (moving != null) {
                int at = start(moving);
                int step = 0;
                while (settled[at]) {
                    at = (at + ++step) & (slots.length - 1);
                }
                settled[at] = true;
                String displaced = slots[at];
                slots[at] = moving;
                moving = displaced;
            }
        }
    }
}
