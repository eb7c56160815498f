package org.holdfast.cib.rule;

import java.util.Locale;
import java.util.function.Consumer;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.CibTime;
import org.holdfast.cib.time.DateFields;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.cib.time.TimeParser;
import org.holdfast.cib.time.TimeSyntaxException;
import org.holdfast.cib.value.IntegerText;
import org.jspecify.annotations.Nullable;

/** Judges date expressions and remembers when the first of them will change. */
final class DateExpressions {

    /** Thrown within this class when an expression is not well-formed. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final String why;

        Malformed(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }

    private final Consumer<String> problems;
    private @Nullable CibTime nextChange;

    DateExpressions(Consumer<String> problems) {
        this.problems = problems;
    }

    @Nullable CibTime nextChange() {
        return nextChange;
    }

    RuleOutcome evaluate(Element expression, @Nullable CibTime now, TimeContext context) {
        if (now == null) {
            return RuleOutcome.UNSATISFIED;
        }
        try {
            if (expression.id().isEmpty()) {
                throw new Malformed("it has no id");
            }
            String operation = expression.getOr("operation", "in_range");
            return switch (operation.toLowerCase(Locale.ROOT)) {
                case "in_range" -> inRange(expression, now, context);
                case "date_spec" -> dateSpec(expression, now);
                case "gt" -> after(expression, now, context);
                case "lt" -> before(expression, now, context);
                default -> throw new Malformed("'" + operation + "' is not a valid operation");
            };
        } catch (Malformed e) {
            return RuleEvaluator.invalid(problems, "date_expression", expression.id(), e.why);
        }
    }

    private void changesAt(CibTime moment) {
        nextChange = CibTime.earlier(nextChange, moment);
    }

    private RuleOutcome inRange(Element expression, CibTime now, TimeContext context)
            throws Malformed {
        CibTime start = date(expression, "start", context);
        CibTime end = date(expression, "end", context);
        if (start == null && end == null) {
            throw new Malformed("in_range requires at least one of start or end");
        }
        Element duration = expression.first("duration");
        if (end == null && start != null && duration != null) {
            end = endOf(duration, start);
        }
        if (start != null && now.compareWith(start) < 0) {
            changesAt(start);
            return RuleOutcome.BEFORE_RANGE;
        }
        if (end != null) {
            if (now.compareWith(end) > 0) {
                return RuleOutcome.AFTER_RANGE;
            }
            changesAt(end.plusSeconds(1));
        }
        return RuleOutcome.WITHIN_RANGE;
    }

    private RuleOutcome after(Element expression, CibTime now, TimeContext context)
            throws Malformed {
        CibTime start = date(expression, "start", context);
        if (start == null) {
            throw new Malformed("gt requires start");
        }
        if (now.compareWith(start) > 0) {
            return RuleOutcome.WITHIN_RANGE;
        }
        changesAt(start.plusSeconds(1));
        return RuleOutcome.BEFORE_RANGE;
    }

    private RuleOutcome before(Element expression, CibTime now, TimeContext context)
            throws Malformed {
        CibTime end = date(expression, "end", context);
        if (end == null) {
            throw new Malformed("lt requires end");
        }
        if (now.compareWith(end) < 0) {
            changesAt(end);
            return RuleOutcome.WITHIN_RANGE;
        }
        return RuleOutcome.AFTER_RANGE;
    }

    private static @Nullable CibTime date(Element expression, String attribute, TimeContext context)
            throws Malformed {
        String text = expression.get(attribute);
        if (text == null) {
            return null;
        }
        try {
            return TimeParser.parseDate(text, context);
        } catch (TimeSyntaxException e) {
            throw new Malformed(attribute + " is invalid");
        }
    }

    private static CibTime endOf(Element duration, CibTime start) throws Malformed {
        if (duration.id().isEmpty()) {
            throw new Malformed("its duration has no id");
        }
        return start.plusYears(amount(duration, "years"))
                .plusMonthsIfAny(amount(duration, "months"))
                .plusDays(amount(duration, "weeks") * 7)
                .plusDays(amount(duration, "days"))
                .plusSeconds(amount(duration, "hours") * 3600)
                .plusSeconds(amount(duration, "minutes") * 60)
                .plusSeconds(amount(duration, "seconds"));
    }

    private static int amount(Element duration, String attribute) throws Malformed {
        IntegerText number = IntegerText.read(duration.get(attribute), 0);
        if (!number.ok() || number.value() != (int) number.value()) {
            throw new Malformed("its duration's " + attribute + " is invalid");
        }
        return (int) number.value();
    }

    private static RuleOutcome dateSpec(Element expression, CibTime now) throws Malformed {
        Element spec = expression.first("date_spec");
        if (spec == null || spec.id().isEmpty()) {
            throw new Malformed("a date_spec operation requires a date_spec with an id");
        }
        for (DateFields.Field field : DateFields.of(now)) {
            String range = spec.get(field.name());
            if (range != null) {
                RuleOutcome outcome = compare(range, field.value());
                if (outcome != RuleOutcome.SATISFIED) {
                    return outcome;
                }
            }
        }
        return RuleOutcome.SATISFIED;
    }

    private static RuleOutcome compare(String range, long value) throws Malformed {
        int dash = range.indexOf('-');
        String low = dash < 0 ? range : range.substring(0, dash);
        String high = dash < 0 ? range : range.substring(dash + 1);
        if (low.isEmpty() && high.isEmpty()) {
            throw new Malformed("'" + range + "' is not a valid range");
        }
        long lowest = bound(range, low);
        long highest = bound(range, high);
        if (lowest != -1 && value < lowest) {
            return RuleOutcome.BEFORE_RANGE;
        }
        return highest != -1 && value > highest ? RuleOutcome.AFTER_RANGE : RuleOutcome.SATISFIED;
    }

    private static long bound(String range, String text) throws Malformed {
        if (text.isEmpty()) {
            return -1;
        }
        IntegerText number = IntegerText.read(text, -1);
        if (!number.ok() || number.end() != text.length()) {
            throw new Malformed("'" + range + "' is not a valid range");
        }
        return number.value();
    }
}
