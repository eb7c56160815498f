package org.holdfast.cib.upgrade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Blocks of names and values: their order, and names that appear more than once. */
final class AttributeSets {

    private static final String[] TAGS = {
        "cluster_property_set", "instance_attributes", "meta_attributes", "utilization"
    };
    private static final String FIRST_SET = "cib-bootstrap-options";
    private static final String UNSET = "#default";

    private AttributeSets() {}

    /** Puts the blocks of each element behind its other children, highest score first. */
    static void sortByScore(Draft cib) {
        cib.forEachInTree(draft -> {
            List<Draft> sets = draft.elements(TAGS);
            if (!sets.isEmpty()) {
                List<Draft> sorted = new ArrayList<>(sets);
                sorted.sort(Comparator.comparingDouble(AttributeSets::rank).reversed());
                draft.moveLast(sorted);
            }
        });
    }

    private static double rank(Draft set) {
        if (set.is("cluster_property_set") && set.id().equals(FIRST_SET)) {
            return Double.MAX_VALUE;
        }
        return switch (set.getOrEmpty("score")) {
            case "INFINITY", "+INFINITY" -> Double.MAX_VALUE / 2;
            case "-INFINITY" -> -Double.MAX_VALUE;
            case "" -> 0;
            default -> number(set.getOrEmpty("score"));
        };
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Keeps of several pairs of one name in a block the one that counts. */
    static void dropRepeatedNames(Draft cib) {
        cib.forEachInTree(draft -> {
            if (draft.is(TAGS)) {
                dropRepeated(draft);
            }
        });
    }

    private static void dropRepeated(Draft set) {
        List<Draft> pairs = set.elements("nvpair");
        List<Draft> unwanted = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            if (!counts(pairs, i)) {
                unwanted.add(pairs.get(i));
            }
        }
        set.removeElementsIf(unwanted::contains);
    }

    /**
     * The first pair of a name counts, unless a later "#default" takes it back; what follows the
     * last "#default" starts anew.
     */
    private static boolean counts(List<Draft> pairs, int index) {
        Draft pair = pairs.get(index);
        String name = pair.getOrEmpty("name");
        boolean isUnset = UNSET.equals(pair.get("value"));
        for (Draft later : pairs.subList(index + 1, pairs.size())) {
            if (later.getOrEmpty("name").equals(name)
                    && (isUnset || UNSET.equals(later.get("value")))) {
                return false;
            }
        }
        if (isUnset) {
            return true;
        }
        for (Draft earlier : pairs.subList(0, index).reversed()) {
            if (earlier.getOrEmpty("name").equals(name)) {
                return UNSET.equals(earlier.get("value"));
            }
        }
        return true;
    }
}
