package org.holdfast.tools.simulate;

import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.status.OutputLists;
import org.holdfast.tools.status.StatusLists;
import org.jspecify.annotations.Nullable;

/**
 * Where a simulation's lists go, as text or XML. Says nothing but errors and scores when it has to
 * be quiet.
 */
final class SimulateOutput {

    private final Output out;
    private final StatusLists lists;
    private final boolean quiet;
    private boolean ended;

    SimulateOutput(Output out, boolean quiet) {
        this.out = out;
        this.lists = new OutputLists(out);
        this.quiet = quiet;
    }

    boolean isQuiet() {
        return quiet;
    }

    /** Whether nothing more is shown. */
    boolean isEnded() {
        return ended;
    }

    /** The lists for text. */
    StatusLists lists() {
        return lists;
    }

    /** The XML that is being made, or null for text. */
    @Nullable XmlOutput xml() {
        return out.xml();
    }

    /** Begins a list even when quiet. */
    void beginAnyway(String title) {
        if (!ended) {
            lists.begin(title);
        }
    }

    /** Ends a list that was begun even when quiet. */
    void endAnyway() {
        if (!ended) {
            lists.end();
        }
    }

    void begin(String title) {
        if (!quiet) {
            beginAnyway(title);
        }
    }

    void end() {
        if (!quiet) {
            endAnyway();
        }
    }

    /**
     * An entry, as a line of text or as an element.
     *
     * @param namesAndValues the element's attributes; those without value are left out
     */
    void entry(String text, String tag, @Nullable String... namesAndValues) {
        if (!quiet) {
            entryAnyway(text, tag, namesAndValues);
        }
    }

    /** As {@link #entry}, even when quiet. */
    void entryAnyway(String text, String tag, @Nullable String... namesAndValues) {
        if (ended) {
            return;
        }
        XmlOutput xml = out.xml();
        if (xml == null) {
            lists.item(text);
            return;
        }
        set(xml.add(tag), namesAndValues);
    }

    private static void set(XmlNode node, @Nullable String... namesAndValues) {
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            String name = namesAndValues[i];
            if (name != null) {
                node.set(name, namesAndValues[i + 1]);
            }
        }
    }

    /** Begins the list of changes that the user asked for. */
    void beginModifications(@Nullable String quorum, @Nullable String watchdog) {
        if (quiet) {
            return;
        }
        XmlOutput xml = out.xml();
        if (xml != null) {
            xml.add("modifications").set("quorum", quorum).set("watchdog", watchdog);
            return;
        }
        lists.begin("Performing Requested Modifications");
        if (quorum != null) {
            lists.item("Setting quorum: " + quorum);
        }
        if (watchdog != null) {
            lists.item("Setting watchdog: " + watchdog);
        }
    }

    /** Ends the list of changes; in XML the reference loses all that comes behind it. */
    void endModifications() {
        if (quiet) {
            return;
        }
        if (out.xml() == null) {
            lists.end();
        } else {
            ended = true;
        }
    }

    void spacerIf(boolean condition) {
        if (condition) {
            lists.spacer();
        }
    }

    /** A line that belongs to no list; nothing in XML. */
    void info(String text) {
        if (!quiet) {
            lists.info(text);
        }
    }

    void error(String text) {
        out.error(text);
    }
}
