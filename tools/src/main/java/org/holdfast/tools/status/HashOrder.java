package org.holdfast.tools.status;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the reference's tools show names that they keep in a hash table (GLib's
 * GHashTable: open addressing, quadratic probing, sizes that are powers of two). Scripts see this
 * order, so it is part of the output.
 */
public final class HashOrder {

    private static final int[] MODULUS = {
        1, 2, 3, 7, 13, 31, 61, 127, 251, 509, 1021, 2039, 4093, 8191, 16381, 32749, 65521
    };

    private @Nullable String[] slots = new @Nullable String[8];
    private int shift = 3;
    private int used;

    private HashOrder() {}

    /** Names in table order; the order of insertion decides where names collide. */
    public static List<String> of(Collection<String> names) {
        HashOrder table = new HashOrder();
        names.forEach(table::insert);
        List<String> ordered = new ArrayList<>(names.size());
        for (String name : table.slots) {
            if (name != null) {
                ordered.add(name);
            }
        }
        return ordered;
    }

    private void insert(String name) {
        place(name);
        used++;
        if (slots.length <= used + used / 16) {
            grow();
        }
    }

    private void place(String name) {
        long hash = Math.max(2, hash(name));
        int at = (int) (((hash * 11) & 0xFFFF_FFFFL) % MODULUS[shift]);
        int step = 0;
        while (slots[at] != null) {
            step++;
            at = (at + step) & (slots.length - 1);
        }
        slots[at] = name;
    }

    private void grow() {
        int wanted = (int) (used * 1.333);
        int newShift = 0;
        for (int rest = wanted; rest != 0; rest >>= 1) {
            newShift++;
        }
        shift = Math.max(3, Math.min(newShift, MODULUS.length - 1));
        @Nullable String[] before = slots;
        slots = new @Nullable String[1 << shift];
        for (String name : before) {
            if (name != null) {
                place(name);
            }
        }
    }

    /** Unsigned 32 bits. */
    private static long hash(String name) {
        int hash = 0;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = hash * 31 + b;
        }
        return hash & 0xFFFF_FFFFL;
    }
}
