package org.holdfast.cib.nvpair;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.reference.References;
import org.holdfast.cib.rule.RuleEvaluator;
import org.holdfast.cib.rule.RuleInput;
import org.holdfast.cib.value.Score;
import org.jspecify.annotations.Nullable;

/** Resolves blocks of name-value pairs. */
public final class NvPairs {

    private final References references;
    private final RuleEvaluator rules;
    private final Consumer<String> warnings;
    private final Consumer<String> errors;

    /**
     * As the other constructor.
     *
     * @param warnings is told about values whose support ends
     * @param errors is told about references that lead nowhere
     */
    public NvPairs(
            References references,
            RuleEvaluator rules,
            Consumer<String> warnings,
            Consumer<String> errors) {
        this.references = references;
        this.rules = rules;
        this.warnings = warnings;
        this.errors = errors;
    }

    /** A resolver for the blocks of one document. Not thread-safe. */
    public NvPairs(References references, RuleEvaluator rules) {
        this(references, rules, warning -> {}, error -> {});
    }

    /** The warning about a value that unsets a name. */
    public static String unsetting(String name) {
        return "Support for setting meta-attributes (such as "
                + name
                + ") to the explicit value '#default' is deprecated and will be removed in a"
                + " future release";
    }

    /**
     * Adds to {@code values} what the blocks of one tag below an element give. A name that is there
     * already keeps its value; among the blocks, the one with the highest score wins, and the later
     * one among equals. Blocks whose rule is not satisfied do not count.
     *
     * @param parent the element whose child blocks count; null is none
     * @param tag the blocks' tag, such as {@code meta_attributes}
     * @param firstId id of a block that goes before all others, whatever its score; or null
     * @param input what rules are evaluated against
     * @param values where the values go, in the order in which they are found
     */
    public void resolve(
            @Nullable Element parent,
            String tag,
            @Nullable String firstId,
            RuleInput input,
            Map<String, String> values) {
        resolve(parent, tag, firstId, input, references, values);
    }

    /**
     * As {@link #resolve(Element, String, String, RuleInput, Map)}.
     *
     * @param scope where blocks and rules that are only referred to are looked up; single pairs are
     *     looked up in the whole document all the same
     */
    public void resolve(
            @Nullable Element parent,
            String tag,
            @Nullable String firstId,
            RuleInput input,
            References scope,
            Map<String, String> values) {
        if (parent == null) {
            return;
        }
        for (Element block : blocks(parent, tag, firstId, scope)) {
            if (rules.passes(block, input, scope)) {
                addPairs(block, values);
            }
        }
    }

    private @Nullable Element referred(Element element, References scope) {
        Element found = scope.resolve(element);
        if (found == null) {
            errors.accept(References.dangling(element));
        }
        return found;
    }

    private List<Element> blocks(
            Element parent, String tag, @Nullable String firstId, References scope) {
        List<Element> blocks = new ArrayList<>();
        for (Element child : parent.elements(tag)) {
            Element block = referred(child, scope);
            if (block != null) {
                blocks.add(block);
            }
        }
        if (blocks.size() > 1) {
            // Of two blocks with the same score the later one is looked at first.
            blocks = new ArrayList<>(blocks.reversed());
            blocks.sort((one, other) -> priority(one, other, firstId));
        }
        return blocks;
    }

    private static int priority(Element one, Element other, @Nullable String firstId) {
        if (firstId != null) {
            boolean oneFirst = Objects.equals(one.get("id"), firstId);
            boolean otherFirst = Objects.equals(other.get("id"), firstId);
            if (oneFirst != otherFirst) {
                return oneFirst ? -1 : 1;
            }
        }
        return Integer.compare(
                Score.parse(other.get("score"), 0), Score.parse(one.get("score"), 0));
    }

    private void addPairs(Element block, Map<String, String> values) {
        // Very old documents wrap the pairs once more.
        Element wrapped = block.elements().isEmpty() ? null : block.elements().getFirst();
        Element holder = wrapped != null && wrapped.name().equals("attributes") ? wrapped : block;
        for (Element given : holder.elements("nvpair")) {
            Element pair = referred(given, references);
            if (pair == null) {
                continue;
            }
            String name = pair.get("name");
            String value = pair.get("value");
            if (name == null || value == null) {
                continue;
            }
            if (value.equalsIgnoreCase("#default")) {
                warnings.accept(unsetting(name));
                values.remove(name);
            } else {
                values.putIfAbsent(name, value);
            }
        }
    }
}
