package org.holdfast.node;

/** Exit codes of the daemon, from sysexits.h where it has a fitting one. */
final class ExitCode {

    static final int OK = 0;

    /** Wrong command line. */
    static final int USAGE = 64;

    /** Another instance uses the state directory. */
    static final int UNAVAILABLE = 69;

    /** A broken invariant: a bug. */
    static final int SOFTWARE = 70;

    /** The system refused something: an address, a file. */
    static final int OS_ERROR = 71;

    /** Told to end by another node, or by the protocol. */
    static final int KILLED = 75;

    /** The configuration cannot be used. */
    static final int CONFIG = 78;

    private ExitCode() {}
}
