package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact, or a step from a fact to a decision.
 *
 * @param kind the name of the reason's type, stable for programs
 * @param text in plain English, a clause that can follow "because"
 * @param references what in the CIB it is about
 * @param because what it follows from, the nearest first; empty for a fact
 * @param remedies changes that would take it away, whether or not that has other consequences
 */
public record Cause(
        String kind,
        String text,
        List<Reference> references,
        List<Cause> because,
        List<Change> remedies) {

    static Cause of(String kind, String text) {
        return new Cause(kind, text, List.of(), List.of(), List.of());
    }

    /** The same with one more reference; null adds none. */
    Cause naming(@Nullable Reference reference) {
        return reference == null || references.contains(reference)
                ? this
                : new Cause(kind, text, plus(references, reference), because, remedies);
    }

    Cause naming(Reference.Type type, String id) {
        return id.isEmpty() ? this : naming(Reference.of(type, id));
    }

    /** The same with one more way out. */
    Cause unless(Change remedy) {
        return new Cause(kind, text, references, because, plus(remedies, remedy));
    }

    /** The same with what it follows from. */
    Cause since(List<Cause> causes) {
        return new Cause(kind, text, references, causes, remedies);
    }

    private static <T> List<T> plus(List<T> list, T more) {
        List<T> all = new ArrayList<>(list);
        all.add(more);
        return List.copyOf(all);
    }
}
