package org.holdfast.tools.mon;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part of crm_mon's output, by the name that {@code --include} and {@code --exclude} take. */
public enum Section {
    STACK("stack"),
    DC("dc"),
    TIMES("times"),
    COUNTS("counts"),
    OPTIONS("options"),
    MAINT_MODE("maint-mode"),
    NODES("nodes"),
    RESOURCES("resources"),
    ATTRIBUTES("attributes"),
    FAILCOUNTS("failcounts"),
    OPERATIONS("operations"),
    FAILURES("failures"),
    FENCE_FAILED("fencing-failed"),
    FENCE_PENDING("fencing-pending"),
    FENCE_SUCCEEDED("fencing-succeeded"),
    TICKETS("tickets"),
    BANS("bans");

    private final String option;

    Section(String option) {
        this.option = option;
    }

    /** The head of the output. */
    static Set<Section> summary() {
        return EnumSet.of(STACK, DC, TIMES, COUNTS, MAINT_MODE);
    }

    /** What is shown if nothing else is asked for. */
    public static Set<Section> byDefault() {
        Set<Section> sections = summary();
        sections.addAll(EnumSet.of(NODES, RESOURCES, FAILURES));
        return sections;
    }

    /** All that text has; options are only shown if they are named. */
    static Set<Section> all() {
        return EnumSet.complementOf(EnumSet.of(OPTIONS));
    }

    /** The sections that a word of an option stands for, or null if there are none. */
    static @Nullable Set<Section> named(String word) {
        switch (word) {
            case "summary" -> {
                return summary();
            }
            case "fencing" -> {
                return EnumSet.of(FENCE_FAILED, FENCE_PENDING, FENCE_SUCCEEDED);
            }
            default -> {
                for (Section section : values()) {
                    if (section.option.equals(word)) {
                        return EnumSet.of(section);
                    }
                }
                return null;
            }
        }
    }
}
