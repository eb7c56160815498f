package org.holdfast.scheduler.constraints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PosixPatternTest {

    @ParameterizedTest
    @CsvSource({
        "ip-.*, ip-db, true",
        "^p$, ip, false",
        "a{2}, xaay, true",
        "[[:digit:]]+$, vm12, true",
        "[]x], a]b, true",
        "[^]x]$, a], false",
        "a\\.b, a.b, true",
        "a\\.b, axb, false",
        "(a|b)*c, ababc, true",
        "a+?b, b, true",
        "x|y, y, true",
        "\\<db\\>, my db, true",
        "(.)\\1, abb, true",
        "[a\\d], \\, true",
        "\\d, 7, false",
        "[a-c&&b], &, true",
        "(?:a), a, false"
    })
    void matchesAsRegexecDoes(String expression, String text, boolean expected) {
        boolean found =
                PosixPattern.compile(expression)
                        .map(pattern -> pattern.find(text).isPresent())
                        .orElse(false);
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a(", "[a", "a\\", "*a", "a{1", "a{2,1}", "[[:nonsense:]]"})
    void refusesWhatIsNoExpression(String expression) {
        assertThat(PosixPattern.compile(expression)).isEmpty();
    }

    @Test
    void tellsGroups() {
        Optional<Submatches> match =
                PosixPattern.compile("^(a)(x)?(b*)").orElseThrow().find("abb-1");
        assertThat(match.orElseThrow().expand("%0,%1,%2,%3,%4,%")).isEqualTo("abb,a,,bb,,%");
    }

    @Test
    void givesUpOnPatternsThatBacktrackWithoutEnd() {
        PosixPattern pattern = PosixPattern.compile("(a*)*(a*)*b").orElseThrow();
        assertThat(pattern.find("a".repeat(200))).isEmpty();
    }
}
