package org.holdfast.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each node delivered in one ring; any two lists must have what they share in one order. */
final class RingOrder {

    private final List<List<Long>> lists = new ArrayList<>();

    /** A list for a node to add its deliveries to. */
    List<Long> newList() {
        List<Long> list = new ArrayList<>();
        lists.add(list);
        return list;
    }

    /**
     * Compares all lists.
     *
     * @throws InvariantBroken if two of them contradict each other
     */
    void check(String ring) {
        for (int i = 0; i < lists.size(); i++) {
            Map<Long, Integer> places = new HashMap<>();
            for (Long message : lists.get(i)) {
                places.put(message, places.size());
            }
            for (int j = i + 1; j < lists.size(); j++) {
                checkAgainst(ring, places, lists.get(j));
            }
        }
    }

    private static void checkAgainst(String ring, Map<Long, Integer> places, List<Long> other) {
        int last = -1;
        long lastMessage = 0;
        for (Long message : other) {
            int place = places.getOrDefault(message, last + 1);
            if (place <= last) {
                throw new InvariantBroken(
                        "total order in ring %s: two nodes delivered %s and %s in different order"
                                .formatted(
                                        ring,
                                        GroupLoad.describe(lastMessage),
                                        GroupLoad.describe(message)));
            }
            if (places.containsKey(message)) {
                last = place;
                lastMessage = message;
            }
        }
    }
}
