package org.holdfast.cibxml.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.holdfast.kernel.BrokenInvariant;

/** Selects the lines of one version from the grammar of all versions. */
final class SchemaText {

    private static final String RESOURCE = "cib.rnc";

    /** {@code #[1.2..3.10]} at the end of a line, either end optional. */
    private static final Pattern RANGE =
            Pattern.compile("#\\[(?:(\\d+)\\.(\\d+))?\\.\\.(?:(\\d+)\\.(\\d+))?]$");

    private SchemaText() {}

    /** The grammar of one version, in RELAX NG's compact syntax. */
    static String of(SchemaVersion version) {
        String names =
                SchemaVersion.ALL.stream()
                        .map(known -> '"' + known.validateWith() + '"')
                        .collect(Collectors.joining(" | "));
        return all().lines()
                .filter(line -> applies(line, version))
                .collect(Collectors.joining("\n", "known-versions = " + names + "\n", "\n"));
    }

    private static boolean applies(String line, SchemaVersion version) {
        Matcher range = RANGE.matcher(line);
        if (!range.find()) {
            return true;
        }
        boolean isOldEnough =
                range.group(1) == null
                        || version.compareTo(version(range.group(1), range.group(2))) >= 0;
        return isOldEnough
                && (range.group(3) == null
                        || version.compareTo(version(range.group(3), range.group(4))) <= 0);
    }

    private static SchemaVersion version(String major, String minor) {
        return new SchemaVersion(Integer.parseInt(major), Integer.parseInt(minor));
    }

    private static String all() {
        try (InputStream in = SchemaText.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new BrokenInvariant(RESOURCE + " is not in the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
