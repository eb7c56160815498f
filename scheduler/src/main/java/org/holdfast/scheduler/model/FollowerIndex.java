package org.holdfast.scheduler.model;

import java.util.Arrays;

/** The actions ordered after one action, with all flags of those orderings: a small hash table. */
final class FollowerIndex {

    /** Fewer followers are found faster one by one. */
    static final int WORTHWHILE = 12;

    private static final int[] EMPTY = {};

    /** Action id and flags in turn; id 0 is a free place. */
    private int[] table = EMPTY;

    private int size;

    /**
     * Notes an ordering.
     *
     * @return false, and nothing noted, if an ordering with one of the flags is there already
     */
    boolean add(Action then, int flags) {
        if (size * 4 >= table.length) {
            grow();
        }
        int at = place(table, then.id);
        if (table[at] == 0) {
            table[at] = then.id;
            size++;
        } else if ((table[at + 1] & flags) != 0) {
            return false;
        }
        table[at + 1] |= flags;
        return true;
    }

    private void grow() {
        int[] old = table;
        table = new int[Math.max(16, old.length * 2)];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0) {
                int at = place(table, old[i]);
                table[at] = old[i];
                table[at + 1] = old[i + 1];
            }
        }
    }

    private static int place(int[] table, int id) {
        int mask = table.length / 2 - 1;
        int at = (id * 0x9E37_79B9 >>> 7) & mask;
        while (table[2 * at] != 0 && table[2 * at] != id) {
            at = (at + 1) & mask;
        }
        return 2 * at;
    }

    @Override
    public String toString() {
        return Arrays.toString(table);
    }
}
