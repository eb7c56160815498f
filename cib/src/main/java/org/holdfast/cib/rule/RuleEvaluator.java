package org.holdfast.cib.rule;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.reference.References;
import org.holdfast.cib.time.CibTime;
import org.holdfast.cib.time.TimeSpan;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the rules of one document and remembers when the first outcome will change by the
 * passing of time alone. Not thread-safe.
 *
 * @see <a href="https://clusterlabs.org/projects/pacemaker/doc/">Pacemaker Explained, chapter
 *     Rules</a>
 */
public final class RuleEvaluator {

    /** Rules refer to rules by id; a chain longer than this is a loop. */
    private static final int DEPTH_MAX = 64;

    private final References references;
    private final Consumer<String> problems;
    private final DateExpressions dates;

    /** An evaluator for the rules of a document. */
    public RuleEvaluator(References references) {
        this(references, problem -> {});
    }

    /**
     * An evaluator for the rules of a document.
     *
     * @param problems gets a sentence for each thing that is not well-formed, as often as it is met
     */
    public RuleEvaluator(References references, Consumer<String> problems) {
        this.references = references;
        this.problems = problems;
        this.dates = new DateExpressions(problems);
    }

    /** The earliest moment at which an outcome so far changes, or null if none is known to. */
    public @Nullable CibTime nextChange() {
        return dates.nextChange();
    }

    /** Whether an element's first rule, if it has one, is satisfied. */
    public boolean passes(Element ruled, RuleInput input) {
        return passes(ruled, input, references);
    }

    /** As {@link #passes(Element, RuleInput)}, with rules that are looked up elsewhere. */
    public boolean passes(Element ruled, RuleInput input, References scope) {
        Element rule = ruled.first("rule");
        return rule == null || evaluate(rule, input, scope, 0).passes();
    }

    /** Whether a rule (or the one that it refers to) is satisfied. */
    public RuleOutcome evaluate(Element rule, RuleInput input) {
        return evaluate(rule, input, references, 0);
    }

    private RuleOutcome evaluate(Element given, RuleInput input, References scope, int depth) {
        Element rule = scope.resolve(given);
        if (rule == null) {
            problems.accept(References.dangling(given));
            return RuleOutcome.INVALID;
        }
        if (depth > DEPTH_MAX) {
            return invalid("rule", given, "it is nested too deep, or in itself");
        }
        if (rule.id().isEmpty()) {
            return invalid("rule", rule, "it has no id");
        }
        String combine = rule.getOr("boolean-op", "and");
        boolean or = combine.equalsIgnoreCase("or");
        if (!or && !combine.equalsIgnoreCase("and")) {
            return invalid("rule", rule, "'" + combine + "' is not a valid boolean-op");
        }
        List<Element> conditions = rule.elements();
        if (conditions.isEmpty()) {
            return RuleOutcome.SATISFIED;
        }
        for (Element condition : conditions) {
            boolean passes = condition(condition, input, scope, depth).passes();
            if (passes == or) {
                return or ? RuleOutcome.SATISFIED : RuleOutcome.UNSATISFIED;
            }
        }
        return or ? RuleOutcome.UNSATISFIED : RuleOutcome.SATISFIED;
    }

    private RuleOutcome condition(Element condition, RuleInput input, References scope, int depth) {
        return switch (condition.name()) {
            case "rule" -> evaluate(condition, input, scope, depth + 1);
            case "expression" -> AttributeExpressions.evaluate(condition, input, problems);
            case "date_expression" -> dates.evaluate(condition, input.now(), input.timeContext());
            case "rsc_expression" -> resource(condition, input);
            case "op_expression" -> operation(condition, input);
            default -> invalid(condition.name(), condition, "it is not a kind of condition");
        };
    }

    /** Evaluates a date expression by itself, as crm_rule does. */
    public RuleOutcome evaluateDate(Element expression, RuleInput input) {
        return dates.evaluate(expression, input.now(), input.timeContext());
    }

    private RuleOutcome resource(Element expression, RuleInput input) {
        if (expression.id().isEmpty()) {
            return invalid("rsc_expression", expression, "it has no id");
        }
        boolean same =
                matches(expression.get("class"), input.resourceClass())
                        && matches(expression.get("provider"), input.resourceProvider())
                        && matches(expression.get("type"), input.resourceType());
        return same ? RuleOutcome.SATISFIED : RuleOutcome.UNSATISFIED;
    }

    private static boolean matches(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || Objects.equals(wanted, actual);
    }

    private RuleOutcome operation(Element expression, RuleInput input) {
        if (expression.id().isEmpty()) {
            return invalid("op_expression", expression, "it has no id");
        }
        String name = expression.get("name");
        if (name == null) {
            return invalid("op_expression", expression, "it has no name");
        }
        String interval = expression.get("interval");
        Long intervalMillis = TimeSpan.parseInterval(interval);
        if (intervalMillis == null) {
            return invalid(
                    "op_expression", expression, "'" + interval + "' is not a valid interval");
        }
        boolean same =
                name.equals(input.operation())
                        && (interval == null || intervalMillis == input.intervalMillis());
        return same ? RuleOutcome.SATISFIED : RuleOutcome.UNSATISFIED;
    }

    private RuleOutcome invalid(String kind, Element element, String why) {
        return invalid(problems, kind, element.id(), why);
    }

    static RuleOutcome invalid(Consumer<String> problems, String kind, String id, String why) {
        problems.accept("Treating " + kind + " " + id + " as not passing because " + why);
        return RuleOutcome.INVALID;
    }
}
