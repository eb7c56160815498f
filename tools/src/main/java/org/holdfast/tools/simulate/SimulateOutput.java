package org.holdfast.tools.simulate;

import java.io.PrintStream;
import org.holdfast.tools.status.StatusLists;
import org.jspecify.annotations.Nullable;

/** Where a simulation's text goes; says nothing but errors and scores when it has to be quiet. */
final class SimulateOutput {

    private final StatusLists lists;
    private final PrintStream errors;
    private final boolean quiet;

    SimulateOutput(StatusLists lists, PrintStream errors, boolean quiet) {
        this.lists = lists;
        this.errors = errors;
        this.quiet = quiet;
    }

    boolean isQuiet() {
        return quiet;
    }

    /** The lists themselves, for what is shown in any case. */
    StatusLists lists() {
        return lists;
    }

    void begin(String title) {
        if (!quiet) {
            lists.begin(title);
        }
    }

    void item(String text) {
        if (!quiet) {
            lists.item(null, text);
        }
    }

    void end() {
        if (!quiet) {
            lists.end();
        }
    }

    void info(String text) {
        if (!quiet) {
            lists.info(text);
        }
    }

    void error(@Nullable String text) {
        errors.println(text);
    }
}
