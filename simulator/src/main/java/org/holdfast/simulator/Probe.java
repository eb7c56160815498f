package org.holdfast.simulator;

import java.util.SortedMap;
import java.util.TreeMap;

/** Counts how often rare paths were reached, by name. */
public final class Probe {

    private final SortedMap<String, Long> counts = new TreeMap<>();

    /** Notes that a path was reached. */
    public void hit(String name) {
        hit(name, 1);
    }

    /** Notes that a path was reached some times; 0 makes the name known. */
    public void hit(String name, long times) {
        counts.merge(name, times, Long::sum);
    }

    /** All names with their counts. */
    public SortedMap<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** Adds another's counts. */
    public void add(Probe other) {
        other.counts.forEach(this::hit);
    }
}
