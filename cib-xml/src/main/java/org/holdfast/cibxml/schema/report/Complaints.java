package org.holdfast.cibxml.schema.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Complaints that were made while it is open whether they matter. They wait here and are either
 * dropped, when another branch fits, or told, five at a time and none twice.
 *
 * <p>The reference remembers the last complaint by its place, and does not correct that when it
 * drops several; what then stands in this place decides what is left out as a repetition. This
 * class keeps places for the same reason.
 */
final class Complaints {

    private static final int TOLD_AT_ONCE_MAX = 5;
    private static final int FIRST_CAPACITY = 8;

    private static final class Entry {
        Complaint complaint = Complaint.NO_STATE;
        @Nullable Item element;
        @Nullable Item child;
        String first = "";
        String second = "";

        Gist gist() {
            return new Gist(complaint, element == null ? -1 : element.number, first, second);
        }
    }

    /** What makes one complaint the repetition of another. */
    private record Gist(Complaint complaint, int element, String first, String second) {}

    private final List<Entry> places = new ArrayList<>();
    private final List<SchemaMessage> told = new ArrayList<>();
    private int capacity = FIRST_CAPACITY;
    private int count;
    private int last = -1;

    /** How many complaints wait. */
    int count() {
        return count;
    }

    List<SchemaMessage> told() {
        return told;
    }

    /** Keeps a complaint for later. */
    void hold(Complaint complaint, String first, String second, @Nullable Progress at) {
        if (count >= capacity) {
            capacity *= 2;
            last = count - 1;
        }
        if (last >= 0 && at != null) {
            Entry entry = places.get(last);
            if (entry.element == at.element && entry.complaint == complaint) {
                return;
            }
        }
        if (places.size() == count) {
            places.add(new Entry());
        }
        Entry entry = places.get(count);
        entry.complaint = complaint;
        entry.first = first;
        entry.second = second;
        entry.element = at == null ? null : at.element;
        entry.child = at == null ? null : at.next;
        last = count;
        count++;
    }

    /** Drops what came after a moment at which so many waited. */
    void dropTo(int level) {
        count = level;
        if (count <= 0) {
            last = -1;
        }
    }

    /** Drops what came after a moment at which so many waited, if anything did. */
    void dropBack(int level) {
        if (count > level) {
            dropTo(level);
        }
    }

    /** Drops the last complaints as long as they are about an element that has been found now. */
    void dropAbout(String found) {
        while (last >= 0) {
            Entry entry = places.get(last);
            boolean isSettled =
                    switch (entry.complaint) {
                        case OTHER_ELEMENT -> entry.second.equals(found);
                        case ELEMENT_MISSING, TEXT_FOR_ELEMENT -> true;
                        default -> false;
                    };
            if (!isSettled) {
                return;
            }
            if (count > 0) {
                count--;
            }
            last = count - 1;
        }
    }

    /** Tells what waits. */
    void tell() {
        int tellings = 0;
        Set<Gist> seen = new LinkedHashSet<>();
        for (int i = 0; i < count && tellings < TOLD_AT_ONCE_MAX; i++) {
            Entry entry = places.get(i);
            if (seen.add(entry.gist()) || entry.complaint.isAboutValue()) {
                tell(entry.complaint, entry.first, entry.second, entry.element, entry.child);
                tellings++;
            }
        }
        count = 0;
    }

    /** Tells a complaint at once, after all that wait: they may be its cause. */
    void tell(Complaint complaint, String first, String second, @Nullable Progress at) {
        if (count != 0) {
            tell();
        }
        tell(complaint, first, second, at == null ? null : at.element, at == null ? null : at.next);
    }

    private void tell(
            Complaint complaint,
            String first,
            String second,
            @Nullable Item element,
            @Nullable Item child) {
        Item where = child == null ? element : child;
        told.add(
                new SchemaMessage(
                        where == null ? 0 : where.line,
                        where == null ? "" : where.name,
                        complaint.text(first, second)));
    }
}
