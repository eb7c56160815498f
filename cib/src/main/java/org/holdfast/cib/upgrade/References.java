package org.holdfast.cib.upgrade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Replaces each {@code id-ref} by a copy of what it refers to, and back. A mark on every element
 * tells the originals from copies: it never leaves this package.
 */
final class References {

    private static final String ORIGINAL = "original";

    private References() {}

    /**
     * Puts copies in place of all references.
     *
     * @throws UpgradeException if something refers to itself, or stands for too much
     */
    static void resolve(Draft cib) throws UpgradeException {
        Map<String, Draft> byId = new LinkedHashMap<>();
        cib.forEachInTree(draft -> {
            draft.set(ORIGINAL, "1");
            if (draft.has("id")) {
                byId.putIfAbsent(draft.id(), draft);
            }
        });
        resolveBelow(cib, byId, new LinkedHashSet<>(), new CopyBudget());
    }

    private static void resolveBelow(
            Draft parent, Map<String, Draft> byId, Set<String> path, CopyBudget budget)
            throws UpgradeException {
        for (Draft child : parent.elements()) {
            String target = child.get("id-ref");
            if (target == null) {
                resolveBelow(child, byId, path, budget);
                continue;
            }
            Draft copy = resolved(child, byId.get(target), budget);
            parent.replace(child, copy == null ? List.of() : List.of(copy));
            if (copy != null) {
                if (!path.add(target)) {
                    throw new UpgradeException("\"" + target + "\" refers to itself");
                }
                resolveBelow(copy, byId, path, budget);
                path.remove(target);
            }
        }
    }

    private static @Nullable Draft resolved(
            Draft reference, @Nullable Draft target, CopyBudget budget) throws UpgradeException {
        if (target == null) {
            return null;
        }
        Draft copy = budget.copy(target);
        markAsCopy(copy);
        String name = reference.get("name");
        if (reference.is("nvpair") && name != null) {
            // A pair that took only its value from another one becomes a pair of its own.
            copy.set("id", From3To4.PREFIX + target.id() + "-" + name);
            copy.set("name", name);
        }
        return copy;
    }

    /** Marks an element and all below it as a copy of something that is defined elsewhere. */
    static void markAsCopy(Draft draft) {
        draft.forEachInTree(each -> each.set(ORIGINAL, "0"));
    }

    static boolean isOriginal(Draft draft) {
        return "1".equals(draft.get(ORIGINAL));
    }

    static void restore(Draft cib) {
        Set<String> defined = new TreeSet<>();
        cib.forEachInTree(draft -> {
            if (draft.has("id") && isOriginal(draft)) {
                defined.add(draft.id());
            }
        });
        restore(cib, defined, new TreeSet<>());
    }

    private static void restore(Draft draft, Set<String> defined, Set<String> before) {
        if (draft.has("id")) {
            String id = draft.id();
            if (!isOriginal(draft) && (defined.contains(id) || before.contains(id))) {
                draft.clearChildren();
                new ArrayList<>(draft.attributes().keySet()).forEach(draft::unset);
                draft.set("id-ref", id);
                return;
            }
            before.add(id);
        }
        draft.unset(ORIGINAL);
        draft.elements().forEach(child -> restore(child, defined, before));
    }

    /** A permission for an element that is gone matches nothing from now on. */
    static void neutralizeDanglingPermissions(Draft cib) {
        Set<String> ids = new TreeSet<>();
        cib.forEachInTree(draft -> ids.add(draft.id()));
        for (Draft permission : cib.inTree("acl_permission")) {
            String target = permission.get("reference");
            if (target != null && !ids.contains(target)) {
                permission.exchange("reference", "xpath", "/*[false()]");
            }
        }
    }
}
