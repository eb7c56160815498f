package org.holdfast.tools.pcs;

import org.jspecify.annotations.Nullable;

/** Ends a command before its end; what is to be printed travels with it. */
final class PcsFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What to do when it arrives at the top. */
    enum Kind {
        /** Print the message as an error. */
        ERROR,
        /** The command line is wrong: print the message, or the usage if there is none. */
        USAGE,
        /** Everything was printed already. */
        SILENT
    }

    private final Kind kind;
    private final @Nullable String hint;
    private final int exitCode;

    private PcsFailure(Kind kind, @Nullable String message, @Nullable String hint, int exitCode) {
        super(message, null, false, false);
        this.kind = kind;
        this.hint = hint;
        this.exitCode = exitCode;
    }

    static PcsFailure error(String message) {
        return new PcsFailure(Kind.ERROR, message, null, 1);
    }

    static PcsFailure usage() {
        return new PcsFailure(Kind.USAGE, null, null, 1);
    }

    static PcsFailure usage(String message) {
        return new PcsFailure(Kind.USAGE, message, null, 1);
    }

    static PcsFailure usage(String message, @Nullable String hint) {
        return new PcsFailure(Kind.USAGE, message, hint, 1);
    }

    static PcsFailure exit(int exitCode) {
        return new PcsFailure(Kind.SILENT, null, null, exitCode);
    }

    /** After errors were printed one by one. */
    static PcsFailure errorsOccurred() {
        return error("Errors have occurred, therefore pcs is unable to continue");
    }

    Kind kind() {
        return kind;
    }

    @Nullable String hint() {
        return hint;
    }

    int exitCode() {
        return exitCode;
    }
}
