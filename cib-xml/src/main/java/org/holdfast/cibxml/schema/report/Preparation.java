package org.holdfast.cibxml.schema.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.holdfast.cibxml.schema.report.Pattern.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Brings a grammar into the form that is checked: attributes apart from content, empty and
 * impossible parts left out, and a table where an element's name alone decides between branches.
 */
final class Preparation {

    private static final List<Kind> CONTAINERS =
            List.of(
                    Kind.CHOICE,
                    Kind.INTERLEAVE,
                    Kind.SEQUENCE,
                    Kind.ONE_OR_MORE,
                    Kind.ZERO_OR_MORE,
                    Kind.OPTIONAL,
                    Kind.REFERENCE,
                    Kind.DEFINITION);
    private static final List<Kind> IMPOSSIBLE_WITH_A_PART =
            List.of(
                    Kind.ATTRIBUTE,
                    Kind.SEQUENCE,
                    Kind.INTERLEAVE,
                    Kind.ONE_OR_MORE,
                    Kind.ZERO_OR_MORE);

    private final Set<Pattern> seen = new LinkedHashSet<>();

    private Preparation() {}

    /** Prepares a grammar from its start pattern on; the pattern is changed in place. */
    static Pattern prepare(Pattern start) {
        new Preparation().writeOut(start);
        new Preparation().simplify(start.content, start);
        new Preparation().decide(start);
        return start;
    }

    /** Single attributes that are defined elsewhere count as if they stood here. */
    private void writeOut(Pattern pattern) {
        if (!seen.add(pattern)) {
            return;
        }
        for (int i = 0; i < pattern.content.size(); i++) {
            Pattern part = pattern.content.get(i);
            if (part.kind == Kind.REFERENCE && isOneAttribute(part.content.getFirst())) {
                pattern.content.set(i, part.content.getFirst().content.getFirst());
            }
            writeOut(pattern.content.get(i));
        }
        if (pattern.kind == Kind.ELEMENT) {
            for (Pattern part : List.copyOf(pattern.content)) {
                if (part.kind == Kind.ATTRIBUTE) {
                    pattern.content.remove(part);
                    pattern.attributes.addFirst(part);
                }
            }
        }
    }

    private static boolean isOneAttribute(Pattern definition) {
        return definition.content.size() == 1
                && definition.content.getFirst().kind == Kind.ATTRIBUTE;
    }

    /** The reference cannot take out what only names stand before; that stays. */
    private void simplify(List<Pattern> list, Pattern parent) {
        boolean isAfterNamesOnly = false;
        int i = 0;
        while (i < list.size()) {
            Pattern part = list.get(i);
            if (part.kind == Kind.REFERENCE) {
                if (seen.add(part)) {
                    simplify(part.content, part);
                }
                isAfterNamesOnly |= i == 0;
                i++;
                continue;
            }
            if (part.kind != Kind.NOT_ALLOWED && part.kind != Kind.EMPTY) {
                part = simplified(part);
                list.set(i, part);
                if (part.kind == Kind.EMPTY && parent.kind == Kind.CHOICE) {
                    list.remove(i);
                    continue;
                }
            }
            if (part.kind == Kind.NOT_ALLOWED && IMPOSSIBLE_WITH_A_PART.contains(parent.kind)) {
                parent.kind = Kind.NOT_ALLOWED;
                return;
            }
            if (part.kind == Kind.EMPTY && isRepetition(parent)) {
                parent.kind = Kind.EMPTY;
                return;
            }
            boolean isLeftOut =
                    part.kind == Kind.NOT_ALLOWED
                            ? parent.kind == Kind.CHOICE
                            : part.kind == Kind.EMPTY && isGroup(parent);
            if (isLeftOut && !isAfterNamesOnly) {
                list.remove(i);
            } else {
                isAfterNamesOnly &= isLeftOut;
                i++;
            }
        }
    }

