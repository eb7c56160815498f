package org.holdfast.tools.resource;

import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.result.Rc;
import org.holdfast.tools.crm.frame.UsageException;
import org.jspecify.annotations.Nullable;

/** Ends of the command other than success. */
final class Failures {

    private Failures() {}

    /** The user asked for something that makes no sense. */
    static UsageException usage(String message) {
        return new UsageException(ExitCode.USAGE, message);
    }

    /** An exit code with what is to be said about it. */
    static UsageException exit(int exitCode, @Nullable String message) {
        String end = "Error performing operation: " + ExitCode.describe(exitCode);
        return new UsageException(exitCode, message == null ? end : message + "\n" + end);
    }

    /** A code of {@link Rc} with what is to be said about it. */
    static UsageException of(int rc, @Nullable String message) {
        return exit(Rc.exitCode(rc), message);
    }

    /** Goes on if a code of {@link Rc} means success. */
    static void check(int rc) throws UsageException {
        if (Rc.exitCode(rc) != ExitCode.OK) {
            throw of(rc, null);
        }
    }
}
