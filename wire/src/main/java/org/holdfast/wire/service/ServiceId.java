package org.holdfast.wire.service;

/** Corosync's services by number (corodefs.h); a message id is {@code service << 16 | function}. */
public final class ServiceId {

    /** The configuration map. */
    public static final int CMAP = 0;

    /** Configuration and shutdown. */
    public static final int CFG = 1;

    /** Closed process groups. */
    public static final int CPG = 2;

    /** Quorum notifications; takes part in the sync step, sends nothing. */
    public static final int QUORUM = 3;

    /** votequorum. */
    public static final int VOTEQUORUM = 5;

    private ServiceId() {}

    /** The service that a message id belongs to. */
    public static int serviceOf(int messageId) {
        return messageId >>> 16;
    }

    /** The function within its service. */
    public static int functionOf(int messageId) {
        return messageId & 0xFFFF;
    }

    /** The message id. */
    public static int messageId(int service, int function) {
        return service << 16 | function;
    }
}
