package org.holdfast.tools.crm.frame;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order in which GLib's hash tables of texts are walked. The real commands print some lists in
 * it, and scripts compare such output; so we put the same names into the same order.
 */
public final class GlibOrder {

    private static final int[] PRIMES = {
        1, 2, 3, 7, 13, 31, 61, 127, 251, 509, 1021, 2039, 4093, 8191, 16381, 32749, 65521, 131071,
        262139, 524287, 1048573
    };

    private static final int SHIFT_MIN = 3;

    private int size = 1 << SHIFT_MIN;
    private int prime = PRIMES[SHIFT_MIN];
    private @Nullable String[] slots = new @Nullable String[size];
    private int count;

    private GlibOrder() {}

    /** The names, given in the order in which they were put into the table, as it is walked. */
    public static List<String> of(Collection<String> names) {
        GlibOrder table = new GlibOrder();
        Set<String> distinct = new LinkedHashSet<>(names);
        for (String name : distinct) {
            table.insert(name);
        }
        List<String> order = new ArrayList<>();
        for (String slot : table.slots) {
            if (slot != null) {
                order.add(slot);
            }
        }
        return order;
    }

    /** The hash of Pacemaker's tables, which is that of Java's texts as far as they are ASCII. */
    private static int hash(String name) {
        int hash = 0;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = hash * 31 + b;
        }
        return Integer.compareUnsigned(hash, 2) < 0 ? 2 : hash;
    }

    private int firstSlot(String name) {
        return (int) (Integer.toUnsignedLong(hash(name) * 11) % prime);
    }

    private void insert(String name) {
        place(name);
        count++;
        if (size <= count + count / 16) {
            resize();
        }
    }

    private void place(String name) {
        int index = firstSlot(name);
        int step = 0;
        while (slots[index] != null) {
            step++;
            index = (index + step) & (size - 1);
        }
        slots[index] = name;
    }

    /** Doubles the table in place: a name that is in another's way makes room and moves on. */
    private void resize() {
        int oldSize = size;
        int shift = Math.max(SHIFT_MIN, 32 - Integer.numberOfLeadingZeros((int) (count * 1.333)));
        size = 1 << shift;
        prime = PRIMES[Math.min(shift, PRIMES.length - 1)];
        @Nullable String[] bigger = new @Nullable String[Math.max(size, oldSize)];
        System.arraycopy(slots, 0, bigger, 0, oldSize);
        slots = bigger;
        boolean[] settled = new boolean[bigger.length];
        for (int i = 0; i < oldSize; i++) {
            String moving = slots[i];
            if (moving == null || settled[i]) {
                continue;
            }
            slots[i] = null;
            while (moving != null) {
                int index = firstSlot(moving);
                int step = 0;
                while (settled[index]) {
                    step++;
                    index = (index + step) & (size - 1);
                }
                String displaced = slots[index];
                slots[index] = moving;
                settled[index] = true;
                moving = displaced;
            }
        }
    }
}
