package org.holdfast.cibxml.schema;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;

/**
 * How often each id is taken and referred to in a configuration that keeps {@link IdRules}, so that
 * a change can be checked by what it adds and takes away. Not thread-safe.
 */
final class IdLedger {

    private final SchemaVersion version;
    private final Map<String, Integer> taken = new TreeMap<>();
    private final Map<String, Integer> referred = new TreeMap<>();

    IdLedger(SchemaVersion version) {
        this.version = version;
    }

    SchemaVersion version() {
        return version;
    }

    /** A change that has not been made. */
    Change change() {
        return new Change();
    }

    private static int count(Map<String, Integer> counts, String id) {
        return counts.getOrDefault(id, 0);
    }

    /** What a change adds and takes away. */
    final class Change {
        private final Map<String, Integer> ids = new TreeMap<>();
        private final Map<String, Integer> references = new TreeMap<>();

        void add(List<? extends Node> nodes) {
            nodes.forEach(node -> note(node, 1));
        }

        void remove(List<? extends Node> nodes) {
            nodes.forEach(node -> note(node, -1));
        }

        private void note(Node node, int count) {
            if (node instanceof Element element) {
                String id = IdRules.idOf(element);
                if (id != null) {
                    ids.merge(id, count, Integer::sum);
                }
                IdRules.forEachReference(
                        element,
                        version,
                        (attribute, target) -> references.merge(target, count, Integer::sum));
                element.children().forEach(child -> note(child, count));
            }
        }

        /** Whether the configuration keeps the rules with this change, given that it does now. */
        boolean isAllowed() {
            for (Map.Entry<String, Integer> id : ids.entrySet()) {
                int after = count(taken, id.getKey()) + id.getValue();
                if (after > 1 || after == 0 && references(id.getKey()) > 0) {
                    return false;
                }
            }
            for (String target : references.keySet()) {
                if (references(target) > 0 && count(taken, target) + count(ids, target) == 0) {
                    return false;
                }
            }
            return true;
        }

        private int references(String target) {
            return count(referred, target) + count(references, target);
        }

        /** Makes the change. */
        void make() {
            ids.forEach((id, count) -> book(taken, id, count));
            references.forEach((id, count) -> book(referred, id, count));
        }

        private static void book(Map<String, Integer> counts, String id, int count) {
            counts.merge(id, count, (before, more) -> before + more == 0 ? null : before + more);
        }
    }
}