    private Pattern simplified(Pattern pattern) {
        simplify(pattern.content, pattern);
        if (pattern.kind == Kind.ELEMENT) {
            simplify(pattern.attributes, pattern);
            takeAttributesOut(pattern);
        }
        if (isGroup(pattern)) {
            if (pattern.content.isEmpty()) {
                pattern.kind = Kind.EMPTY;
            } else if (pattern.content.size() == 1) {
                return pattern.content.getFirst();
            }
        }
        return pattern;
    }

    private static boolean isRepetition(Pattern pattern) {
        return pattern.kind == Kind.ONE_OR_MORE || pattern.kind == Kind.ZERO_OR_MORE;
    }

    private static boolean isGroup(Pattern pattern) {
        return pattern.kind == Kind.SEQUENCE || pattern.kind == Kind.INTERLEAVE;
    }

    /** The last one is checked first. */
    private static void takeAttributesOut(Pattern element) {
        for (Pattern part : List.copyOf(element.content)) {
            if (yieldsAttributesOnly(part)) {
                element.content.remove(part);
                element.attributes.addFirst(part);
            }
        }
    }

    private static boolean yieldsAttributesOnly(Pattern pattern) {
        if (CONTAINERS.contains(pattern.kind)) {
            return pattern.content.stream().allMatch(Preparation::yieldsAttributesOnly);
        }
        return pattern.kind == Kind.ATTRIBUTE || pattern.kind == Kind.NOT_ALLOWED;
    }

    private void decide(Pattern pattern) {
        if (!seen.add(pattern)) {
            return;
        }
        if (pattern.kind == Kind.CHOICE) {
            pattern.branches = branches(pattern);
        } else if (pattern.kind == Kind.INTERLEAVE) {
            for (Pattern part : pattern.content) {
                List<String> names = new ArrayList<>();
                collectElements(part, names);
                pattern.groups.add(names);
            }
        }
        pattern.attributes.forEach(this::decide);
        pattern.content.forEach(this::decide);
    }

    /** Branch by element; null if a branch may hold no element or two hold the same. */
    private static @Nullable Map<String, Pattern> branches(Pattern choice) {
        if (mayBeEmpty(choice) != Emptiness.NO) {
            return null;
        }
        Map<String, Pattern> branches = new TreeMap<>();
        for (Pattern part : choice.content) {
            List<String> names = new ArrayList<>();
            collectElements(part, names);
            if (names.isEmpty()) {
                return null;
            }
            for (String name : names) {
                if (branches.put(name, part) != null) {
                    return null;
                }
            }
        }
        return branches;
    }

    private static void collectElements(Pattern pattern, List<String> names) {
        if (pattern.kind == Kind.ELEMENT) {
            names.add(pattern.name);
        } else if (CONTAINERS.contains(pattern.kind)) {
            pattern.content.forEach(part -> collectElements(part, names));
        }
    }

    private enum Emptiness {
        YES,
        NO,
        /** The reference does not look into optional parts and takes this for a yes. */
        UNKNOWN
    }

    private static Emptiness mayBeEmpty(Pattern pattern) {
        return switch (pattern.kind) {
            case EMPTY, TEXT, ANYTHING -> Emptiness.YES;
            case DEFINITION, REFERENCE, ONE_OR_MORE ->
                    pattern.content.isEmpty()
                            ? Emptiness.UNKNOWN
                            : mayBeEmpty(pattern.content.getFirst());
            case NOT_ALLOWED, ELEMENT, ATTRIBUTE, DATA, VALUE, EXCEPT -> Emptiness.NO;
            case CHOICE -> firstThatIsNot(Emptiness.NO, pattern.content);
            case INTERLEAVE, SEQUENCE -> firstThatIsNot(Emptiness.YES, pattern.content);
            case OPTIONAL, ZERO_OR_MORE -> Emptiness.UNKNOWN;
        };
    }

    private static Emptiness firstThatIsNot(Emptiness usual, List<Pattern> parts) {
        for (Pattern part : parts) {
            Emptiness emptiness = mayBeEmpty(part);
            if (emptiness != usual) {
                return emptiness;
            }
        }
        return usual;
    }
}
