package org.holdfast.cib.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.nvpair.NvPairs;
import org.holdfast.cib.reference.References;
import org.holdfast.cib.time.TimeContext;
import org.junit.jupiter.api.Test;

class RuleTest {

    private static final RuleInput INPUT =
            RuleInput.at(TimeContext.utc(1_700_000_000L)) // 2023-11-14 22:13:20, a Tuesday
                    .withNode(Map.of("ram", "10", "site", "Paris"))
                    .withAgent("ocf", "heartbeat", "IPaddr2")
                    .withOperation("monitor", 10_000);

    private static Element rule(String op, Element... conditions) {
        Element.Builder rule = Element.builder("rule").attribute("id", "r");
        rule.attribute("boolean-op", op);
        for (Element condition : conditions) {
            rule.child(condition);
        }
        return rule.build();
    }

    private static Element expression(String attribute, String operation, String value) {
        return Element.of(
                "expression",
                "id",
                "e",
                "attribute",
                attribute,
                "operation",
                operation,
                "value",
                value);
    }

    private static RuleOutcome judge(Element rule) {
        return new RuleEvaluator(new References(rule)).evaluate(rule, INPUT);
    }

    @Test
    void comparisonsTakeTheTypeThatFits() {
        assertThat(judge(rule("and", expression("ram", "gt", "9"))).passes()).isTrue();
        assertThat(judge(rule("and", expression("ram", "gt", "9.5"))).passes()).isTrue();
        assertThat(judge(rule("and", expression("site", "eq", "paris"))).passes()).isTrue();
        assertThat(judge(rule("and", expression("gone", "ne", "x"))).passes()).isTrue();
        assertThat(judge(rule("and", expression("gone", "lt", "9"))).passes()).isFalse();
    }

    @Test
    void conditionsCombine() {
        Element yes = expression("ram", "eq", "10");
        Element no = expression("ram", "eq", "11");
        assertThat(judge(rule("and", yes, no)).passes()).isFalse();
        assertThat(judge(rule("or", no, yes)).passes()).isTrue();
        assertThat(judge(rule("or", rule("and", no), rule("and", yes))).passes()).isTrue();
        assertThat(judge(rule("xor", yes))).isEqualTo(RuleOutcome.INVALID);
    }

    @Test
    void agentsAndOperationsMatch() {
        Element agent = Element.of("rsc_expression", "id", "x", "class", "ocf");
        Element operation = Element.of("op_expression", "id", "y", "name", "monitor");
        assertThat(judge(rule("and", agent, operation)).passes()).isTrue();
        assertThat(judge(rule("and", operation.with("interval", "PT10S"))).passes()).isTrue();
        assertThat(judge(rule("and", operation.with("interval", "9s"))).passes()).isFalse();
        assertThat(judge(rule("and", agent.with("type", "Dummy"))).passes()).isFalse();
    }

    @Test
    void datesTellWhenTheyChange() {
        Element date =
                Element.of(
                        "date_expression",
                        "id",
                        "d",
                        "operation",
                        "in_range",
                        "start",
                        "2023-11-15",
                        "end",
                        "2023-11-20");
        Element rule = rule("and", date);
        RuleEvaluator evaluator = new RuleEvaluator(new References(rule));

        assertThat(evaluator.evaluate(rule, INPUT).passes()).isFalse();
        assertThat(evaluator.nextChange()).isNotNull();
        assertThat(evaluator.evaluateDate(date, INPUT)).isEqualTo(RuleOutcome.BEFORE_RANGE);
    }

    @Test
    void dateSpecsAreRanges() {
        Element date = Element.of("date_expression", "id", "d", "operation", "date_spec");
        Element tuesday = Element.of("date_spec", "id", "s", "weekdays", "1-5", "hours", "22-");
        Element weekend = Element.of("date_spec", "id", "s", "weekdays", "6-7");
        assertThat(judge(rule("and", date.append(tuesday))).passes()).isTrue();
        assertThat(judge(rule("and", date.append(weekend))).passes()).isFalse();
    }

    @Test
    void patternGroupsStandInNames() {
        Element rule = rule("and", expression("%1m", "eq", "10"));
        RuleInput input = INPUT.withMatchedGroups(List.of("whole", "ra"));
        assertThat(new RuleEvaluator(new References(rule)).evaluate(rule, input).passes()).isTrue();
    }

    @Test
    void theHighestScoreWinsAndThenTheLaterBlock() {
        Element root = Element.of("primitive", "id", "p");
        root = root.append(block("one", "0", "a", "1", "b", "1"));
        root = root.append(block("two", "5", "a", "2"));
        root =
                root.append(
                        block("three", "0", "b", "3")
                                .append(rule("or", expression("ram", "eq", "1"))));
        root = root.append(block("four", "0", "b", "4"));
        References references = new References(root);
        Map<String, String> values = new LinkedHashMap<>();

        new NvPairs(references, new RuleEvaluator(references))
                .resolve(root, "meta_attributes", null, INPUT, values);

        assertThat(values).containsExactly(Map.entry("a", "2"), Map.entry("b", "4"));
    }

    private static Element block(String id, String score, String... pairs) {
        Element block = Element.of("meta_attributes", "id", id, "score", score);
        for (int i = 0; i < pairs.length; i += 2) {
            block = block.append(Element.of("nvpair", "name", pairs[i], "value", pairs[i + 1]));
        }
        return block;
    }
}
