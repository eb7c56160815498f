package org.holdfast.tools.pcs;

import java.util.List;

/** One command of pcs behind its words. */
@FunctionalInterface
interface Command {

    /**
     * Runs it.
     *
     * @param run the run of pcs that it belongs to
     * @param arguments what is left of the words
     */
    void run(PcsRun run, List<String> arguments);
}
