package org.holdfast.corosyncconf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The user's table of all keys is made from the rules that the checker goes by. */
class KeyTableTest {

    private static final String BEGIN = "| key | value | here |";

    @Test
    void tellsWhatTheCheckerDoes() throws IOException {
        Path page = Path.of("..", "docs", "corosync-conf.md");
        String text = Files.readString(page);
        assertThat(text.substring(text.indexOf(BEGIN))).isEqualTo(table());
    }

    private static String table() {
        List<String> rows = new ArrayList<>(List.of(BEGIN, "| --- | --- | --- |"));
        add(rows, KnownKeys.file(), "");
        return String.join("\n", rows) + "\n";
    }

    private static void add(List<String> rows, SectionRule section, String path) {
        for (KeyRule rule : section.keys()) {
            String standing =
                    switch (rule.standing()) {
                        case APPLIED -> section.ignored().isEmpty() ? "applied" : "checked only";
                        case IGNORED -> "checked, no effect: " + rule.note();
                        case DEPRECATED -> "read, with a warning: " + rule.note();
                    };
            rows.add("| `%s%s` | %s | %s |".formatted(path, rule.name(), value(rule), standing));
        }
        for (SectionRule inner : section.sections()) {
            String innerPath = path + inner.name() + ".";
            if (!inner.deprecation().isEmpty()) {
                rows.add(
                        "| `%s*` | | read, with a warning: %s |"
                                .formatted(innerPath, inner.deprecation()));
            } else if (!inner.ignored().isEmpty()) {
                rows.add("| `%s*` | | no effect: %s |".formatted(innerPath, inner.ignored()));
            }
            add(rows, inner, innerPath);
        }
    }

    private static String value(KeyRule rule) {
        return switch (rule.value()) {
            case ValueRule.Number number -> number.min() + " to " + number.max();
            case ValueRule.Choice choice -> String.join(", ", choice.words());
            case ValueRule.Text _ -> "text";
            case ValueRule.Dscp _ -> "cs0 to cs7, af11 to af43, ef, or 0 to 63";
        };
    }
}
