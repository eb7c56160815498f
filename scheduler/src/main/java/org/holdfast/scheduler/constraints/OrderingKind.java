package org.holdfast.scheduler.constraints;

import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.Booleans;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** How strictly an ordering constraint binds (its {@code kind}). */
enum OrderingKind {
    OPTIONAL,
    MANDATORY,
    SERIALIZE;

    /** Whether the reverse order holds for the reverse operations. */
    enum Symmetry {
        /** It does not. */
        ASYMMETRIC,
        /** It does, and this is the order as written. */
        SYMMETRIC,
        /** It does, and this is the reverse. */
        INVERSE
    }

    /** The kind of a constraint or set; a {@code score} of 0 is an old way to say optional. */
    static OrderingKind of(Cluster cluster, Element element) {
        String kind = element.get("kind");
        if (kind == null) {
            String score = element.get("score");
            if (score == null) {
                return MANDATORY;
            }
            cluster.configWarningOnce(
                    "Support for 'score' in rsc_order is deprecated and will be removed in a future release"
                            + " (use 'kind' instead)");
            return Score.parse(score, 0) == 0 ? OPTIONAL : MANDATORY;
        }
        return switch (kind) {
            case "Mandatory" -> MANDATORY;
            case "Optional" -> OPTIONAL;
            case "Serialize" -> SERIALIZE;
            default -> {
                cluster.configError(
                        "Resetting 'kind' for constraint %s to 'Mandatory' because '%s' is not valid"
                                .formatted(element.getOr("id", "missing ID"), kind));
                yield MANDATORY;
            }
        };
    }

    /**
     * The symmetry of a constraint or set.
     *
     * @param parentKind kind if the element does not say
     * @param parentSymmetrical what the constraint around a set says, or null
     */
    static Symmetry symmetry(
            Cluster cluster,
            Element element,
            OrderingKind parentKind,
            @Nullable String parentSymmetrical) {
        boolean says = element.has("kind") || element.has("score");
        OrderingKind kind = says ? of(cluster, element) : parentKind;
        Boolean symmetrical = Booleans.parse(element.get("symmetrical"));
        if (symmetrical == null && parentSymmetrical != null) {
            symmetrical = Booleans.isTrue(parentSymmetrical);
        }
        if (symmetrical == null) {
            symmetrical = kind != SERIALIZE;
        } else if (symmetrical && kind == SERIALIZE) {
            cluster.configWarning(
                    "Ignoring symmetrical for '%s' because not valid with kind of 'Serialize'"
                            .formatted(element.getOr("id", "")));
            symmetrical = false;
        }
        return symmetrical ? Symmetry.SYMMETRIC : Symmetry.ASYMMETRIC;
    }

    /**
     * The bits of {@link OrderingFlag} for an ordering of this kind whose first operation is {@code
     * firstTask}.
     */
    int flags(String firstTask, Symmetry symmetry) {
        return switch (this) {
            case OPTIONAL -> OrderingFlag.ORDERED;
            case SERIALIZE -> OrderingFlag.SERIALIZE;
            case MANDATORY ->
                    OrderingFlag.ORDERED
                            | switch (symmetry) {
                                case ASYMMETRIC -> OrderingFlag.ASYMMETRIC;
                                case INVERSE -> OrderingFlag.THEN_IMPLIES_FIRST;
                                case SYMMETRIC ->
                                        OrderingFlag.FIRST_IMPLIES_THEN
                                                | (Tasks.isUp(firstTask)
                                                        ? OrderingFlag.UNRUNNABLE_FIRST_BLOCKS
                                                        : 0);
                            };
        };
    }

    /**
     * The operation that takes back another; null, with a finding, for one that cannot be taken
     * back.
     */
    static @Nullable String inverse(Cluster cluster, String task) {
        return switch (task) {
            case Tasks.START -> Tasks.STOP;
            case Tasks.STOP -> Tasks.START;
            case Tasks.PROMOTE -> Tasks.DEMOTE;
            case Tasks.DEMOTE -> Tasks.PROMOTE;
            case Tasks.PROMOTED -> Tasks.DEMOTED;
            case Tasks.DEMOTED -> Tasks.PROMOTED;
            case Tasks.RUNNING -> Tasks.STOPPED;
            case Tasks.STOPPED -> Tasks.RUNNING;
            default -> {
                cluster.configWarning(
                        "Unknown action '%s' specified in order constraint".formatted(task));
                yield null;
            }
        };
    }
}
