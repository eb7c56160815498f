package org.holdfast.tools.mon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.holdfast.tools.status.StatusView.Show;
import org.junit.jupiter.api.Test;

class MonKeysTest {

    private final SectionChoice sections = new SectionChoice("text");
    private final Set<Show> details = EnumSet.of(Show.PENDING);
    private final MonKeys keys = new MonKeys(sections, details, 1);

    private boolean type(String typed) {
        return keys.typed(typed.getBytes(StandardCharsets.US_ASCII));
    }

    private String help() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        keys.print(new PrintStream(text, false, StandardCharsets.UTF_8));
        return text.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLetterSwitchesItsPart() {
        assertThat(type("cA")).isTrue();
        assertThat(sections.shows(Section.TICKETS)).isTrue();
        assertThat(sections.shows(Section.ATTRIBUTES)).isTrue();
        type("c");
        assertThat(sections.shows(Section.TICKETS)).isFalse();
        type("nrR");
        assertThat(details).contains(Show.BY_NODE, Show.INACTIVE).containsAll(CrmMon.DETAILS);
        type("R");
        assertThat(details).doesNotContainAnyElementsOf(CrmMon.DETAILS);
    }

    @Test
    void timesBelongToTheHistory() {
        type("t");
        assertThat(sections.shows(Section.OPERATIONS)).isTrue();
        assertThat(details).contains(Show.TIMING);
        type("o");
        assertThat(sections.shows(Section.OPERATIONS)).isFalse();
        assertThat(details).doesNotContain(Show.TIMING);
    }

    @Test
    void theSummaryIsShownWholeOrNotAtAll() {
        type("D");
        assertThat(sections.showsSummary()).isFalse();
        type("D");
        assertThat(sections.shows(Section.STACK)).isTrue();
    }

    @Test
    void fencingGoesThroughItsLevels() {
        type("m");
        assertThat(sections.showsAllFencing()).isTrue();
        type("mm");
        assertThat(sections.shows(Section.FENCING_FAILED)).isFalse();
        type("m");
        assertThat(sections.shows(Section.FENCING_FAILED)).isTrue();
        assertThat(sections.showsAllFencing()).isFalse();
    }

    @Test
    void theListOfKeysStaysWhileLettersAreTyped() {
        type("?c");
        assertThat(keys.helps()).isTrue();
        assertThat(help()).contains("* c: \t").contains("  f: \t").contains("1 m: \t");
        assertThat(type("")).isFalse();
        type(" ");
        assertThat(keys.helps()).isFalse();
    }
}
