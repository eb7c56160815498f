package org.holdfast.tools.pcs;

import java.io.PrintStream;

/** What a command says: results to standard output, remarks to standard error, errors counted. */
final class Console {

    private static final String FORCE_HINT = ", use --force to override";

    private final PrintStream out;
    private final PrintStream err;
    private boolean failed;

    Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    void print(String line) {
        out.print(line);
        out.print('\n');
    }

    /** A remark without a prefix, on standard error. */
    void info(String line) {
        err.print(line);
        err.print('\n');
    }

    void warn(String message) {
        info("Warning: " + message);
    }

    void deprecated(String message) {
        info("Deprecation Warning: " + message);
    }

    void error(String message) {
        failed = true;
        info("Error: " + message);
    }

    /** A warning if the user forces it, else an error that tells how to. */
    void errorUnless(boolean forced, String message) {
        if (forced) {
            warn(message);
        } else {
            error(message + FORCE_HINT);
        }
    }

    boolean hasErrors() {
        return failed;
    }

    /** Ends the command if errors were printed. */
    void stopOnErrors() {
        if (failed) {
            throw PcsFailure.errorsOccurred();
        }
    }
}
