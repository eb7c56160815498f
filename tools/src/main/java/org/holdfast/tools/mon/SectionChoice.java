package org.holdfast.tools.mon;

import java.util.EnumSet;
import java.util.Set;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.value.IntegerText;
import org.holdfast.tools.crm.frame.Arguments;
import org.holdfast.tools.crm.frame.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * The sections to show: those of the form of output, changed by options from left to right. Used by
 * one thread.
 */
final class SectionChoice {

    private static final String NAMES =
            "attributes, bans%s, counts, dc, %sfailcounts, failures, fencing, fencing-failed, "
                    + "fencing-pending, fencing-succeeded, maint-mode, nodes, none, operations, options, "
                    + "resources, stack, summary, tickets, times";

    private final String format;
    private final Set<Section> sections;
    private @Nullable String banPrefix;

    SectionChoice(String format) {
        this.format = format;
        this.sections = EnumSet.copyOf(Section.all("xml"));
        sections.retainAll(Section.defaults(format));
    }

    /** Applies all options that choose sections. */
    void apply(Arguments arguments) throws UsageException {
        include("fencing-failed,fencing-pending");
        for (Arguments.Given option : arguments.given()) {
            if (option.name().equals("fence-history")) {
                fenceHistory(fencingLevel(option.value()));
            }
        }
        if (arguments.has("quiet")) {
            exclude("times");
        }
        if (arguments.has("watch-fencing")) {
            exclude("fencing");
        }
        for (Arguments.Given option : arguments.given()) {
            apply(option.name(), option.value());
        }
    }

    private void apply(String option, @Nullable String value) throws UsageException {
        switch (option) {
            case "include" -> include(value == null ? "" : value);
            case "exclude" -> exclude(value == null ? "" : value);
            case "hide-headers" -> exclude("summary");
            case "timing-details" -> include("operations");
            case "show-node-attributes" -> include("attributes");
            case "neg-locations" -> include(value == null ? "bans" : "bans:" + value);
            case "failcounts" -> include("failcounts");
            case "operations" -> include("failcounts,operations");
            case "tickets" -> include("tickets");
            default -> {}
        }
    }

    /** Shows as much of the fencing history as a level from 0 to 3 says. */
    void fenceHistory(int level) {
        switch (level) {
            case 0 -> sections.removeAll(Section.FENCING);
            case 1 -> {
                sections.add(Section.FENCING_FAILED);
                sections.add(Section.FENCING_PENDING);
            }
            default -> sections.addAll(Section.FENCING);
        }
    }

    /** The level of {@code --fence-history}, from 0; what is no number is 0. */
    static int fencingLevel(@Nullable String level) {
        return level == null ? 2 : Math.clamp(IntegerText.valueOf(level, 0), 0, Integer.MAX_VALUE);
    }

    /** The rule on the option {@code --fence-history}. */
    static boolean isFencingLevel(String level) {
        return fencingLevel(level) <= 3;
    }

    private void include(String names) throws UsageException {
        if (names.isEmpty()) {
            return;
        }
        for (String name : names.split(",", -1)) {
            Set<Section> named = Section.named(name);
            if (name.equals("all")) {
                sections.clear();
                sections.addAll(Section.all(format));
            } else if (name.startsWith("bans")) {
                sections.add(Section.BANS);
                banPrefix = name.startsWith("bans:") ? name.substring("bans:".length()) : null;
            } else if (name.equals("default") || name.equals("defaults")) {
                sections.addAll(Section.defaults(format));
            } else if (name.equals("none")) {
                sections.clear();
            } else if (named != null) {
                sections.addAll(named);
            } else {
                throw new UsageException(
                        ExitCode.USAGE,
                        "--include options: all, " + NAMES.formatted("[:PREFIX]", "default, "));
            }
        }
    }

    private void exclude(String names) throws UsageException {
        if (names.isEmpty()) {
            return;
        }
        for (String name : names.split(",", -1)) {
            Set<Section> named = Section.named(name);
            if (name.equals("all")) {
                sections.clear();
            } else if (name.equals("none")) {
                sections.clear();
                sections.addAll(Section.all(format));
            } else if (named != null) {
                sections.removeAll(named);
            } else {
                throw new UsageException(
                        ExitCode.USAGE, "--exclude options: all, " + NAMES.formatted("", ""));
            }
        }
    }

    boolean shows(Section section) {
        return sections.contains(section);
    }

    boolean showsAllFencing() {
        return sections.containsAll(Section.FENCING);
    }

    /** Whether any part of the summary is shown. */
    boolean showsSummary() {
        return sections.stream().anyMatch(Section.SUMMARY::contains);
    }

    /** Leaves out the summary, or shows it whole. */
    void toggleSummary() {
        if (showsSummary()) {
            sections.removeAll(Section.SUMMARY);
        } else {
            sections.addAll(Section.SUMMARY);
        }
    }

    /** Changes whether a section is shown; returns whether it is now. */
    boolean toggle(Section section) {
        return !sections.remove(section) && sections.add(section);
    }

    /** Shows a section whatever was chosen. */
    void force(Section section) {
        sections.add(section);
    }

    /** Only bans whose constraint's id begins with this; null for all. */
    @Nullable String banPrefix() {
        return banPrefix;
    }
}
