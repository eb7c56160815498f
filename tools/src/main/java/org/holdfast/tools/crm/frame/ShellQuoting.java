package org.holdfast.tools.crm.frame;

import java.util.List;
import java.util.stream.Collectors;

/** Command lines as one text that a shell would take apart again. */
final class ShellQuoting {

    private ShellQuoting() {}

    /** The words with quotes where a shell needs them. */
    static String join(List<String> words) {
        return words.stream()
                .map(word -> isOneWord(word) ? word : quote(word))
                .collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Whether a shell reads the text as exactly one word, whatever it becomes. */
    private static boolean isOneWord(String text) {
        int words = 0;
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else if (c == '\\' && quote == '"') {
                    i++;
                }
                continue;
            }
            boolean space = c == ' ' || c == '\t' || c == '\n';
            if (space) {
                inWord = false;
                continue;
            }
            if (!inWord) {
                if (c == '#') {
                    int lineEnd = text.indexOf('\n', i);
                    i = lineEnd < 0 ? text.length() : lineEnd;
                    continue;
                }
                inWord = true;
                words++;
            }
            if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '\\') {
                if (++i == text.length()) {
                    return false;
                }
            }
        }
        return quote == 0 && words == 1;
    }
}
