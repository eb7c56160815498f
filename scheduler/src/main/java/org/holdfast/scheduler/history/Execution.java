package org.holdfast.scheduler.history;

/** How the execution of an operation ended, as history entries number it ({@code op-status}). */
public final class Execution {

    public static final int UNKNOWN = -2;
    public static final int PENDING = -1;
    public static final int DONE = 0;
    public static final int CANCELLED = 1;
    public static final int TIMEOUT = 2;
    public static final int NOT_SUPPORTED = 3;
    public static final int ERROR = 4;
    public static final int ERROR_HARD = 5;
    public static final int ERROR_FATAL = 6;
    public static final int NOT_INSTALLED = 7;
    public static final int NOT_CONNECTED = 8;
    public static final int INVALID = 9;
    public static final int NO_FENCE_DEVICE = 10;
    public static final int NO_SECRETS = 11;

    private Execution() {}

    /** As status displays show it. */
    public static String text(int status) {
        return switch (status) {
            case PENDING -> "Pending";
            case DONE -> "Done";
            case CANCELLED -> "Cancelled";
            case TIMEOUT -> "Timed out";
            case NOT_SUPPORTED -> "Unsupported";
            case ERROR -> "Error";
            case ERROR_HARD -> "Hard error";
            case ERROR_FATAL -> "Fatal error";
            case NOT_INSTALLED -> "Not installed";
            case NOT_CONNECTED -> "Internal communication failure";
            case INVALID -> "Cannot execute now";
            case NO_FENCE_DEVICE -> "No fence device";
            case NO_SECRETS -> "CIB secrets unavailable";
            default -> "Unrecognized status (bug?)";
        };
    }
}
