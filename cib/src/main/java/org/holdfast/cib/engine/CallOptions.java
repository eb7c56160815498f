package org.holdfast.cib.engine;

/** The bits of {@code cib_callopt} in messages. */
public final class CallOptions {

    /** No option. */
    public static final int NONE = 0;

    /** The section is an XPath. */
    public static final int XPATH = 1 << 1;

    /** All matches of the XPath, not just the first. */
    public static final int MULTIPLE = 1 << 2;

    /** A modification may create what is not there. */
    public static final int CAN_CREATE = 1 << 3;

    /** Nobody waits for a reply. */
    public static final int DISCARD_REPLY = 1 << 4;

    /** The answer holds elements without their children. */
    public static final int NO_CHILDREN = 1 << 5;

    /** The answer holds the paths of matches. */
    public static final int XPATH_ADDRESS = 1 << 6;

    /** This node's copy alone. */
    public static final int SCOPE_LOCAL = 1 << 8;

    /** Answer as if, but keep nothing. */
    public static final int DRY_RUN = 1 << 9;

    /** The request waits in a transaction. */
    public static final int TRANSACTION = 1 << 10;

    /** Values such as {@code name++} and {@code name+=5} are computed. */
    public static final int SCORE_UPDATE = 1 << 11;

    /** The sender waits. */
    public static final int SYNC_CALL = 1 << 12;

    /** The stamps of time and author stay as they are. */
    public static final int NO_MTIME = 1 << 13;

    private CallOptions() {}
}
