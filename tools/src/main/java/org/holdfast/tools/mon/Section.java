package org.holdfast.tools.mon;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part of the output that can be included or excluded. */
enum Section {
    STACK,
    DC,
    TIMES,
    COUNTS,
    OPTIONS,
    MAINT_MODE,
    NODES,
    RESOURCES,
    ATTRIBUTES,
    FAILCOUNTS,
    OPERATIONS,
    FENCING_FAILED,
    FENCING_SUCCEEDED,
    FENCING_PENDING,
    TICKETS,
    BANS,
    FAILURES;

    /** Of what the summary consists, apart from the cluster's options. */
    static final Set<Section> SUMMARY =
            Collections.unmodifiableSet(EnumSet.of(STACK, DC, TIMES, COUNTS, MAINT_MODE));

    /** Past and pending fencing. */
    static final Set<Section> FENCING =
            Collections.unmodifiableSet(
                    EnumSet.of(FENCING_FAILED, FENCING_SUCCEEDED, FENCING_PENDING));

    /** What a name on the command line stands for, or null for no such name. */
    static @Nullable Set<Section> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("summary")) {
            return SUMMARY;
        }
        if (lower.equals("fencing")) {
            return FENCING;
        }
        for (Section section : values()) {
            if (section.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(lower)) {
                return EnumSet.of(section);
            }
        }
        return null;
    }

    /** All sections of a form of output: text leaves the cluster's options out. */
    static Set<Section> all(String format) {
        Set<Section> all = EnumSet.allOf(Section.class);
        if (format.equals("text")) {
            all.remove(OPTIONS);
        }
        return all;
    }

    /** The sections that a form of output shows unless told otherwise. */
    static Set<Section> defaults(String format) {
        if (format.equals("xml")) {
            return all(format);
        }
        Set<Section> sections = EnumSet.noneOf(Section.class);
        if (!format.equals("none")) {
            sections.addAll(SUMMARY);
            sections.addAll(EnumSet.of(NODES, RESOURCES, FAILURES));
        }
        return sections;
    }
}
