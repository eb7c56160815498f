package org.holdfast.cibxml.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.SharedNodes;
import org.jspecify.annotations.Nullable;

/**
 * Checks the versions of one CIB one after the other. Versions share what did not change, and each
 * section is a list whose entries are valid or not whatever stands beside them; so what stood in
 * the last valid version is left out of the next one before the grammar sees it. The verdict is
 * that of a full check, the cost that of the change.
 *
 * <p>Not thread-safe.
 */
public final class IncrementalCheck {

    /** Sections whose grammar is a list of entries, in any order and number, in every version. */
    private static final List<String> LISTS =
            List.of(
                    "crm_config",
                    "nodes",
                    "resources",
                    "constraints",
                    "tags",
                    "acls",
                    "alerts",
                    "fencing-topology",
                    "op_defaults",
                    "rsc_defaults");

    private final Function<SchemaVersion, Grammar> grammars;
    private @Nullable Grammar grammar;
    private @Nullable Element valid;
    private IdLedger ledger = new IdLedger(SchemaVersion.latest());

    /**
     * Nothing is known to be valid yet.
     *
     * @param grammars is asked once for each version that comes up
     */
    public IncrementalCheck(Function<SchemaVersion, Grammar> grammars) {
        this.grammars = grammars;
    }

    /** Whether a CIB is valid by the schema that it names. */
    public boolean isValid(Element cib) {
        String name = cib.getOr("validate-with", "");
        if (name.equals(SchemaUpgrade.NONE)) {
            return true;
        }
        SchemaVersion version = SchemaVersion.named(name);
        if (version == null) {
            return false;
        }
        Grammar known = grammar;
        if (known == null || !version.equals(ledger.version())) {
            known = grammars.apply(version);
            grammar = known;
            ledger = new IdLedger(version);
            valid = null;
        }
        Element last = valid;
        if (last != null && ValueChange.isAll(last, cib)) {
            valid = cib;
            return true;
        }
        if (!hasOneOfEach(cib)) {
            return CibSchemas.check(cib, version, known).isEmpty();
        }
        return isValid(cib, known);
    }

    /** Whether sections can be told apart by name. */
    private static boolean hasOneOfEach(Element cib) {
        Set<String> seen = new TreeSet<>();
        Element configuration = cib.first("configuration");
        List<Element> sections = new ArrayList<>(cib.elements());
        sections.addAll(configuration == null ? List.of() : configuration.elements());
        for (Element section : sections) {
            if (!seen.add(section.name())) {
                return false;
            }
        }
        return configuration != null;
    }

    private boolean isValid(Element cib, Grammar known) {
        IdLedger.Change change = ledger.change();
        Element before = valid == null ? null : valid.first("configuration");
        Element reduced =
                cib.mapElements(part ->
                        part.name().equals("configuration")
                                ? withoutKnown(part, before, change)
                                // Anything may stand in the status section.
                                : part.name().equals("status") ? Element.of("status") : part);
        if (!known.check(reduced).isEmpty() || !change.isAllowed()) {
            return false;
        }
        change.make();
        valid = cib;
        return true;
    }

    private static Element withoutKnown(
            Element configuration, @Nullable Element before, IdLedger.Change change) {
        if (before != null) {
            for (Element old : before.elements()) {
                if (configuration.first(old.name()) == null) {
                    change.remove(old.children());
                }
            }
        }
        return configuration.mapElements(section -> {
            Element old = before == null ? null : before.first(section.name());
            List<Node> olds = old == null ? List.of() : old.children();
            List<Node> news = section.children();
            int start = 0;
            int ends = 0;
            if (LISTS.contains(section.name())) {
                int shorter = Math.min(olds.size(), news.size());
                start = SharedNodes.start(olds, news);
                while (ends < shorter - start
                        && olds.get(olds.size() - 1 - ends) == news.get(news.size() - 1 - ends)) {
                    ends++;
                }
            }
            List<Node> changed = news.subList(start, news.size() - ends);
            change.remove(olds.subList(start, olds.size() - ends));
            change.add(changed);
            return section.withChildren(changed);
        });
    }
}
