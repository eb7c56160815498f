package org.holdfast.cib.rule;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.DecimalText;
import org.holdfast.cib.value.IntegerText;
import org.holdfast.cib.value.Versions;
import org.jspecify.annotations.Nullable;

/** Judges comparisons with a node's attributes. */
final class AttributeExpressions {

    private AttributeExpressions() {}

    static RuleOutcome evaluate(Element expression, RuleInput input, Consumer<String> problems) {
        String problem = problemOf(expression);
        if (problem != null) {
            return RuleEvaluator.invalid(problems, "expression", expression.id(), problem);
        }
        String operation = expression.getOr("operation", "").toLowerCase(Locale.ROOT);
        String name = expand(expression.getOr("attribute", ""), input.matchedGroups());
        String actual = input.nodeAttributes().get(name);
        if (operation.equals("defined")) {
            return outcome(actual != null);
        }
        if (operation.equals("not_defined")) {
            return outcome(actual == null);
        }
        String reference = reference(expression, input);
        String type = expression.get("type");
        if (type == null) {
            type = defaultType(operation, actual, reference);
        }
        return compare(operation, actual, reference, type.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String problemOf(Element expression) {
        if (expression.id().isEmpty()) {
            return "it has no id";
        }
        if (!expression.has("attribute")) {
            return "attribute was not specified";
        }
        String operation = expression.getOr("operation", "");
        boolean unary =
                switch (operation.toLowerCase(Locale.ROOT)) {
                    case "defined", "not_defined" -> true;
                    default -> false;
                };
        if (!unary
                && !List.of("eq", "ne", "lt", "lte", "gt", "gte")
                        .contains(operation.toLowerCase(Locale.ROOT))) {
            return "'" + operation + "' is not a valid operation";
        }
        String source = expression.getOr("value-source", "literal").toLowerCase(Locale.ROOT);
        if (!List.of("literal", "param", "meta").contains(source)) {
            return "'" + source + "' is not a valid value-source";
        }
        if (unary == expression.has("value")) {
            return "value is "
                    + (unary ? "not allowed" : "required")
                    + " when operation is "
                    + operation;
        }
        String type = expression.getOr("type", "string").toLowerCase(Locale.ROOT);
        if (!List.of("string", "integer", "number", "version").contains(type)) {
            return "'" + type + "' is not a valid type";
        }
        return null;
    }

    /** Puts in what a resource pattern's groups matched for %0 to %9. */
    private static String expand(String text, List<@Nullable String> groups) {
        if (groups.isEmpty() || text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%' || i + 1 >= text.length() || !IntegerText.isDigit(text.charAt(i + 1))) {
                out.append(c);
                continue;
            }
            int group = text.charAt(++i) - '0';
            String matched = group < groups.size() ? groups.get(group) : null;
            if (matched != null) {
                out.append(matched);
            }
        }
        return out.toString();
    }

    private static @Nullable String reference(Element expression, RuleInput input) {
        String value = expression.getOr("value", "");
        Map<String, String> from =
                switch (expression.getOr("value-source", "literal").toLowerCase(Locale.ROOT)) {
                    case "param" -> input.resourceParameters();
                    case "meta" -> input.resourceMeta();
                    default -> null;
                };
        return from == null ? value : from.get(value);
    }

    private static String defaultType(
            String operation, @Nullable String actual, @Nullable String reference) {
        if (operation.equals("eq") || operation.equals("ne")) {
            return "string";
        }
        boolean decimal =
                actual != null && actual.indexOf('.') >= 0
                        || reference != null && reference.indexOf('.') >= 0;
        return decimal ? "number" : "integer";
    }

    private static RuleOutcome compare(
            String operation, @Nullable String actual, @Nullable String reference, String type) {
        int order = order(actual, reference, type);
        if (operation.equals("eq") || operation.equals("ne")) {
            return outcome(operation.equals("eq") == (order == 0));
        }
        if (actual == null || reference == null) {
            return RuleOutcome.UNSATISFIED;
        }
        return switch (operation) {
            case "lt" -> order < 0 ? RuleOutcome.SATISFIED : RuleOutcome.AFTER_RANGE;
            case "lte" -> order <= 0 ? RuleOutcome.SATISFIED : RuleOutcome.AFTER_RANGE;
            case "gt" -> order > 0 ? RuleOutcome.SATISFIED : RuleOutcome.BEFORE_RANGE;
            default -> order >= 0 ? RuleOutcome.SATISFIED : RuleOutcome.BEFORE_RANGE;
        };
    }

    private static int order(@Nullable String actual, @Nullable String reference, String type) {
        if (actual == null || reference == null) {
            return Boolean.compare(actual != null, reference != null);
        }
        return switch (type) {
            case "integer" -> {
                IntegerText one = IntegerText.read(actual, 0);
                IntegerText other = IntegerText.read(reference, 0);
                yield one.ok() && other.ok()
                        ? Long.compare(one.value(), other.value())
                        : actual.compareToIgnoreCase(reference);
            }
            case "number" -> {
                Double one = DecimalText.parse(actual);
                Double other = DecimalText.parse(reference);
                yield one != null && other != null
                        ? (one < other ? -1 : one > other ? 1 : 0)
                        : actual.compareToIgnoreCase(reference);
            }
            case "version" -> Versions.compare(actual, reference);
            default -> actual.compareToIgnoreCase(reference);
        };
    }

    private static RuleOutcome outcome(boolean passes) {
        return passes ? RuleOutcome.SATISFIED : RuleOutcome.UNSATISFIED;
    }
}
