package org.holdfast.corosyncconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.holdfast.corosyncconf.Finding.Kind;

/**
 * Checks every section, key and value of a file against corosync.conf(5). Corosync itself accepts
 * any unknown key in silence; we refuse it and name the nearest known one, because a mistyped
 * {@code wait_for_all} is found out at the worst time.
 */
public final class ConfChecker {

    private static final SectionRule KNOWN = KnownKeys.file();

    private final List<Finding> findings = new ArrayList<>();
    private int node = -1;

    private ConfChecker() {}

    /**
     * All findings in the order of lines. A file without a {@linkplain Finding#fatal() fatal} one
     * may be used.
     */
    public static List<Finding> check(ConfSection file) {
        ConfChecker checker = new ConfChecker();
        checker.checkSection(file, KNOWN, "");
        checker.findings.addAll(ConsistencyRules.check(file));
        checker.findings.sort((a, b) -> Integer.compare(a.line(), b.line()));
        return List.copyOf(checker.findings);
    }

    private void checkSection(ConfSection section, SectionRule rule, String path) {
        for (ConfItem item : section.items()) {
            String itemPath = path.isEmpty() ? item.name() : path + "." + item.name();
            // Not a switch over types: linking it would be a tenth of a daemon's way to its ring.
            if (item instanceof ConfEntry entry) {
                checkEntry(entry, rule, itemPath, path);
            } else if (item instanceof ConfSection child) {
                checkChild(child, rule, itemPath, path);
            }
        }
    }

    private void checkChild(ConfSection child, SectionRule parent, String path, String parentPath) {
        Optional<SectionRule> known = parent.section(child.name());
        if (known.isEmpty()) {
            List<String> names = parent.sections().stream().map(SectionRule::name).toList();
            add(Kind.ERROR, child, path, unknown("section", child.name(), parentPath, names));
            return;
        }
        SectionRule rule = known.get();
        if (!rule.deprecation().isEmpty()) {
            String text =
                    "section \"" + child.name() + "\" is no longer used: " + rule.deprecation();
            add(Kind.DEPRECATED, child, path, text + ".");
        }
        if (!rule.ignored().isEmpty()) {
            String text = "section \"" + child.name() + "\" has no effect: " + rule.ignored();
            add(Kind.IGNORED, child, path, text + ".");
        }
        if (path.equals("nodelist.node")) {
            node++;
        }
        if (!rule.anyContent()) {
            checkSection(child, rule, path);
        }
    }

    private void checkEntry(ConfEntry entry, SectionRule section, String path, String parentPath) {
        Optional<KeyRule> known = section.key(entry.name());
        if (known.isEmpty()) {
            Optional<String> corosyncs =
                    CorosyncTexts.ofName(path, entry.name())
                            .or(() -> CorosyncTexts.ofUnknownKey(parentPath));
            if (corosyncs.isPresent()) {
                add(Kind.ERROR, entry, path, corosyncs.get());
                return;
            }
            List<String> names = section.keys().stream().map(ConfChecker::example).toList();
            add(Kind.ERROR, entry, path, unknown("key", entry.name(), parentPath, names));
            return;
        }
        KeyRule rule = known.get();
        Optional<String> complaint = rule.value().complaint(entry.value());
        if (complaint.isPresent()) {
            String text = path + " " + complaint.get() + ", not \"" + entry.value() + "\".";
            boolean number = rule.value() instanceof ValueRule.Number;
            String corosyncs =
                    CorosyncTexts.ofValue(numbered(path), rule.value(), entry.value()).orElse("");
            if (corosyncs.isEmpty()) {
                add(Kind.ERROR, entry, path, text);
            } else if (number && !path.equals("totem.version")) {
                add(Kind.ERROR, entry, path, corosyncs);
            } else {
                String end = corosyncs.endsWith(".") ? " " : ". ";
                add(Kind.ERROR, entry, path, corosyncs + end + text);
            }
            return;
        }
        switch (rule.standing()) {
            case APPLIED -> {}
            case IGNORED ->
                    add(Kind.IGNORED, entry, path, path + " has no effect: " + rule.note() + ".");
            case DEPRECATED ->
                    add(
                            Kind.DEPRECATED,
                            entry,
                            path,
                            path + " is an old form: " + rule.note() + ".");
        }
    }

    /** Corosync numbers the nodes of its list. */
    private String numbered(String path) {
        return path.replace("nodelist.node.", "nodelist.node." + node + ".");
    }

    private static String example(KeyRule rule) {
        return rule.name().replace("ring*", "ring0").replace("*", "NAME");
    }

    private static String unknown(String what, String name, String parentPath, List<String> known) {
        String where = parentPath.isEmpty() ? "" : " in section \"" + parentPath + "\"";
        String sentence = "unknown " + what + " \"" + name + "\"" + where + ".";
        return NearestName.of(name, known)
                .map(near -> sentence + " Maybe you mean \"" + near + "\"?")
                .orElseGet(() ->
                        known.isEmpty()
                                ? sentence
                                : sentence + " Known here: " + String.join(", ", known) + ".");
    }

    private void add(Kind kind, ConfItem item, String path, String text) {
        findings.add(new Finding(kind, item.line(), path, text));
    }
}
