package org.holdfast.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Replaces the values of variables whose names look like secrets. Immutable. */
final class Secrets {

    /** What every report hides. */
    static final String DEFAULT = "passw.*";

    private static final String MASK = "****";

    private final List<Pattern> inXml = new ArrayList<>();
    private final List<Pattern> inText = new ArrayList<>();

    /**
     * Hides {@link #DEFAULT} and more.
     *
     * @param more regular expressions for names of variables
     * @throws PatternSyntaxException if one is none
     */
    Secrets(List<String> more) {
        List<String> names = new ArrayList<>(more);
        names.add(DEFAULT);
        for (String name : names) {
            // Within one attribute or word, however the pattern ends.
            String within = "(?:" + name.replace(".*", "[^\"'=\\s]*") + ")";
            Pattern.compile(within);
            inXml.add(Pattern.compile("(name=\"" + within + "\"[^>]*?value=\")[^\"]*(\")"));
            inXml.add(Pattern.compile("(value=\")[^\"]*(\"[^>]*?name=\"" + within + "\")"));
            inXml.add(Pattern.compile("(\\s" + within + "=\")[^\"]*(\")"));
            inText.add(Pattern.compile("(\\b" + within + "\\s*[:=]\\s*)[^\\s,;]+()"));
        }
    }

    /** An XML document with secrets masked. */
    String maskXml(String text) {
        return mask(text, inXml);
    }

    /** A configuration file or a log with secrets masked, also where it quotes XML. */
    String maskText(String text) {
        return mask(mask(text, inXml), inText);
    }

    private static String mask(String text, List<Pattern> patterns) {
        String result = text;
        for (Pattern pattern : patterns) {
            result =
                    pattern.matcher(result)
                            .replaceAll("$1" + Matcher.quoteReplacement(MASK) + "$2");
        }
        return result;
    }
}
